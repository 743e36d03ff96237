#include "pipeline/name_extent.h"

enum {
    FIRST_SYLLABLE_MAX = 3, /* "Ki", of "Ki-moon" */
    SYLLABLE_MAX = 6,       /* "moon" */
    PARTICLES_MAX = 3,
    COMPANY_TOKENS_MAX = 5, /* in front of "AG" */
};

struct range name_at(const struct document *doc, uint32_t i)
{
    struct range r = {i, i + 1};
    uint32_t end = words_around(doc, i).end;
    while (r.end < end && doc->tokens.at[r.end].name != NAME_NONE &&
           !doc->tokens.at[r.end].name_begins)
        r.end++;
    return r;
}

void name_set_class(struct document *doc, struct range r, enum name_class class)
{
    for (uint32_t i = r.first; i < r.end; i++)
        doc->tokens.at[i].name = (uint8_t) class;
}

void name_clear(struct document *doc, struct range r)
{
    struct range in = words_around(doc, r.first);
    struct token *at = doc->tokens.at;
    while (r.first > in.first && at[r.first].name != NAME_NONE && !at[r.first].name_begins)
        r.first--;
    while (r.end < in.end && at[r.end].name != NAME_NONE && !at[r.end].name_begins)
        r.end++;
    for (uint32_t i = r.first; i < r.end; i++) {
        at[i].name = NAME_NONE;
        at[i].name_begins = false;
    }
}

/* Makes one name of `r`, which takes in those that reach into it. */
static void name_put(struct document *doc, struct range r, enum name_class class)
{
    name_clear(doc, r);
    name_set_class(doc, r, class);
    doc->tokens.at[r.first].name_begins = true;
}

static bool joined_before(const struct document *doc, uint32_t i)
{
    return !(doc->tokens.at[i].shape & SHAPE_SPACE_BEFORE);
}

/* A syllable of a name and no word that makes an adjective: "Yo-|jong|", but "Trump-|led|". A noun
 * is one only behind a first syllable: "Ki-|moon|", but "Thatcher-|era|". */
static bool is_syllable(const struct document *doc, uint32_t i)
{
    const struct token *t = &doc->tokens.at[i];
    bool noun = t->upos == UPOS_NOUN && doc->tokens.at[i - 2].norm.len > FIRST_SYLLABLE_MAX;

    return (t->shape & SHAPE_WORD) && !word_capital(doc, i) && t->norm.len <= SYLLABLE_MAX &&
           !noun && t->upos != UPOS_VERB && t->upos != UPOS_ADJ;
}

/* "Kim Yo|-jong|": the end of a name whose last part is written with a hyphen. */
static uint32_t hyphen_end(const struct document *doc, struct range r, uint32_t end)
{
    bool hyphen = r.end - r.first > 1 && r.end + 1 < end && word_is(doc, r.end, "-") &&
                  joined_before(doc, r.end) && joined_before(doc, r.end + 1);
    bool apart = r.end + 2 >= end || !word_is(doc, r.end + 2, "-");

    return hyphen && apart && doc->tokens.at[r.end - 1].norm.len <= SYLLABLE_MAX &&
                   is_syllable(doc, r.end + 1)
               ? r.end + 2
               : r.end;
}

/* "Ursula |von der Leyen|": the end of a name that goes on behind a particle. */
static uint32_t particle_end(const struct document *doc, struct range r, uint32_t end)
{
    uint32_t n = 0;
    const struct wordlist_row *row =
        r.end < end ? wordlist_longest(&wordlist_name_particles, doc, r.end, &n) : NULL;
    uint32_t next = r.end + n;

    if (!row || next >= end || !word_capital(doc, next) || word_row(doc, next, &wordlist_roles))
        return r.end;
    return doc->tokens.at[next].name_begins ? name_at(doc, next).end : next + 1;
}

/* "|Van der| Bellen", "said |von der| Leyen": where the particles in front of a surname begin; one
 * alone is only taken with a capital. */
static uint32_t particle_start(const struct document *doc, struct range r)
{
    uint32_t floor = words_around(doc, r.first).first;

    for (uint32_t n = PARTICLES_MAX; n > 0; n--) {
        uint32_t i = r.first - n, found = 0;
        if (r.first < floor + n || doc->tokens.at[i].name != NAME_NONE ||
            (n == 1 && !word_capital(doc, i)))
            continue;
        if (wordlist_longest(&wordlist_name_particles, doc, i, &found) && found == n)
            return i;
    }
    return r.first;
}

static void extend_person(struct document *doc, struct range r)
{
    uint32_t end = words_around(doc, r.first).end;
    struct range whole = r;

    whole.end = particle_end(doc, whole, end);
    whole.end = hyphen_end(doc, whole, end);
    if (whole.end > r.end)
        name_put(doc, whole, NAME_PERSON);
}

static bool is_company_form(const struct document *doc, uint32_t i)
{
    return word_capital(doc, i) &&
           row_says(word_row(doc, i, &wordlist_organisations), 0, "suffix") &&
           row_says(word_row(doc, i, &wordlist_organisations), 1, "company");
}

/* A capitalised word that may be part of a company's name. */
static bool in_company(const struct document *doc, uint32_t i)
{
    const struct token *t = &doc->tokens.at[i];

    return word_capital(doc, i) && (t->shape & SHAPE_WORD) && t->name != NAME_NATIONALITY &&
           !word_row(doc, i, &wordlist_function_words) && !word_row(doc, i, &wordlist_roles) &&
           !word_row(doc, i, &wordlist_date_line_words);
}

/* "|Siemens| AG", "Martin Huber |GmbH|": what the form of a company ends is its name. */
static void extend_company(struct document *doc, uint32_t form)
{
    uint32_t floor = words_around(doc, form).first;
    struct range r = {form, form + 1};

    if (doc->tokens.at[form].name == NAME_ORGANISATION && !doc->tokens.at[form].name_begins)
        return;

    while (r.first > floor && r.end - r.first < COMPANY_TOKENS_MAX && in_company(doc, r.first - 1))
        r.first--;
    if (r.first == form)
        return;
    while (r.first > floor && doc->tokens.at[r.first].name != NAME_NONE &&
           !doc->tokens.at[r.first].name_begins)
        r.first--;
    name_put(doc, r, NAME_ORGANISATION);
}

/* A capitalised word that may be a surname: in no list of what else stands behind such words. */
static bool may_be_surname(const struct document *doc, uint32_t i)
{
    uint32_t n = 0;
    const struct token *t = &doc->tokens.at[i];

    return word_capital(doc, i) && (t->shape & SHAPE_WORD) && !(t->shape & SHAPE_ALL_UPPER) &&
           t->name != NAME_NATIONALITY && t->xpos != XPOS_NNS && t->xpos != XPOS_NNPS &&
           (t->name != NAME_NONE || word_noun(doc, i)) &&
           !wordlist_longest(&wordlist_countries, doc, i, &n) &&
           !row_says(wordlist_longest(&wordlist_places, doc, i, &n), 0, "state") &&
           !word_row(doc, i, &wordlist_organisations) && !word_row(doc, i, &wordlist_roles) &&
           !word_row(doc, i, &wordlist_groups) && !word_row(doc, i, &wordlist_function_words) &&
           !word_row(doc, i, &wordlist_date_line_words);
}

/* "in |June|", "the |Hope|", "3 |May|": no given name. */
static bool stands_as_word(const struct document *doc, uint32_t i, const char *kind)
{
    uint32_t floor = words_around(doc, i).first;

    if (i == floor)
        return false;
    const struct token *before = &doc->tokens.at[i - 1];
    bool month = strcmp(kind, "month") == 0;
    return before->upos == UPOS_DET || (month && before->upos == UPOS_ADP) ||
           (month && word_among(doc, i - 1, " this last next early late mid - since until ")) ||
           before->upos == UPOS_NUM || (before->name != NAME_NONE && before->upos == UPOS_PROPN);
}

/* "Will |Smith| said", but "Will Smith resign?" asks. */
static bool goes_on_as_name(const struct document *doc, uint32_t given, uint32_t end)
{
    bool starts = given == words_around(doc, given).first;
    uint32_t next = given + 2;

    if (!starts || next >= end)
        return true;
    bool asks = word_among(doc, given, " will may ") && word_is(doc, end - 1, "?");
    return !asks && doc->tokens.at[next].xpos != XPOS_VB;
}

/* "|Will| Smith", "|Israel| Katz": a word, a month or a country as a given name. */
static void join_given(struct document *doc, uint32_t i)
{
    uint32_t end = words_around(doc, i).end;
    const struct wordlist_row *row = word_row(doc, i, &wordlist_forename_words);

    if (!row || !word_capital(doc, i) || i + 1 >= end || !may_be_surname(doc, i + 1) ||
        stands_as_word(doc, i, row->values[1]) || !goes_on_as_name(doc, i, end))
        return;
    struct range r = {i, i + 2};
    if (doc->tokens.at[i + 1].name_begins)
        r.end = name_at(doc, i + 1).end;
    for (uint32_t k = i + 2; k < r.end; k++)
        if (word_row(doc, k, &wordlist_organisations))
            return;
    if (r.end < end && r.end - r.first == 2 && word_capital(doc, r.end) &&
        doc->tokens.at[r.end].upos == UPOS_PROPN)
        return; /* "Israel Aerospace Industries" */
    name_put(doc, r, NAME_PERSON);
}

/* "Theresa |May|": a given name, then a capital that a small word would not have. */
static void join_surname(struct document *doc, uint32_t i)
{
    if (i + 1 < words_around(doc, i).end && word_row(doc, i, &wordlist_forenames) &&
        doc->tokens.at[i + 1].name == NAME_NONE && word_capital(doc, i + 1) &&
        word_row(doc, i + 1, &wordlist_forename_words))
        name_put(doc, (struct range){i, i + 2}, NAME_PERSON);
}

/* "|Van der| Bellen", whatever the surname alone is taken for. */
static void join_particles(struct document *doc, uint32_t i)
{
    uint8_t class = doc->tokens.at[i].name;
    uint32_t first = particle_start(doc, (struct range){i, i + 1});

    if (first < i && (class == NAME_PERSON || class == NAME_ORGANISATION || class == NAME_PLACE))
        name_put(doc, (struct range){first, i + 1}, NAME_PERSON);
}

void name_extend(struct document *doc)
{
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        const struct token *t = &doc->tokens.at[i];
        bool joins = t->name == NAME_NONE || (t->name_begins && name_at(doc, i).end == i + 1);

        if (joins)
            join_given(doc, i);
        if (t->name_begins && joins)
            join_surname(doc, i);
        if (t->name_begins && joins)
            join_particles(doc, i);
        if (t->name_begins && t->name == NAME_PERSON)
            extend_person(doc, name_at(doc, i));
        if (is_company_form(doc, i))
            extend_company(doc, i);
    }
}
