#include "pipeline/dateline.h"

enum {
    DATELINE_TOKENS_MAX = 16,
    ACRONYM_MAX = 4, /* "NATO" */
};

static bool is_dash(const struct document *doc, uint32_t i)
{
    const struct token *t = &doc->tokens.at[i];
    bool apart = i + 1 < doc->tokens.count && (doc->tokens.at[i + 1].shape & SHAPE_SPACE_BEFORE);
    return word_among(doc, i, " - -- --- ") && (t->shape & SHAPE_SPACE_BEFORE || t->norm.len > 1) &&
           apart;
}

/* The dash that ends the dateline, or `end`: all before it is a name, a date, marks. */
static uint32_t closing_dash(const struct document *doc, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end && i - first < DATELINE_TOKENS_MAX; i++) {
        if (is_dash(doc, i))
            return i;
        if (word_finite(doc, i) && !(doc->tokens.at[i].shape & SHAPE_ALL_UPPER) &&
            !word_is(doc, i, "may"))
            break;
    }
    return end;
}

/* "ISLAMABAD", "Washington, D.C.": the names up to a date, a bracket or the dash. */
static uint32_t place_end(const struct document *doc, uint32_t first, uint32_t dash)
{
    uint32_t end = first;

    for (uint32_t i = first; i < dash; i++) {
        const struct token *t = &doc->tokens.at[i];
        if (t->shape & SHAPE_HAS_DIGIT || word_among(doc, i, " ( [ / - ") ||
            word_among(doc, i,
                       " january february march april may june july august september october "
                       "november december jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. "
                       "dec. monday tuesday wednesday thursday friday saturday sunday "))
            break;
        if (t->shape & (SHAPE_FIRST_UPPER | SHAPE_ALL_UPPER))
            end = i + 1;
        else if (!word_among(doc, i, " , of the . "))
            break;
    }
    return end;
}

static struct day date_inside(const struct dates *dates, struct span s)
{
    for (uint32_t i = 0; i < dates->count && dates->at[i].span.start < s.end; i++) {
        const struct date *d = &dates->at[i];
        if (span_contains(s, d->span) && day_known(d->earliest) && day_known(d->latest) &&
            day_serial(d->earliest) == day_serial(d->latest))
            return d->earliest;
    }
    return (struct day){0, 0, 0};
}

static uint32_t first_body_sentence(const struct document *doc)
{
    uint32_t s = 0;

    while (s < doc->sentences.count &&
           doc->paragraphs.at[doc->sentences.at[s].paragraph].kind != PARAGRAPH_BODY)
        s++;
    return s;
}

/* The dateline: its place, and all up to the dash behind it. Empty if there is none. */
struct opening {
    struct range place;
    uint32_t dash;
};

/* ", July 13 (Reuters)": no words in lower case but in brackets stand between place and dash. */
static bool is_rest(const struct document *doc, uint32_t first, uint32_t dash)
{
    bool brackets = false;

    for (uint32_t i = first; i < dash; i++) {
        const struct token *t = &doc->tokens.at[i];
        if (word_among(doc, i, " ( ) [ ] "))
            brackets = word_among(doc, i, " ( [ ");
        else if (!brackets && (t->shape & SHAPE_WORD) &&
                 !(t->shape & (SHAPE_FIRST_UPPER | SHAPE_ALL_UPPER | SHAPE_HAS_DIGIT)) &&
                 !word_row(doc, i, &wordlist_date_line_words))
            return false;
    }
    return true;
}

static struct opening opening_of(const struct document *doc)
{
    const struct opening none = {.place = {0, 0}};
    uint32_t s = first_body_sentence(doc);

    if (s == doc->sentences.count || doc->sentences.at[s].token_count == 0)
        return none;
    struct range in = words_of_sentence(doc, s);
    uint32_t dash = closing_dash(doc, in.first, in.end);
    uint32_t end = dash < in.end ? place_end(doc, in.first, dash) : in.first;
    if (end == in.first || end - in.first > 6 || !is_rest(doc, end, dash))
        return none;
    /* "Apple - the company - said": a name and a dash alone are no dateline unless in capitals. */
    bool capitals = doc->tokens.at[in.first].shape & SHAPE_ALL_UPPER;
    if (!capitals && end == dash)
        return none;
    return (struct opening){{in.first, end}, dash};
}

/* "IBM - the firm - said": short capitals and a dash, and in no list of places. */
static bool may_be_body(const struct document *doc, struct opening o)
{
    uint32_t n = 0;

    return o.place.end == o.dash && o.place.end - o.place.first == 1 &&
           doc->tokens.at[o.place.first].norm.len <= ACRONYM_MAX &&
           !wordlist_longest(&wordlist_countries, doc, o.place.first, &n) &&
           !wordlist_longest(&wordlist_places, doc, o.place.first, &n);
}

struct range dateline_words(const struct document *doc)
{
    struct opening o = opening_of(doc);

    if (range_empty(o.place) || may_be_body(doc, o))
        return (struct range){0, 0};
    return (struct range){o.place.first, o.dash + 1};
}

struct dateline dateline_read(const struct document *doc, const struct dates *dates)
{
    struct opening o = opening_of(doc);
    struct dateline d = {.place = {NULL, 0}};

    if (range_empty(o.place))
        return d;
    d.span = words_span(doc, (struct range){o.place.first, o.dash + 1});
    d.place = text_slice(doc->text, words_span(doc, o.place));
    d.date = date_inside(dates, d.span);
    return d;
}
