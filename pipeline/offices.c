#include "pipeline/offices.h"

enum { OFFICE_TOKENS_MAX = 12 };

static bool says(const struct document *doc, uint32_t i, const char *kind)
{
    return row_says(word_row(doc, i, &wordlist_roles), 0, kind);
}

static bool heads_office(const struct document *doc, uint32_t i)
{
    return says(doc, i, "head") || says(doc, i, "short");
}

static bool in_office(const struct document *doc, uint32_t i)
{
    return word_row(doc, i, &wordlist_roles) && doc->tokens.at[i].name == NAME_NONE;
}

static const struct range nothing = {0, 0};

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

/* "opposition", "climate change", "economy": nouns that may narrow an office in front of its head.
 */
static bool narrows_office(const struct document *doc, uint32_t i)
{
    const struct token *t = &doc->tokens.at[i];
    return t->name == NAME_NONE && !word_capital(doc, i) &&
           (t->upos == UPOS_NOUN || t->upos == UPOS_ADJ);
}

/* Leaves out what is no part of the role: honorifics, "visiting", a joint at the start. */
static struct range trimmed(const struct document *doc, struct range r)
{
    while (!range_empty(r) &&
           (word_among(doc, r.first, " - and & ") || says(doc, r.first, "honorific") ||
            (says(doc, r.first, "past") && !word_among(doc, r.first, " former acting "))))
        r.first++;
    return r;
}

struct range office_words_before(const struct document *doc, uint32_t floor, uint32_t end)
{
    uint32_t first = end;
    bool head = false;

    while (first > floor && end - first < OFFICE_TOKENS_MAX) {
        uint32_t i = first - 1;
        if (!in_office(doc, i) && !joins_office(doc, floor, i) && !(head && narrows_office(doc, i)))
            break;
        head |= heads_office(doc, i);
        first = i;
    }
    return head ? (struct range){first, end} : nothing;
}

struct range office_holder_before(const struct document *doc, uint32_t floor, uint32_t end)
{
    if (end > floor && word_among(doc, end - 1, " 's ' "))
        end--;
    if (end <= floor || doc->tokens.at[end - 1].name == NAME_NONE ||
        doc->tokens.at[end - 1].name == NAME_PERSON)
        return nothing;
    uint32_t first = end - 1;
    while (first > floor && !doc->tokens.at[first].name_begins)
        first--;
    return (struct range){first, end};
}

/* The named piece that begins at `i` behind "of" or "at the", or nothing. */
static struct range holder_behind(const struct document *doc, uint32_t i, uint32_t end)
{
    if (i >= end || !word_among(doc, i, " of for at in with from "))
        return nothing;
    for (i++; i < end && word_among(doc, i, " the a an "); i++)
        continue;
    if (i >= end || !doc->tokens.at[i].name_begins || doc->tokens.at[i].name == NAME_PERSON)
        return nothing;
    struct range r = {i, i + 1};
    while (r.end < end && doc->tokens.at[r.end].name != NAME_NONE &&
           !doc->tokens.at[r.end].name_begins)
        r.end++;
    return r;
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
    o->role = trimmed(doc, words);
    o->full.first = words.first;
    o->holder = office_holder_before(doc, s.first, words.first);
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
    o->role = trimmed(doc, words);
    o->holder = office_holder_before(doc, s.first, words.first);
}

/* "the governor of Puerto Rico, |X", "President of the United States |X". */
static void read_before_of(const struct document *doc, struct range s, struct office *o)
{
    uint32_t end = o->full.first;

    if (end > s.first && word_is(doc, end - 1, ","))
        end--;
    struct range holder = office_holder_before(doc, s.first, end);
    if (range_empty(holder) || holder.end != end)
        return;
    uint32_t of = holder.first;
    while (of > s.first && word_among(doc, of - 1, " the "))
        of--;
    if (of <= s.first || !word_among(doc, of - 1, " of for at "))
        return;
    struct range words = office_words_before(doc, s.first, of - 1);
    if (range_empty(words))
        return;
    o->role = trimmed(doc, words);
    o->holder = holder;
    if (end == o->full.first)
        o->full.first = words.first;
}

/* "X, |Russia's foreign minister,", "X, |the head of the central bank". */
static void read_behind(const struct document *doc, struct range s, struct office *o)
{
    uint32_t i = o->full.end;

    if (i + 1 >= s.end || !word_is(doc, i, ","))
        return;
    i++;
    if (word_among(doc, i, " the a an "))
        i++;
    uint32_t first = i, head = s.end;
    for (; i < s.end && i - first < OFFICE_TOKENS_MAX; i++) {
        bool inside =
            in_office(doc, i) || narrows_office(doc, i) || word_is(doc, i, "-") ||
            (doc->tokens.at[i].name != NAME_NONE && doc->tokens.at[i].name != NAME_PERSON) ||
            word_among(doc, i, " 's ' ");
        if (!inside && !joins_office(doc, first, i))
            break;
        if (heads_office(doc, i))
            head = i;
    }
    if (head == s.end || head + 1 < i)
        return;
    struct range words = office_words_before(doc, first, head + 1);
    o->role = trimmed(doc, words);
    o->holder = office_holder_before(doc, first, words.first);
    if (range_empty(o->holder))
        o->holder = holder_behind(doc, head + 1, s.end);
}

/* "X of the Gates Foundation", "X, from Kenya", "X (R-Texas)": of whom, without an office. */
static void read_side(const struct document *doc, struct range s, struct office *o)
{
    uint32_t i = o->full.end;

    if (i < s.end && word_is(doc, i, ","))
        i++;
    if (i < s.end && word_among(doc, i, " of from with at "))
        o->holder = holder_behind(doc, i, s.end);
    if (range_empty(o->holder) && o->full.first > s.first + 1 &&
        word_is(doc, o->full.first - 1, "'s"))
        o->holder = office_holder_before(doc, s.first, o->full.first);
}

struct office office_of(const struct document *doc, struct range name)
{
    struct range s = words_around(doc, name.first);
    struct office o = {nothing, nothing, name};

    read_before(doc, s, &o);
    if (range_empty(o.role))
        read_before_comma(doc, s, &o);
    if (range_empty(o.role))
        read_before_of(doc, s, &o);
    if (range_empty(o.role))
        read_behind(doc, s, &o);
    if (range_empty(o.holder))
        read_side(doc, s, &o);
    return o;
}
