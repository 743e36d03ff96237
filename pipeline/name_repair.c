#include "pipeline/name_repair.h"

enum { DATELINE_ACRONYM_MAX = 4 }; /* "NATO, which": short capitals are no town */

uint32_t name_count(const struct document *doc)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < doc->tokens.count; i++)
        count += doc->tokens.at[i].name_begins;
    return count;
}

static void unmark(struct document *doc, uint32_t i)
{
    doc->tokens.at[i].name = NAME_NONE;
    doc->tokens.at[i].name_begins = false;
}

static bool can_end_name(const struct token *token)
{
    return (token->shape & (SHAPE_FIRST_UPPER | SHAPE_ALL_UPPER | SHAPE_HAS_DIGIT)) != 0 ||
           text_ends(token->norm, ".");
}

/* "Francis said", "Mogherini's": what no name ends with; "-General": what none begins with. */
static struct range trim(struct document *doc, struct range r)
{
    while (r.end > r.first + 1 && !can_end_name(&doc->tokens.at[r.end - 1]))
        unmark(doc, --r.end);
    while (r.first + 1 < r.end && !(doc->tokens.at[r.first].shape & SHAPE_WORD)) {
        uint8_t class = doc->tokens.at[r.first].name;
        unmark(doc, r.first++);
        doc->tokens.at[r.first].name = class;
        doc->tokens.at[r.first].name_begins = true;
    }
    return r;
}

static struct range ruled_at(const struct document *doc, const struct mark *ruled, uint32_t i)
{
    struct range r = {i, i + 1};
    uint32_t end = words_around(doc, i).end;
    while (r.end < end && !ruled[r.end].begins && ruled[r.end].class != NAME_NONE)
        r.end++;
    return r;
}

/* The model's names that share a token with `r` go, whole. */
static void clear_around(struct document *doc, struct range r)
{
    struct range in = words_around(doc, r.first);
    struct token *at = doc->tokens.at;
    while (r.first > in.first && at[r.first].name != NAME_NONE && !at[r.first].name_begins)
        r.first--;
    while (r.end < in.end && at[r.end].name != NAME_NONE && !at[r.end].name_begins)
        r.end++;
    for (uint32_t i = r.first; i < r.end; i++)
        unmark(doc, i);
}

/* What the model calls exactly these tokens, or NAME_NONE. */
static enum name_class called(const struct document *doc, struct range r)
{
    const struct token *token = &doc->tokens.at[r.first];
    if (!token->name_begins || name_at(doc, r.first).end != r.end)
        return NAME_NONE;
    return (enum name_class)token->name;
}

static bool is_listed_class(enum name_class class)
{
    return class == NAME_COUNTRY || class == NAME_NATIONALITY;
}

/* The model's name that shares a token with `r`; empty if none does. */
static struct range modelled_over(const struct document *doc, struct range r)
{
    struct range in = words_around(doc, r.first);

    for (uint32_t i = r.first; i < r.end; i++) {
        if (doc->tokens.at[i].name == NAME_NONE)
            continue;
        while (i > in.first && !doc->tokens.at[i].name_begins)
            i--;
        return name_at(doc, i);
    }
    return (struct range){r.end, r.end};
}

static bool is_within(struct range inner, struct range outer)
{
    return outer.first <= inner.first && inner.end <= outer.end;
}

/* "Apple CEO |Steve Jobs|": all that is cut off are words of office and listed names. */
static bool cuts_at_office(const struct document *doc, const struct mark *ruled, struct range whole,
                           struct range r)
{
    for (uint32_t i = whole.first; i < whole.end; i++)
        if (!range_holds(r, i) && !word_row(doc, i, &wordlist_roles) &&
            !is_listed_class((enum name_class)ruled[i].class))
            return false;
    return true;
}

/*
 * Whether the rules' name stands. They see names that the model misses, longer ones, and "Apple CEO
 * Steve Jobs" as three things; but "Department of Transportation" is one, whatever they cut.
 */
static bool cuts_better(const struct document *doc, const struct mark *ruled, struct range r)
{
    struct range model = modelled_over(doc, r);

    return range_empty(model) || is_listed_class((enum name_class)ruled[r.first].class) ||
           is_within(model, r) || (is_within(r, model) && cuts_at_office(doc, ruled, model, r));
}

/* Where the rules cut better their names stand; the model knows better what each is, unless a list
 * says so. */
static void keep_cuts(struct document *doc, const struct mark *ruled)
{
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        struct range r = {i, i};
        if (ruled[i].begins)
            r = ruled_at(doc, ruled, i);
        if (range_empty(r) || !cuts_better(doc, ruled, r))
            continue;
        enum name_class class = (enum name_class)ruled[i].class, other = called(doc, r);
        clear_around(doc, r);
        if (other != NAME_NONE && other != NAME_OTHER && !is_listed_class(class))
            class = other;
        name_set_class(doc, r, class);
        doc->tokens.at[r.first].name_begins = true;
    }
}

/* The model knows places; the list knows which of them are countries. */
static void tell_country(struct document *doc, struct range r)
{
    uint32_t count = 0;
    const struct wordlist_row *row = wordlist_longest(&wordlist_countries, doc, r.first, &count);
    if (row_says(row, 2, "name") && count >= r.end - r.first)
        name_set_class(doc, r, NAME_COUNTRY);
}

/* "NORDHAVEN, March 17 –", "PORT ELM (Reuters)": where the report comes from. */
static bool opens_report(const struct document *doc, struct range r)
{
    const struct sentence *in = &doc->sentences.at[doc->tokens.at[r.first].sentence];
    bool first = in->first_token == r.first &&
                 (doc->tokens.at[r.first].sentence == 0 || in[-1].paragraph != in->paragraph);

    for (uint32_t i = r.first; i < r.end; i++)
        first = first && (doc->tokens.at[i].shape & SHAPE_ALL_UPPER) != 0;
    return first && r.end < words_around(doc, r.first).end &&
           (r.end - r.first > 1 || doc->tokens.at[r.first].norm.len > DATELINE_ACRONYM_MAX) &&
           word_among(doc, r.end, " , ( - – — -- ");
}

/* "the city of |Nordhaven|" */
static bool follows_place_of(const struct document *doc, struct range r)
{
    uint32_t noun = word_governing(doc, r.first);
    return noun != NO_HEAD && row_says(word_row(doc, noun, &wordlist_government_nouns), 0, "place");
}

/* "Scotland |Nicola Sturgeon|", "Air Force |James Roche|": where behind a known place or body a
 * given name and more begin; r.end if nowhere. */
static uint32_t person_behind(const struct document *doc, struct range r)
{
    uint32_t country = 0, place = 0, body = 0;

    wordlist_longest(&wordlist_countries, doc, r.first, &country);
    wordlist_longest(&wordlist_places, doc, r.first, &place);
    wordlist_longest(&wordlist_organisations, doc, r.first, &body);
    uint32_t n = country > place ? country : place;
    uint32_t i = r.first + (body > n ? body : n);
    bool person = i > r.first && i + 1 < r.end && word_row(doc, i, &wordlist_forenames) &&
                  !word_row(doc, r.end - 1, &wordlist_organisations);
    return person ? i : r.end;
}

static void split_person(struct document *doc, struct range r)
{
    uint32_t at = person_behind(doc, r);
    uint32_t n = 0;

    if (at == r.end)
        return;
    const struct wordlist_row *country = wordlist_longest(&wordlist_countries, doc, r.first, &n);
    if (country)
        name_set_class(doc, (struct range){r.first, at}, NAME_COUNTRY);
    name_set_class(doc, (struct range){at, r.end}, NAME_PERSON);
    doc->tokens.at[at].name_begins = true;
}

/* "|Chief Executive Officer of| General Motors": an office is no part of the body's name. */
static void cut_office(struct document *doc, struct range r)
{
    uint32_t of = r.first;

    while (of < r.end && word_row(doc, of, &wordlist_roles))
        of++;
    uint32_t rest = of + 1 + (of + 1 < r.end && word_is(doc, of + 1, "the"));
    bool state =
        rest + 1 == r.end && word_row(doc, rest, &wordlist_roles); /* "Secretary of State" */
    if (of == r.first || rest >= r.end || state || !word_is(doc, of, "of") ||
        !row_says(word_row(doc, of - 1, &wordlist_roles), 0, "head"))
        return;
    uint8_t class = doc->tokens.at[r.first].name;
    for (uint32_t i = r.first; i < rest; i++)
        unmark(doc, i);
    doc->tokens.at[rest].name = class;
    doc->tokens.at[rest].name_begins = true;
}

/* "Kyoto |Protocol|", "|Treaty| of Lagos": the word that says what it is says that it is no body.
 */
static bool is_called_thing(const struct document *doc, struct range r)
{
    uint32_t n = 0;
    const struct wordlist_row *known = wordlist_longest(&wordlist_organisations, doc, r.first, &n);
    bool of = r.first + 1 < r.end && word_is(doc, r.first + 1, "of");
    uint32_t head = of ? r.first : r.end - 1;

    return r.end - r.first > 1 && n < r.end - r.first &&
           row_says(word_row(doc, head, &wordlist_organisations), 0, "other") &&
           !row_says(known, 0, "known");
}

/* "the mayor, |Sadiq Khan|,": a place with a given name that is in no list and hangs on no "in". */
static bool names_person(const struct document *doc, struct range r)
{
    uint32_t n = 0, floor = words_around(doc, r.first).first;
    bool listed = wordlist_longest(&wordlist_places, doc, r.first, &n) ||
                  wordlist_longest(&wordlist_countries, doc, r.first, &n) ||
                  word_row(doc, r.end - 1, &wordlist_organisations);

    return r.end - r.first > 1 && !listed && word_row(doc, r.first, &wordlist_forenames) &&
           (r.first == floor || doc->tokens.at[r.first - 1].upos != UPOS_ADP);
}

static bool makes_thing(const struct document *doc, uint32_t i, const char *kind)
{
    return row_says(word_row(doc, i, &wordlist_thing_nouns), 0, kind);
}

/* "the |Queen| Mary": a ship, where "Queen Mary" is a person. */
static bool is_vessel(const struct document *doc, uint32_t title)
{
    return title > words_around(doc, title).first && word_is(doc, title - 1, "the") &&
           word_capital(doc, title) && makes_thing(doc, title, "article");
}

/* "|Hurricane| Lorenzo", "Space |Shuttle| Discovery": a thing with a name like a person's. */
static bool names_thing(const struct document *doc, struct range r)
{
    uint32_t floor = words_around(doc, r.first).first;

    if (r.first > floor && doc->tokens.at[r.first - 1].upos != UPOS_VERB)
        r.first--;
    for (uint32_t i = r.first; i + 1 < r.end; i++)
        if (makes_thing(doc, i, "before") || is_vessel(doc, i))
            return true;
    return false;
}

/* "Dorna, |Luis Pena|": where behind a comma a given name and more begin; r.end if nowhere. */
static uint32_t person_behind_comma(const struct document *doc, struct range r)
{
    for (uint32_t i = r.first + 1; i + 2 < r.end; i++)
        if (word_is(doc, i, ",") && word_row(doc, i + 1, &wordlist_forenames) && i + 3 >= r.end &&
            !word_row(doc, r.end - 1, &wordlist_organisations))
            return i + 1;
    return r.end;
}

/* "Apple Inc. |Steve Hobbs|", "RCMP Constable |Gary Grey|": where behind the end of a body's name,
 * or a word of office, a given name and a surname begin; r.end if nowhere. */
static uint32_t person_behind_office(const struct document *doc, struct range r)
{
    uint32_t i = r.end - r.first > 3 ? r.end - 2 : r.end;
    bool parts =
        i < r.end && (row_says(word_row(doc, i - 1, &wordlist_organisations), 0, "suffix") ||
                      word_row(doc, i - 1, &wordlist_roles));

    return parts && word_row(doc, i, &wordlist_forenames) &&
                   !word_row(doc, i + 1, &wordlist_organisations)
               ? i
               : r.end;
}

static void split_at_office(struct document *doc, struct range r)
{
    uint32_t at = person_behind_office(doc, r);

    if (at == r.end)
        return;
    for (uint32_t i = at; i > r.first + 1 && word_row(doc, i - 1, &wordlist_roles); i--)
        unmark(doc, i - 1);
    name_set_class(doc, (struct range){at, r.end}, NAME_PERSON);
    doc->tokens.at[at].name_begins = true;
}

/* "|Senior| researcher": a common adjective with the capital of the sentence's start. */
static bool only_opens(const struct document *doc, struct range r)
{
    const struct token *t = &doc->tokens.at[r.first];
    bool first = words_around(doc, r.first).first == r.first && r.end == r.first + 1;

    return first && t->name != NAME_NATIONALITY && t->name != NAME_COUNTRY &&
           (t->upos == UPOS_ADJ || t->upos == UPOS_ADV) && !(t->shape & SHAPE_ALL_UPPER) &&
           word_lexeme(doc, r.first).pos != 0 && r.end < doc->tokens.count &&
           !word_capital(doc, r.end);
}

static void split_at_comma(struct document *doc, struct range r)
{
    uint32_t at = person_behind_comma(doc, r);

    if (at == r.end)
        return;
    unmark(doc, at - 1);
    /* The whole was called by its end. */
    if (doc->tokens.at[r.first].name == NAME_PERSON && !word_row(doc, r.first, &wordlist_forenames))
        name_set_class(doc, (struct range){r.first, at - 1}, NAME_ORGANISATION);
    name_set_class(doc, (struct range){at, r.end}, NAME_PERSON);
    doc->tokens.at[at].name_begins = true;
}

/* "Martin Huber |AG|": no person, as the form of the company says. */
static bool ends_in_company_form(const struct document *doc, struct range r)
{
    const struct wordlist_row *row = word_row(doc, r.end - 1, &wordlist_organisations);

    return r.end - r.first > 1 && row_says(row, 0, "suffix") && row_says(row, 1, "company");
}

/* "Interpol", "Florida Museum of Natural History": no place, as the list or a word in it says. */
static bool names_body(const struct document *doc, struct range r)
{
    uint32_t n = 0;
    const struct wordlist_row *row = wordlist_longest(&wordlist_organisations, doc, r.first, &n);

    if (row_says(row, 0, "known") && n == r.end - r.first)
        return true;
    for (uint32_t i = r.first + 1; i < r.end; i++)
        if (row_says(word_row(doc, i, &wordlist_organisations), 0, "head"))
            return true;
    return false;
}

/* What kind of thing the name at `i` is, where its words say so. */
static void mend_class(struct document *doc, uint32_t i)
{
    struct range r = name_at(doc, i);
    const uint8_t *class = &doc->tokens.at[i].name;

    if (*class == NAME_PLACE && names_person(doc, r))
        name_set_class(doc, r, NAME_PERSON);
    if (*class == NAME_ORGANISATION && is_called_thing(doc, r))
        name_set_class(doc, r, NAME_OTHER);
    if (!is_listed_class(*class) && (opens_report(doc, r) || follows_place_of(doc, r)))
        name_set_class(doc, r, NAME_PLACE);
    if (*class == NAME_PERSON && names_thing(doc, r))
        name_set_class(doc, r, NAME_OTHER);
    if (*class == NAME_PERSON && ends_in_company_form(doc, r))
        name_set_class(doc, r, NAME_ORGANISATION);
    if (*class == NAME_PLACE)
        tell_country(doc, r);
    if (*class == NAME_PLACE && names_body(doc, r))
        name_set_class(doc, r, NAME_ORGANISATION);
}

void name_repair(struct document *doc, const struct mark *ruled)
{
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        if (!doc->tokens.at[i].name_begins)
            continue;
        struct range whole = name_at(doc, i);
        trim(doc, whole);
        i = whole.end - 1;
    }
    keep_cuts(doc, ruled);
    name_extend(doc);
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        if (!doc->tokens.at[i].name_begins)
            continue;
        struct range r = name_at(doc, i);
        if (doc->tokens.at[i].name == NAME_ORGANISATION)
            cut_office(doc, r);
        if (!doc->tokens.at[i].name_begins)
            continue;
        split_at_comma(doc, r);
        split_at_office(doc, name_at(doc, i));
        r = name_at(doc, i);
        if (only_opens(doc, r)) {
            unmark(doc, i);
            continue;
        }
        split_person(doc, r);
        mend_class(doc, i);
    }
}
