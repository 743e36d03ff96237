/* Dates with a named month: "April 7, 2021", "the 7th of April", "May 2020", "2018 March 18". */
#include "pipeline/dates_scan.h"

/* What was read, before the parts that are missing are resolved. */
struct named {
    int month, day, year;
    int weekday;
    int era; /* 0, 1 AD, -1 BC */
};

/* Words that a bare month or an everyday word's month sense stands behind: "in May", "last fall" */
static const char *const openers[] = {
    "in",         "of",      "by",        "since",    "until", "till",   "during", "through",
    "throughout", "from",    "to",        "this",     "last",  "next",   "early",  "late",
    "mid",        "between", "every",     "each",     "on",    "before", "after",  "previous",
    "following",  "past",    "coming",    "around",   "about", "as",     "the",    "that",
    "and",        "or",      "beginning", "starting", NULL};

static bool follows_opener(const struct scan *s, uint32_t at)
{
    if (at == 0)
        return s->lexemes.count < 4;
    if (lex_mark(s, at - 1, '-'))
        return at > 1 && lex_has(s, at - 2, LEX_MOD);
    return lex_is_one_of(s, at - 1, openers);
}

static bool year_or_day_follows(const struct scan *s, uint32_t at)
{
    int n;
    uint32_t next = skip_mark(s, skip_mark(s, at + 1, '.'), ',');
    next = skip_word(s, next, "the");
    return read_year(s, next, &n) || read_day_number(s, next, &n);
}

/* "May" the verb and the name, "march", "sat", "august": only where the context is a date's. */
static bool is_month_here(const struct scan *s, uint32_t at)
{
    if (!lex_has(s, at, LEX_MONTH))
        return false;
    if (!lex_has(s, at, LEX_CASED))
        return true;
    if (s->doc->tokens.at[lex_at(s, at)->token].xpos == XPOS_MD)
        return false;
    if (!lex_at(s, at)->upper && !s->plain_case)
        return false;
    return year_or_day_follows(s, at) || follows_opener(s, at) ||
           (at > 0 && lex_has(s, at - 1, LEX_NUMBER));
}

/* ", 2014", "2014", "of 2014", "of that year", with an era */
static uint32_t read_year_behind(const struct scan *s, uint32_t at, struct named *d)
{
    uint32_t i = skip_mark(s, at, ',');
    bool comma = i > at;
    i = skip_word(s, i, "of");
    i = skip_word(s, i, "in");
    int year;
    uint32_t used = read_year(s, i, &year);
    if (!used && lex_at(s, i)->digits == 3 && lex_has(s, i + 1, LEX_ERA)) {
        year = lex_at(s, i)->value;
        used = 1;
    }
    if (!used)
        return 0;
    /* "On April 7, 2000 troops": a year is not counted. */
    if (comma && lex_mark(s, i + used, ',') && lex_joined(s, i + used) &&
        lex_joined(s, i + used + 1) && lex_at(s, i + used + 1)->digits)
        return 0;
    i += used;
    d->year = year;
    if (lex_has(s, i, LEX_ERA) && (lex_at(s, i)->value < 0 || !lex_is(s, i, "ce"))) {
        d->era = lex_at(s, i)->value;
        i++;
    }
    return i - at;
}

/* "Apr." : the full stop of an abbreviation that something follows. */
static uint32_t month_end(const struct scan *s, uint32_t at)
{
    struct span span = lex_at(s, at)->span;
    bool stop = span.end - span.start <= 4 && lex_mark(s, at + 1, '.') && lex_joined(s, at + 1);
    return stop && at + 2 < s->lexemes.count ? at + 2 : at + 1;
}

/* A number that counts something else: "May 20 people", "June 5 million", "10:30", "7-5". */
static bool is_no_day(const struct scan *s, uint32_t end)
{
    if (lex_has(s, end, LEX_SCALE) || lex_mark(s, end, '%') || lex_is(s, end, "percent"))
        return true;
    bool glued_digit = lex_joined(s, end + 1) && lex_at(s, end + 1)->digits;
    return (lex_mark(s, end, ':') || lex_mark(s, end, '.') || lex_mark(s, end, ',')) &&
           lex_joined(s, end) && glued_digit;
}

/* "April 7", "April 7th, 2021", "May the 4th", "April 2021", "April" */
static uint32_t read_month_first(const struct scan *s, uint32_t at, struct named *d)
{
    if (!is_month_here(s, at))
        return 0;
    d->month = lex_at(s, at)->value;
    uint32_t i = month_end(s, at);
    uint32_t year = read_year_behind(s, i, d);
    if (year)
        return i + year - at;

    uint32_t comma = lex_mark(s, i, ',') && lex_at(s, i + 1)->digits == 1 ? i + 1 : i;
    uint32_t number = skip_word(s, comma, "the");
    uint32_t day = read_day_number(s, number, &d->day);
    if (!day || is_no_day(s, number + day)) {
        d->day = 0;
        uint32_t bare = lex_mark(s, at + 1, '.') ? at + 1 : i;
        return bare - at;
    }
    i = number + day;
    return i + read_year_behind(s, i, d) - at;
}

/* "7 April 2021", "the 7th of April", "twenty-fourth of May" */
static uint32_t read_day_first(const struct scan *s, uint32_t at, struct named *d)
{
    uint32_t i = skip_word(s, at, "the");
    uint32_t used = read_day_number(s, i, &d->day);
    if (!used)
        return 0;
    i += used;
    if (lex_is(s, i, "day") && lex_is(s, i + 1, "of"))
        i++;
    i = skip_word(s, i, "of");
    i = skip_mark(s, i, '-');
    if (!lex_has(s, i, LEX_MONTH) ||
        (lex_has(s, i, LEX_CASED) && !lex_at(s, i)->upper && !s->plain_case))
        return 0;
    d->month = lex_at(s, i)->value;
    i = lex_mark(s, i + 1, '.') && lex_at(s, i + 2)->digits == 4 ? i + 2 : i + 1;
    return i + read_year_behind(s, i, d) - at;
}

/* "2018 March 18", "2017 April" */
static uint32_t read_year_first(const struct scan *s, uint32_t at, struct named *d)
{
    if (lex_at(s, at)->digits != 4 || !read_year(s, at, &d->year) || !is_month_here(s, at + 1) ||
        lex_mark(s, at + 1, ','))
        return 0;
    d->month = lex_at(s, at + 1)->value;
    uint32_t day = read_day_number(s, at + 2, &d->day);
    if (!day)
        d->day = 0;
    return 2 + day;
}

static bool exists(const struct named *d)
{
    return d->day == 0 || day_exists(d->year && d->era >= 0 ? d->year : 2000, d->month, d->day);
}

/* The year in which `d` falls on its weekday, nearest to `year`; `year` if there is none. */
static int year_of_weekday(const struct named *d, int year)
{
    static const int8_t steps[] = {0, -1, 1, -2, 2, -3, 3};
    for (unsigned i = 0; d->weekday && d->day && i < sizeof(steps); i++) {
        int y = year + steps[i];
        if (day_exists(y, d->month, d->day) &&
            day_weekday((struct day){(int16_t)y, (uint8_t)d->month, (uint8_t)d->day}) == d->weekday)
            return y;
    }
    return year;
}

static struct found found_named(const struct scan *s, uint32_t at, const struct named *d)
{
    int year = d->year;
    if (!year) {
        year = resolve_year(s, at, d->month, d->day);
        year = year > 0 ? year_of_weekday(d, year) : year;
    }
    bool bc = d->era < 0 || year < 0;
    year = year < 0 ? -year : year;
    struct when w = d->day ? when_date(year, d->month, d->day) : when_month(year, d->month);
    w.bc = bc;
    return found_when(w, d->year == 0);
}

/* "April Ryan", "Theresa May": a bare month between capitals is a name. */
static bool is_name(const struct scan *s, uint32_t at, uint32_t used, const struct named *d)
{
    if (d->day || d->year || s->plain_case)
        return false;
    const struct lexeme *before = at > 0 ? lex_at(s, at - 1) : NULL;
    if (before && before->upper && !before->classes && !follows_opener(s, at) && at > 1)
        return lex_has(s, at, LEX_CASED);
    const struct lexeme *behind = lex_at(s, at + used);
    return behind->upper && !behind->classes && !follows_opener(s, at) &&
           at + used < s->lexemes.count;
}

uint32_t read_calendar(const struct scan *s, uint32_t at, struct found *out)
{
    struct named best = {0};
    uint32_t longest = 0;
    static uint32_t (*const orders[])(const struct scan *, uint32_t, struct named *) = {
        read_month_first, read_day_first, read_year_first};

    uint32_t start = at;
    int weekday = 0;
    if (lex_has(s, at, LEX_WEEKDAY) && !lex_has(s, at, LEX_PLURAL)) {
        weekday = lex_at(s, at)->value;
        start = skip_mark(s, skip_mark(s, at + 1, '.'), ',');
        start = skip_mark(s, start, '-');
    }
    for (unsigned i = 0; i < sizeof(orders) / sizeof(*orders); i++) {
        struct named d = {.weekday = weekday};
        uint32_t used = orders[i](s, start, &d);
        if (used > longest && exists(&d) && (!weekday || d.day)) {
            longest = used;
            best = d;
        }
    }
    if (!longest || is_name(s, start, longest, &best))
        return 0;
    *out = found_named(s, at, &best);
    return start + longest - at;
}
