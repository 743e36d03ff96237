/* Dates of figures: "2021-04-07", "10/31/74", "31-Oct-74", "2014-10", "20161016". */
#include "pipeline/dates_scan.h"

enum { PARTS_MAX = 3 };

/* The figures, or the month's name, between two equal marks. */
struct parts {
    struct {
        int value;
        uint8_t digits;
        bool named;
    } at[PARTS_MAX];
    unsigned count;
    char mark;
};

static bool read_part(const struct scan *s, uint32_t i, struct parts *p)
{
    const struct lexeme *l = lex_at(s, i);
    bool named = lex_has(s, i, LEX_MONTH);
    if (!named && (!l->digits || l->digits > 4))
        return false;
    p->at[p->count].value = l->value;
    p->at[p->count].digits = l->digits;
    p->at[p->count].named = named;
    p->count++;
    return true;
}

/* "a/b/c" with no white space, at most one name. */
static uint32_t read_parts(const struct scan *s, uint32_t at, struct parts *p)
{
    if (!read_part(s, at, p))
        return 0;
    uint32_t i = at + 1;
    p->mark = lex_at(s, i)->mark;
    if (p->mark == '\0' || !strchr("/-.", p->mark))
        return 0;
    while (p->count < PARTS_MAX && lex_mark(s, i, p->mark) && lex_joined(s, i) &&
           lex_joined(s, i + 1) && read_part(s, i + 1, p))
        i += 2;
    return p->count > 1 ? i - at : 0;
}

/* Digits or letters glued to either side make it a number of something else. */
static bool stands_alone(const struct scan *s, uint32_t at, uint32_t end, char mark)
{
    const struct lexeme *before = at > 0 ? lex_at(s, at - 1) : NULL;
    if (lex_numbered(s, at))
        return false;
    bool letters = before && !before->mark && !before->digits;
    if (letters && lex_joined(s, at))
        return false;
    if (before && lex_joined(s, at) && before->mark == '-' && mark == '/')
        return true;
    if (before && lex_joined(s, at) &&
        (before->digits || before->mark == mark || before->mark == '$' || before->mark == '.' ||
         before->mark == '#'))
        return before->mark == '-' &&
               (at < 2 || !lex_at(s, at - 2)->digits || !lex_joined(s, at - 1));
    const struct lexeme *behind = lex_at(s, end);
    if (!behind->glued)
        return true;
    if (behind->mark == '%' || (behind->digits && behind->mark == '\0'))
        return false;
    bool number = behind->mark && strchr("/-.:,", behind->mark) && lex_joined(s, end + 1) &&
                  lex_at(s, end + 1)->digits;
    return !number || behind->mark == '-';
}

static int full_year(int value, unsigned digits)
{
    if (digits != 2)
        return value;
    return value < 50 ? 2000 + value : 1900 + value;
}

static bool is_year(const struct parts *p, unsigned i)
{
    return !p->at[i].named && p->at[i].digits == 4 && p->at[i].value >= 1000 &&
           p->at[i].value < 3000;
}

/* Which two of the others are month and day: the American order where both would do. */
static bool month_and_day(const struct parts *p, unsigned a, unsigned b, struct when *w, int year)
{
    int month = p->at[a].value, day = p->at[b].value;
    bool swap = p->at[b].named || (!p->at[a].named && month > 12);
    if (swap)
        month = p->at[b].value, day = p->at[a].value;
    if (p->at[swap ? a : b].named || p->at[a].digits > 2 || p->at[b].digits > 2 ||
        !day_exists(year ? year : 2000, month, day))
        return false;
    *w = when_date(year, month, day);
    return true;
}

static bool three_parts(const struct parts *p, struct when *w)
{
    for (unsigned i = 0; i < PARTS_MAX; i++) {
        if (is_year(p, i))
            return month_and_day(p, i == 0 ? 1 : 0, i == 2 ? 1 : 2, w, p->at[i].value);
    }
    if (p->at[2].named || p->at[2].digits != 2)
        return false;
    return month_and_day(p, 0, 1, w, full_year(p->at[2].value, 2));
}

/* "9/2012", "2014-10", "Dec-2018"; "2010-11" is a season of two years, "2010-15" a span. */
static bool year_and_month(const struct parts *p, struct when *w)
{
    unsigned y = is_year(p, 0) ? 0 : 1;
    int month = p->at[1 - y].value;
    if (!is_year(p, y) || p->at[1 - y].digits > 2 || month < 1 || month > 12)
        return false;
    if (p->mark == '.' || (p->mark == '-' && y == 0 && month == p->at[0].value % 100 + 1))
        return false;
    *w = when_month(p->at[y].value, month);
    return true;
}

/* "10/31" is a date where a date is expected, else a fraction, a score, or 24/7. */
static bool is_expected(const struct scan *s, uint32_t at, uint32_t end, const struct parts *p)
{
    static const char *const openers[] = {"on",      "from",  "to",     "until", "by",
                                          "between", "since", "before", "after", "till",
                                          "and",     "of",    "until",  NULL};
    bool named = p->at[0].named || p->at[1].named;
    bool listed = at > 3 && lex_mark(s, at - 3, '/') && lex_at(s, at - 2)->digits &&
                  (lex_mark(s, at - 1, ',') || lex_mark(s, at - 1, '-') || lex_is(s, at - 1, "or"));
    if (named || (listed && p->mark == '/'))
        return true;
    if (p->mark != '/' && !(at > 0 && lex_has(s, at - 1, LEX_WEEKDAY)))
        return s->lexemes.count == end - at && p->mark == '-';
    return s->lexemes.count - (end - at) < 2 ||
           (at > 0 && (lex_is_one_of(s, at - 1, openers) || lex_has(s, at - 1, LEX_WEEKDAY) ||
                       lex_has(s, at - 1, LEX_SHIFT)));
}

static uint32_t read_compact(const struct scan *s, uint32_t at, struct when *w)
{
    const struct lexeme *l = lex_at(s, at);
    int year = l->value / 10000, month = l->value / 100 % 100, day = l->value % 100;
    bool glued = at > 0 && lex_joined(s, at) && !lex_mark(s, at - 1, '-');
    if (l->digits != 8 || glued || year < 1900 || year > 2099 || !day_exists(year, month, day))
        return 0;
    *w = when_date(year, month, day);
    return 1;
}

uint32_t read_numeric(const struct scan *s, uint32_t at, struct found *out)
{
    struct parts p = {.count = 0};
    struct when w;
    uint32_t start = at;
    if (lex_has(s, at, LEX_WEEKDAY) && !lex_has(s, at, LEX_PLURAL))
        start = skip_mark(s, skip_mark(s, at + 1, '.'), ',');
    uint32_t used = read_compact(s, start, &w);
    if (!used) {
        used = read_parts(s, start, &p);
        if (!used || !stands_alone(s, start, start + used, p.mark))
            return 0;
        bool ok = p.count == 3 ? three_parts(&p, &w) : year_and_month(&p, &w);
        if (!ok && p.count == 2 && is_expected(s, start, start + used, &p))
            ok = month_and_day(&p, 0, 1, &w, 0);
        if (!ok)
            return 0;
    }
    bool open = w.year == 0;
    if (open)
        w.year = (int16_t)resolve_year(s, at, w.month, w.day);
    if (w.year < 0)
        return 0;
    if (w.year && w.day && !day_exists(w.year, w.month, w.day))
        return 0;
    *out = found_when(w, open);
    out->yearless = open;
    out->weekday = start > at ? (uint8_t)lex_at(s, at)->value : 0;
    return start + used - at;
}
