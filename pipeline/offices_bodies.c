#include "pipeline/offices.h"
#include "pipeline/offices_reader.h"

static const struct range nothing = {0, 0};

/* "|Hungarian| Development Bank", "Congress of the |Philippines|": the country in the name. */
static struct range country_within(const struct document *doc, struct range name)
{
    for (uint32_t i = name.first, n = 0; i < name.end; i++) {
        const struct wordlist_row *row = wordlist_longest(&wordlist_countries, doc, i, &n);
        if (row && !row_says(row, 2, "seat") && i + n <= name.end && n < name.end - name.first)
            return (struct range){i, i + n};
    }
    return nothing;
}

/* "X|, a unit of| Y", "X |is owned by| Y": the words between a body and its side. */
static uint32_t behind_tie(const struct document *doc, uint32_t i, uint32_t end)
{
    uint32_t stop = i + OFFICE_TOKENS_MAX < end ? i + OFFICE_TOKENS_MAX : end;

    i += i < end && word_among(doc, i, " , ( ");
    while (i < stop && (word_among(doc, i, " is was which that now a an the part ") ||
                        doc->tokens.at[i].upos == UPOS_ADV || office_narrowed(doc, i))) {
        bool tie = word_among(doc, i, " unit subsidiary division arm part branch affiliate wing ");
        if (tie && i + 1 < end && word_is(doc, i + 1, "of"))
            return i + 1;
        i++;
    }
    bool owned = i + 1 < stop && word_among(doc, i, " owned run controlled operated ") &&
                 word_is(doc, i + 1, "by");
    return owned ? i + 1 : end;
}

/* The named piece at `i`, "the" passed over, if it is a country or a body. */
static struct range side_behind_the(const struct document *doc, uint32_t i, uint32_t end)
{
    i += i < end && word_is(doc, i, "the");
    return i < end && doc->tokens.at[i].name_begins && office_side_name(doc, i)
               ? office_side_at(doc, i, end)
               : nothing;
}

/* "Kofic, the |Korean| film agency,"; "Kofic, the film agency of |Korea|,". */
static struct range side_told_behind(const struct document *doc, uint32_t i, uint32_t end)
{
    uint32_t stop = i + OFFICE_TOKENS_MAX < end ? i + OFFICE_TOKENS_MAX : end, first;

    if (i + 2 >= end || !word_is(doc, i, ",") || doc->tokens.at[i + 1].upos == UPOS_VERB)
        return nothing;
    i++;
    bool the = word_among(doc, i, " the a an ");
    i += the;
    struct range side = nothing;
    if (i < stop && doc->tokens.at[i].name_begins && office_side_name(doc, i)) {
        side = office_named_at(doc, i, end);
        bool owner = side.end < end && word_among(doc, side.end, " 's ' ");
        if (!owner && !(the && doc->tokens.at[i].name == NAME_NATIONALITY))
            return nothing;
        i = side.end + owner;
    } else if (!the) {
        return nothing;
    }
    for (first = i; i < stop && (office_narrowed(doc, i) || word_is(doc, i, "-"));)
        i++;
    if (i == first || !word_noun(doc, i - 1))
        return nothing;
    if (range_empty(side) && i < stop && word_among(doc, i, " of for in "))
        return side_behind_the(doc, i + 1, end);
    return i < end && word_among(doc, i, " , ; . ) and who which that ") ? side : nothing;
}

/* "the |Hungarian| carmaker X": by a national adjective before the common noun before the name. */
static struct range side_described(const struct document *doc, uint32_t floor, uint32_t first)
{
    uint32_t i = first;

    while (i > floor && first - i < 5 && (office_narrowed(doc, i - 1) || word_is(doc, i - 1, "-")))
        i--;
    if (i == first || !word_noun(doc, first - 1) || i == floor)
        return nothing;
    return doc->tokens.at[i - 1].name == NAME_NATIONALITY || word_among(doc, i - 1, " 's ' ")
               ? office_holder_before(doc, floor, i)
               : nothing;
}

/* "the parliament of |Chile|, the X": told of what comes behind the comma. */
static struct range side_before_comma(const struct document *doc, uint32_t floor, uint32_t first)
{
    uint32_t i = first;

    i -= i > floor && word_is(doc, i - 1, "the");
    if (i <= floor + 3 || !word_is(doc, i - 1, ","))
        return nothing;
    struct range r = office_holder_before(doc, floor, i - 1);
    return !range_empty(r) && r.first > floor + 1 && word_is(doc, r.first - 1, "of") &&
                   word_row(doc, r.first - 2, &wordlist_organisations)
               ? r
               : nothing;
}

static bool heads_body(const struct document *doc, uint32_t i)
{
    return row_says(word_row(doc, i, &wordlist_organisations), 0, "head");
}

static struct range side_around(const struct document *doc, struct range s, struct range name)
{
    uint32_t tie = behind_tie(doc, name.end, s.end);
    struct range side = side_described(doc, s.first, name.first);

    if (range_empty(side) && tie < s.end)
        side = office_holder_behind(doc, tie, s.end);
    if (range_empty(side) && tie < s.end && word_is(doc, tie, "by"))
        side = side_behind_the(doc, tie + 1, s.end);
    bool head = heads_body(doc, name.first) || heads_body(doc, name.end - 1);
    if (range_empty(side) && head && name.end + 1 < s.end && word_is(doc, name.end, "in")) {
        struct range at = side_behind_the(doc, name.end + 1, s.end);
        side = !range_empty(at) && doc->tokens.at[at.first].name == NAME_COUNTRY ? at : nothing;
    }
    if (range_empty(side))
        side = side_told_behind(doc, name.end, s.end);
    return range_empty(side) ? side_before_comma(doc, s.first, name.first) : side;
}

struct range side_of_body(const struct document *doc, struct range name)
{
    struct range s = words_around(doc, name.first);
    struct range side = country_within(doc, name);
    uint32_t before = name.first;

    if (range_empty(side) && before > s.first &&
        (word_among(doc, before - 1, " 's ' ") ||
         doc->tokens.at[before - 1].name == NAME_NATIONALITY))
        side = office_holder_before(doc, s.first, before);
    if (range_empty(side) && name.end < s.end && word_is(doc, name.end, "of"))
        side = office_holder_behind(doc, name.end, s.end);
    return range_empty(side) ? side_around(doc, s, name) : side;
}

struct range side_of_group(const struct document *doc, uint32_t head)
{
    uint32_t end = words_around(doc, head).end, i = head + 1;

    while (i < end && word_among(doc, i, " mostly mainly chiefly "))
        i++;
    return i < end && word_among(doc, i, " of from at ") ? side_behind_the(doc, i + 1, end)
                                                         : nothing;
}
