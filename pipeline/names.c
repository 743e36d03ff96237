/*
 * Names: rules mark what word lists and neighbours tell; a learned model, which sees these marks,
 * labels each token, and is mended where the rules know better; in the end every name of the text
 * is told alike.
 */
#include "pipeline/names.h"

#include "pipeline/lookup.h"
#include "pipeline/name_forms.h"
#include "pipeline/name_model.h"
#include "pipeline/name_repair.h"
#include "pipeline/name_rules.h"

/* So many times as often as with a given name a surname may be taken for a body. */
enum { BODIES_A_SURNAME = 3 };

/* How sure it is that a word is a thing's name: another name ends with it, or a noun said so. */
enum { ALIKE = 1, SAID };

/* How often the text calls a name what. */
struct vote {
    uint32_t of[NAME_CLASS_COUNT];
};

struct votes {
    struct lookup names; /* a name's words to its number */
    struct vote *at;     /* by that number */
    uint32_t count;
    struct lookup things;   /* last words of what is neither: "Marta", of "Hurricane Marta" */
    struct lookup surnames; /* last words of persons with more than one, and how often */
};

/* Lets the rules mark the names, and keeps their marks. */
static enum err mark_by_rules(struct arena *a, struct document *doc, struct mark **out)
{
    struct mark *marks = ARENA_ARRAY(a, struct mark, doc->tokens.count + 1);
    if (!marks || name_rules_mark(a, doc) != ERR_OK)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < doc->tokens.count; i++)
        marks[i] = (struct mark){doc->tokens.at[i].name, doc->tokens.at[i].name_begins};
    *out = marks;
    return ERR_OK;
}

static enum err votes_new(struct arena *a, uint32_t names, struct votes *v)
{
    v->at = ARENA_ARRAY(a, struct vote, names + 1);
    if (!v->at || lookup_new(a, names, &v->names) != ERR_OK)
        return ERR_NO_MEMORY;
    return lookup_new(a, names, &v->things) == ERR_OK ? lookup_new(a, names, &v->surnames)
                                                      : ERR_NO_MEMORY;
}

static enum err count_votes(struct arena *a, const struct document *doc, struct votes *v)
{
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        const struct token *token = &doc->tokens.at[i];
        if (!token->name_begins)
            continue;
        struct range r = name_at(doc, i);
        struct text key = words_key(a, doc, r);
        if (!key.bytes)
            return ERR_NO_MEMORY;
        uint32_t number = *lookup_put(&v->names, key, v->count);
        v->count += number == v->count;
        v->at[number].of[token->name]++;
        if (token->name == NAME_OTHER && name_follows_thing(doc, i))
            *lookup_put(&v->things, doc->tokens.at[r.end - 1].norm, SAID) = SAID;
        else if (token->name == NAME_OTHER && r.end - r.first > 1)
            lookup_put(&v->things, doc->tokens.at[r.end - 1].norm, ALIKE);
        if (token->name == NAME_PERSON && r.end - r.first > 1)
            ++*lookup_put(&v->surnames, doc->tokens.at[r.end - 1].norm, 0);
    }
    return ERR_OK;
}

static enum name_class winner(const struct vote *vote, enum name_class own)
{
    enum name_class best = own;
    for (int class = 1; class < NAME_CLASS_COUNT; class ++)
        if (vote->of[class] > vote->of[best])
            best = (enum name_class) class;
    return best;
}

/* "Van der |Bellen|": the surname behind its particles; the first token where there are none. */
static uint32_t surname_in(const struct document *doc, struct range r)
{
    uint32_t n = 0;
    bool particles = wordlist_longest(&wordlist_name_particles, doc, r.first, &n) != NULL;
    return particles && r.first + n + 1 == r.end ? r.end - 1 : r.first;
}

/* "Lavrov" is a person where "Sergei Lavrov" is, but one "Actual Airbus" makes no person of Airbus.
 */
static bool is_surname(const struct document *doc, const struct votes *v, struct range r,
                       const struct vote *own)
{
    uint32_t i = surname_in(doc, r);
    uint8_t class = doc->tokens.at[r.first].name;
    uint32_t full = lookup_get(&v->surnames, doc->tokens.at[i].norm, 0);

    if (r.end - i > 1 || class == NAME_COUNTRY || class == NAME_NATIONALITY)
        return false;
    return full > 0 && own->of[NAME_ORGANISATION] <= BODIES_A_SURNAME * full;
}

/* "Ford", where no Henry Ford is told of. */
static bool is_known_body(const struct document *doc, struct range r)
{
    uint32_t n = 0;
    const struct wordlist_row *row = wordlist_longest(&wordlist_organisations, doc, r.first, &n);
    return row_says(row, 0, "known") && n == r.end - r.first;
}

/* Each name is what it is as a surname, or else what most of its like are called. */
static enum err tell_alike(struct arena *a, struct document *doc, const struct votes *v)
{
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        const struct token *token = &doc->tokens.at[i];
        if (!token->name_begins)
            continue;
        struct range r = name_at(doc, i);
        struct text key = words_key(a, doc, r);
        if (!key.bytes)
            return ERR_NO_MEMORY;
        const struct vote *vote = &v->at[lookup_get(&v->names, key, 0)];
        enum name_class class = winner(vote, (enum name_class)token->name);
        if (is_surname(doc, v, r, vote))
            class = NAME_PERSON;
        else if (class == NAME_PERSON && is_known_body(doc, r))
            class = NAME_ORGANISATION;
        else if (lookup_get(&v->things, token->norm, 0) >= (class == NAME_PERSON ? ALIKE : SAID) &&
                 r.end - r.first == 1)
            class = NAME_OTHER;
        name_set_class(doc, r, class);
    }
    return ERR_OK;
}

/* "|Boeing| announced": what is a name is no verb, whatever its ending. */
static void tag_names(struct document *doc)
{
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        struct token *t = &doc->tokens.at[i];
        if (t->name != NAME_NONE && (t->shape & SHAPE_FIRST_UPPER) &&
            (t->upos == UPOS_VERB || t->upos == UPOS_AUX)) {
            t->upos = UPOS_PROPN;
            t->xpos = XPOS_NNP;
        }
    }
}

/* "|May| said", where Theresa May is told of: what is told of somebody begins with no "may". */
static void name_told(struct document *doc, const struct votes *v)
{
    for (uint32_t i = 0; i + 1 < doc->tokens.count; i++) {
        struct token *t = &doc->tokens.at[i];
        uint8_t next = doc->tokens.at[i + 1].xpos;
        if (t->name != NAME_NONE || !word_row(doc, i, &wordlist_forename_words) ||
            !word_capital(doc, i) || (next != XPOS_VBD && next != XPOS_VBZ) ||
            !lookup_get(&v->surnames, t->norm, 0))
            continue;
        t->name = NAME_PERSON;
        t->name_begins = true;
    }
}

enum err names_mark(struct arena *a, struct document *doc)
{
    struct lexicon lexicon = weights_embedded(WEIGHTS_WORDS).lexicon;
    struct weights weights = weights_embedded(WEIGHTS_NAMES);
    struct votes votes = {.count = 0};
    struct mark *ruled = NULL;
    enum err e;

    if ((e = mark_by_rules(a, doc, &ruled)) != ERR_OK ||
        (e = words_describe(a, &lexicon, doc)) != ERR_OK ||
        (e = name_model_mark(a, &weights, doc)) != ERR_OK)
        return e;
    name_repair(doc, ruled);
    if ((e = name_mark_seats(a, doc)) != ERR_OK || (e = name_mark_short_forms(a, doc)) != ERR_OK ||
        (e = votes_new(a, name_count(doc), &votes)) != ERR_OK ||
        (e = count_votes(a, doc, &votes)) != ERR_OK)
        return e;
    if ((e = tell_alike(a, doc, &votes)) != ERR_OK)
        return e;
    name_told(doc, &votes);
    tag_names(doc);
    return ERR_OK;
}
