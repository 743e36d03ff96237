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
enum {
    BODIES_A_SURNAME = 3,
    APPOSITION_MAX = 5, /* tokens of "a cheap painkiller" */
};

/* What a common noun beside a name says that it is. */
enum calling { CALLED_NOTHING, CALLED_PRODUCT, CALLED_BODY };

/* How often the text calls a name what. */
struct vote {
    uint32_t of[NAME_CLASS_COUNT];
    uint8_t called; /* enum calling: a drug, a bank */
    bool says;      /* something: no product does */
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
    if (lookup_new(a, names, &v->things) != ERR_OK)
        return ERR_NO_MEMORY;
    return lookup_new(a, names, &v->surnames);
}

static enum calling calling_of(const struct document *doc, uint32_t i)
{
    if (doc->tokens.at[i].name != NAME_NONE || word_capital(doc, i))
        return CALLED_NOTHING;
    if (row_says(word_row(doc, i, &wordlist_thing_nouns), 0, "product"))
        return CALLED_PRODUCT;
    const struct wordlist_row *body = word_row(doc, i, &wordlist_organisations);
    bool is_body = doc->tokens.at[i].xpos == XPOS_NN && row_says(body, 0, "head");
    return is_body ? CALLED_BODY : CALLED_NOTHING;
}

/* "|the| small carmaker", but "local media": a noun that no "the" or "its" stands before says
 * nothing of the name behind it. */
static bool is_determined(const struct document *doc, uint32_t noun, uint32_t floor)
{
    uint32_t i = noun;

    while (i > floor && noun - i < APPOSITION_MAX &&
           (doc->tokens.at[i - 1].upos == UPOS_ADJ || word_noun(doc, i - 1)))
        i--;
    return i > floor &&
           (doc->tokens.at[i - 1].upos == UPOS_DET || doc->tokens.at[i - 1].xpos == XPOS_PRPS ||
            word_among(doc, i - 1, " 's ' "));
}

static enum calling told_before(const struct document *doc, uint32_t noun, uint32_t floor)
{
    return is_determined(doc, noun, floor) ? calling_of(doc, noun) : CALLED_NOTHING;
}

/* "Novarel, |a cheap painkiller|,": by the last of the nouns behind the comma. */
static enum calling told_behind(const struct document *doc, uint32_t comma, uint32_t end)
{
    uint32_t i = comma + 1;

    if (i + 1 >= end || !word_is(doc, comma, ",") || !word_among(doc, i, " a an the "))
        return CALLED_NOTHING;
    for (i++; i < end && i - comma <= APPOSITION_MAX; i++)
        if (doc->tokens.at[i].upos != UPOS_ADJ && !word_noun(doc, i))
            break;
    return i > comma + 2 ? calling_of(doc, i - 1) : CALLED_NOTHING;
}

/* "a spokesman for |Dorna|" */
static bool is_spoken_for(const struct document *doc, uint32_t i, uint32_t floor)
{
    return i > floor + 1 && word_is(doc, i - 1, "for") &&
           text_starts(doc->tokens.at[i - 2].norm, "spokes");
}

/* "the drug |Novarel|", "its phone, the |Zeta X|", "|Novarel|, a painkiller". */
static enum calling called_in_text(const struct document *doc, struct range r)
{
    struct range in = words_around(doc, r.first);

    if (r.end == r.first + 1 && is_spoken_for(doc, r.first, in.first))
        return CALLED_BODY;
    enum calling c = r.first > in.first ? told_before(doc, r.first - 1, in.first) : CALLED_NOTHING;

    if (c == CALLED_NOTHING && r.first > in.first + 2 && word_is(doc, r.first - 1, "the") &&
        word_is(doc, r.first - 2, ","))
        c = told_before(doc, r.first - 3, in.first);
    return c == CALLED_NOTHING && r.end < in.end ? told_behind(doc, r.end, in.end) : c;
}

static bool says_something(const struct document *doc, struct range r)
{
    return r.end < words_around(doc, r.first).end && word_finite(doc, r.end) &&
           word_row(doc, r.end, &wordlist_reporting_verbs);
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
        struct vote *vote = &v->at[number];
        vote->of[token->name]++;
        if (vote->called == CALLED_NOTHING)
            vote->called = (uint8_t)called_in_text(doc, r);
        vote->says |= says_something(doc, r);
        if (token->name == NAME_OTHER && r.end - r.first > 1)
            lookup_put(&v->things, doc->tokens.at[r.end - 1].norm, 1);
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

/* What a text says it is, it is: "the drug Novarel", "the carmaker Nordwagen". */
static enum name_class as_called(const struct document *doc, const struct votes *v, struct range r,
                                 const struct vote *vote, enum name_class class)
{
    bool open = class == NAME_PERSON || class == NAME_ORGANISATION || class == NAME_PLACE;

    if (vote->called == CALLED_PRODUCT && open && !vote->says && !is_known_body(doc, r))
        return NAME_OTHER;
    bool given = word_row(doc, r.first, &wordlist_forenames) != NULL ||
                 lookup_get(&v->surnames, doc->tokens.at[r.end - 1].norm, 0);
    return vote->called == CALLED_BODY && class == NAME_PERSON && !given ? NAME_ORGANISATION
                                                                         : class;
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
        else if (class == NAME_PERSON && lookup_get(&v->things, token->norm, 0))
            class = NAME_OTHER;
        name_set_class(doc, r, as_called(doc, v, r, vote, class));
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
