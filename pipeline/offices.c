#include "pipeline/offices.h"

#include "pipeline/offices_reader.h"

enum {
    DESCRIPTION_TOKENS_MAX = 8, /* "of |worldwide victim group| Ending Abuse" */
};

static bool says(const struct document *doc, uint32_t i, const char *kind)
{
    return row_says(word_row(doc, i, &wordlist_roles), 0, kind);
}

/* "minister", and any other common noun that first of all means a person: "undergraduate". */
static bool heads_office(const struct document *doc, uint32_t i)
{
    const struct token *t = &doc->tokens.at[i];
    return says(doc, i, "head") || says(doc, i, "short") ||
           (t->name == NAME_NONE && word_noun(doc, i) && !word_capital(doc, i) &&
            word_lexeme(doc, i).noun_sense == SENSE_PERSON);
}

static bool in_office(const struct document *doc, uint32_t i)
{
    return doc->tokens.at[i].name == NAME_NONE &&
           (word_row(doc, i, &wordlist_roles) || heads_office(doc, i));
}

bool office_side_name(const struct document *doc, uint32_t i)
{
    return doc->tokens.at[i].name != NAME_NONE && doc->tokens.at[i].name != NAME_PERSON;
}

static const struct range nothing = {0, 0};

/* "Zelensky's |aide|", "a |lawyer| for Diana Roe": who works for a person rather than a body. */
static bool serves(const struct document *doc, struct range role)
{
    return !range_empty(role) &&
           word_among(doc, role.end - 1,
                      " lawyer lawyers attorney aide aides adviser advisers advisor spokesman "
                      "spokeswoman spokesperson counsel solicitor barrister publicist agent ");
}

/* "co-founder", "vice president and chief executive": joins two role words. */
static bool joins_office(const struct document *doc, uint32_t floor, uint32_t i)
{
    if (i <= floor || !in_office(doc, i - 1))
        return false;
    /* "Secretary |of| State", but "chairman of Genentech" ends before "of". */
    if (word_is(doc, i, "of"))
        return heads_office(doc, i - 1) && i + 1 < doc->tokens.count &&
               says(doc, i + 1, "modifier");
    return word_is(doc, i, "-") || (word_among(doc, i, " and & ") && heads_office(doc, i - 1));
}

/* "opposition", "climate change", "economy": nouns that may narrow an office before its head. */
bool office_narrowed(const struct document *doc, uint32_t i)
{
    const struct token *t = &doc->tokens.at[i];
    return t->name == NAME_NONE && !word_capital(doc, i) &&
           (t->upos == UPOS_NOUN || t->upos == UPOS_ADJ);
}

/* "|company| chief executive": a word that stands for whom the office is of. */
static bool stands_for_holder(const struct document *doc, uint32_t i)
{
    return word_among(doc, i, " company club team union party board ");
}

/* Leaves out what is no part of the role: honorifics, "visiting", a joint at the start. */
static struct range trimmed(const struct document *doc, struct range r)
{
    while (!range_empty(r) &&
           (word_among(doc, r.first, " - and & company ") || says(doc, r.first, "honorific") ||
            (says(doc, r.first, "past") && !word_among(doc, r.first, " former acting "))))
        r.first++;
    return r;
}

/* The role words that end before token `end`, not before `floor`: empty without a head. */
static struct range office_words_before(const struct document *doc, uint32_t floor, uint32_t end)
{
    uint32_t first = end;
    bool head = false;

    if (end > floor && word_among(doc, end - 1, " and & - "))
        return nothing; /* "an official and |X|" */
    while (first > floor && end - first < OFFICE_TOKENS_MAX) {
        uint32_t i = first - 1;
        if (!in_office(doc, i) && !joins_office(doc, floor, i) &&
            !(head && office_narrowed(doc, i)))
            break;
        head |= heads_office(doc, i);
        first = i;
    }
    return head ? (struct range){first, end} : nothing;
}

/* The named piece that ends right before token `end`, "'s" skipped; else empty. */
static struct range name_before(const struct document *doc, uint32_t floor, uint32_t end)
{
    if (end > floor && word_among(doc, end - 1, " 's ' "))
        end--;
    if (end <= floor || doc->tokens.at[end - 1].name == NAME_NONE)
        return nothing;
    uint32_t first = end - 1;
    while (first > floor && !doc->tokens.at[first].name_begins)
        first--;
    return (struct range){first, end};
}

struct range office_holder_before(const struct document *doc, uint32_t floor, uint32_t end)
{
    struct range r = name_before(doc, floor, end);
    return range_empty(r) || !office_side_name(doc, r.first) ? nothing : r;
}

/* Whose the office in front of which a name stands is; a person's only if it serves one. */
static struct range owner_before(const struct document *doc, uint32_t floor, struct range role)
{
    struct range r = name_before(doc, floor, role.first);
    bool owned = role.first > floor && word_among(doc, role.first - 1, " 's ' ");
    bool person = !range_empty(r) && !office_side_name(doc, r.first);

    return person && !(owned && serves(doc, role)) ? nothing : r;
}

struct range office_named_at(const struct document *doc, uint32_t i, uint32_t end)
{
    struct range r = {i, i + 1};

    while (r.end < end && doc->tokens.at[r.end].name != NAME_NONE &&
           !doc->tokens.at[r.end].name_begins)
        r.end++;
    return r;
}

/* The named piece at `i`; of "the administration's |Department of Justice|" the last. */
struct range office_side_at(const struct document *doc, uint32_t i, uint32_t end)
{
    struct range r = office_named_at(doc, i, end);

    while (r.end + 1 < end && word_among(doc, r.end, " 's ' ") &&
           doc->tokens.at[r.end + 1].name_begins && office_side_name(doc, r.end + 1))
        r = office_named_at(doc, r.end + 1, end);
    return r;
}

/* "the |British| union Unite": behind an adjective of a country the body that is told by it; else
 * `r`. */
static struct range body_told(const struct document *doc, struct range r, uint32_t end)
{
    uint32_t i = r.end;

    if (doc->tokens.at[r.first].name != NAME_NATIONALITY)
        return r;
    while (i < end && i - r.end < DESCRIPTION_TOKENS_MAX && office_narrowed(doc, i))
        i++;
    bool told = i > r.end && i < end && word_noun(doc, i - 1) && doc->tokens.at[i].name_begins &&
                doc->tokens.at[i].name == NAME_ORGANISATION;
    return told ? office_named_at(doc, i, end) : r;
}

/* The named piece behind "of" or "at the", a description between: "of the |union| Unite". */
struct range office_holder_behind(const struct document *doc, uint32_t i, uint32_t end)
{
    if (i >= end || !word_among(doc, i, " of for at in with from "))
        return nothing;
    uint32_t stop = i + 1 + DESCRIPTION_TOKENS_MAX < end ? i + 1 + DESCRIPTION_TOKENS_MAX : end;
    for (i++; i < stop && !doc->tokens.at[i].name_begins; i++)
        if (doc->tokens.at[i].upos != UPOS_DET && !office_narrowed(doc, i) &&
            !word_is(doc, i, "'s")) /* "of the army's Western Command" */
            return nothing;
    return i < stop && office_side_name(doc, i) ? body_told(doc, office_side_at(doc, i, end), end)
                                                : nothing;
}

/* Who is meant by the words before the office, where no name stands there: "|its| chief executive",
 * "the |company|'s president"; NO_HEAD if nobody is. */
static uint32_t holder_word(const struct document *doc, uint32_t floor, struct range role)
{
    uint32_t i = role.first;

    if (stands_for_holder(doc, i) && role.end > i + 1)
        return i;
    if (i > floor && word_among(doc, i - 1, " its their our "))
        return i - 1;
    if (i > floor + 1 && word_among(doc, i - 1, " 's ' ") && word_noun(doc, i - 2) &&
        doc->tokens.at[i - 2].name == NAME_NONE)
        return i - 2;
    return NO_HEAD;
}

static void set_role(const struct document *doc, uint32_t floor, struct range words,
                     struct office *o)
{
    o->holder_word = holder_word(doc, floor, words);
    o->role = trimmed(doc, words);
}

/* "Russian Foreign Minister |X": office, and what it is of, in front of the name. */
static void read_before(const struct document *doc, struct range s, struct office *o)
{
    struct range words = office_words_before(doc, s.first, o->full.first);

    if (range_empty(words)) {
        while (o->full.first > s.first && says(doc, o->full.first - 1, "honorific"))
            o->full.first--;
        return;
    }
    set_role(doc, s.first, words, o);
    o->full.first = words.first;
    o->holder = owner_before(doc, s.first, words);
    if (range_empty(o->holder))
        return;
    o->full.first = o->holder.first;
    while (o->full.first > s.first && says(doc, o->full.first - 1, "past"))
        o->full.first--;
}

/* "the Russian foreign minister, |X": the same with a comma between. */
static void read_before_comma(const struct document *doc, struct range s, struct office *o)
{
    uint32_t comma = o->full.first;

    if (comma <= s.first || !word_is(doc, comma - 1, ","))
        return;
    struct range words = office_words_before(doc, s.first, comma - 1);
    if (range_empty(words))
        return;
    set_role(doc, s.first, words, o);
    o->holder = owner_before(doc, s.first, words);
}

/* The "of" between an office and the name of its side that ends before `end`: "general secretary
 * |of| the British union Unite, X"; `floor` if there is none. */
static uint32_t of_before(const struct document *doc, uint32_t floor, uint32_t end)
{
    uint32_t stop = end > floor + OFFICE_TOKENS_MAX ? end - OFFICE_TOKENS_MAX : floor;

    for (uint32_t i = end; i > stop; i--) {
        uint32_t k = i - 1;
        if (word_among(doc, k, " of for at ") && k > floor && in_office(doc, k - 1))
            return k;
        if (doc->tokens.at[k].name == NAME_NONE && doc->tokens.at[k].upos != UPOS_DET &&
            !office_narrowed(doc, k) && !word_among(doc, k, " ( ) of "))
            return floor;
    }
    return floor;
}

/* "the governor of Puerto Rico, |X", "President of the United States |X". */
static void read_before_of(const struct document *doc, struct range s, struct office *o)
{
    uint32_t end = o->full.first;

    if (end > s.first && word_is(doc, end - 1, ","))
        end--;
    uint32_t of = of_before(doc, s.first, end);
    if (of <= s.first)
        return;
    struct range holder = office_holder_behind(doc, of, end);
    struct range words = office_words_before(doc, s.first, of);
    bool apart = end < o->full.first;
    /* "the speaker of the |parliament|, X": a body that needs no name. */
    bool common = range_empty(holder) && apart && word_noun(doc, end - 1);
    if (common)
        holder = (struct range){end - 1, end};
    if (range_empty(words) || range_empty(holder) || (!apart && holder.end != end))
        return;
    set_role(doc, s.first, words, o);
    /* "|US| envoy for Iran X": who sends goes before whereto. */
    struct range owner = word_is(doc, of, "for") ? owner_before(doc, s.first, words) : nothing;
    o->holder = range_empty(owner) ? holder : owner;
    if (common)
        o->role.end = end;
    if (common && o->holder_word == NO_HEAD)
        o->holder_word = end - 1;
    if (!apart)
        o->full.first = words.first;
}

/* "his wife", "residents": no office. */
static bool kin(const struct document *doc, struct range role)
{
    return !range_empty(role) && row_says(word_row(doc, role.end - 1, &wordlist_roles), 1, "kin");
}

/* "director |of sales analysis| at Ford": what a thing the office is for. */
static uint32_t behind_field(const struct document *doc, uint32_t i, uint32_t end)
{
    uint32_t k = i;

    if (k + 1 >= end || !word_among(doc, k, " of for "))
        return i;
    for (k++; k < end && k - i < DESCRIPTION_TOKENS_MAX; k++)
        if (doc->tokens.at[k].name != NAME_NONE ||
            (!office_narrowed(doc, k) && !word_among(doc, k, " and the ")))
            break;
    bool whole = k > i + 1 && k - i < DESCRIPTION_TOKENS_MAX && word_noun(doc, k - 1) &&
                 (k == end || doc->tokens.at[k].name == NAME_NONE);
    return whole ? k : i;
}

/* "|Basilashvili|'s lawyer": a name that somebody's office follows. */
static bool owns(const struct document *doc, uint32_t i, uint32_t end)
{
    while (i < end && doc->tokens.at[i].name != NAME_NONE)
        i++;
    return i < end && word_among(doc, i, " 's ' ");
}

/* "spokesman for the |ministry|", "governor of the |bank|": what stands for a body named elsewhere;
 * NO_HEAD if there is none. */
static uint32_t common_holder(const struct document *doc, uint32_t i, uint32_t end)
{
    if (i + 2 >= end || !word_among(doc, i, " of for at ") || !word_is(doc, i + 1, "the"))
        return NO_HEAD;
    uint32_t k = i + 2;
    bool body = doc->tokens.at[k].name == NAME_NONE && word_noun(doc, k) &&
                (stands_for_holder(doc, k) ||
                 row_says(word_row(doc, k, &wordlist_organisations), 0, "head"));
    bool ends = k + 1 == end || !(word_noun(doc, k + 1) || word_among(doc, k + 1, " of 's "));
    return body && ends ? k : NO_HEAD;
}

/* An office as it is told behind the name, from `i` on: "(the) Russia's foreign minister", "head of
 * the central bank", "project manager and Boeing vice president". */
static void read_told(const struct document *doc, uint32_t i, uint32_t end, struct office *o)
{
    uint32_t head = end;

    while (i < end &&
           (word_among(doc, i, " the a an one his her ") || doc->tokens.at[i].upos == UPOS_ADV))
        i++;
    uint32_t first = i;
    for (; i < end && i - first < OFFICE_TOKENS_MAX; i++) {
        bool inside = in_office(doc, i) || office_narrowed(doc, i) ||
                      word_among(doc, i, " - and 's ' ") || office_side_name(doc, i) ||
                      (doc->tokens.at[i].xpos == XPOS_VBG && i > first &&
                       word_is(doc, i - 1, "-")) || /* "long-|serving|" */
                      doc->tokens.at[i].upos == UPOS_NUM ||
                      owns(doc, i, end);
        if (!inside && !joins_office(doc, first, i))
            break;
        if (heads_office(doc, i))
            head = i;
    }
    bool of_another = i < end && doc->tokens.at[i].name == NAME_PERSON;
    bool ends = head + 1 == i || (head + 1 < i && word_is(doc, head + 1, "of"));
    if (head == end || !ends || of_another)
        return;
    struct range words = office_words_before(doc, first, head + 1);
    set_role(doc, first, words, o);
    o->holder = owner_before(doc, first, words);
    uint32_t common = common_holder(doc, head + 1, end);
    uint32_t behind = common == NO_HEAD ? behind_field(doc, head + 1, end) : head + 1;
    if (o->holder_word == NO_HEAD)
        o->holder_word = common;
    if (range_empty(o->holder))
        o->holder = office_holder_behind(doc, behind, end);
    for (uint32_t k = words.first; k > first && range_empty(o->holder); k--)
        o->holder = office_holder_before(doc, first, k - 1);
    if (!kin(doc, o->role))
        o->role.end = behind;
}

/* Behind "X, 45,": the token where more is said of the person, or `i`. */
static uint32_t behind_age(const struct document *doc, uint32_t i, uint32_t end)
{
    return i + 2 < end && word_is(doc, i, ",") && doc->tokens.at[i + 1].upos == UPOS_NUM &&
                   word_is(doc, i + 2, ",")
               ? i + 2
               : i;
}

/* "X, |Russia's foreign minister,", "X, 45, |a trader", "X |is the head of the central bank". */
static void read_behind(const struct document *doc, struct range s, struct office *o)
{
    uint32_t i = behind_age(doc, o->full.end, s.end);
    bool aside = i + 1 < s.end && word_among(doc, i, " , ( -- \xE2\x80\x94 ");

    if (aside)
        i++;
    if (aside && word_is(doc, i, "who"))
        i++;
    bool equates = i + 1 < s.end && (!aside || word_is(doc, i - 1, "who")) &&
                   word_among(doc, i, " is was became becomes remains ");
    if (equates)
        i++;
    if (aside || equates)
        read_told(doc, i, s.end, o);
}

/* "X |for| Food Standards Australia says": whoever is told of before speaks for the body. */
static bool speaks_for(const struct document *doc, uint32_t i, uint32_t end)
{
    uint32_t k = i + 1;

    while (k < end && i > 0 && word_is(doc, i - 1, "speaking") &&
           (word_among(doc, k, " the 's ") || office_narrowed(doc, k)))
        k++;
    if (!word_is(doc, i, "for") || k >= end || doc->tokens.at[k].name != NAME_ORGANISATION)
        return false;
    while (k < end && doc->tokens.at[k].name == NAME_ORGANISATION)
        k++;
    bool speaking = i > 0 && word_is(doc, i - 1, "speaking"); /* "X, speaking for the Y" */
    return k < end && (word_is(doc, k, ",") || speaking ||
                       (word_finite(doc, k) && word_row(doc, k, &wordlist_reporting_verbs)));
}

/* "X of the Gates Foundation", "X, from Kenya", "Norwegians X": of whom, without an office. */
static void read_side(const struct document *doc, struct range s, struct office *o)
{
    uint32_t i = behind_age(doc, o->full.end, s.end);

    if (i < s.end && word_is(doc, i, ","))
        i++;
    while (i < s.end && word_among(doc, i, " both also speaking "))
        i++;
    if (i < s.end && (word_among(doc, i, " of from with at ") || speaks_for(doc, i, s.end)))
        o->holder = office_holder_behind(doc, i, s.end);
    if (range_empty(o->holder) && o->full.first > s.first &&
        (word_among(doc, o->full.first - 1, " 's ' ") ||
         doc->tokens.at[o->full.first - 1].name == NAME_NATIONALITY))
        o->holder = office_holder_before(doc, s.first, o->full.first);
}

/* "Col.", "Detective Constable": says how one is addressed; what follows the name tells more. */
static bool only_rank(const struct document *doc, struct range role)
{
    for (uint32_t i = role.first; i < role.end; i++)
        if (heads_office(doc, i) && !row_says(word_row(doc, i, &wordlist_roles), 1, "rank"))
            return false;
    return true;
}

struct office office_of(const struct document *doc, struct range name)
{
    struct range s = words_around(doc, name.first);
    struct office o = {nothing, nothing, NO_HEAD, name};

    read_before(doc, s, &o);
    if (range_empty(o.role))
        read_before_comma(doc, s, &o);
    if (range_empty(o.role))
        read_before_of(doc, s, &o);
    if (only_rank(doc, o.role) && range_empty(o.holder))
        read_behind(doc, s, &o);
    if (range_empty(o.holder))
        read_side(doc, s, &o);
    if (range_empty(o.holder) && !range_empty(o.role)) {
        struct office told = {nothing, nothing, NO_HEAD,
                              o.full}; /* "Scientist X, a Yale student" */
        read_behind(doc, s, &told);
        o.holder = told.holder;
    }
    if (kin(doc, o.role))
        o.role = o.holder = nothing;
    return o;
}
