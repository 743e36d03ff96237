/* Dates with a named month: "April 7, 2021", "the 7th of April", "May 2020", "2018 March 18". */
#include "pipeline/dates_scan.h"

enum { BUDDHIST_YEARS = 543 };

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
    if (!lex_at(s, at)->upper && at > 0 && lex_is(s, at - 1, "that"))
        return false;
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

/* "the March on Washington", "along the March." */
static bool is_parade(const struct scan *s, uint32_t at)
{
    if (!lex_is(s, at, "march") || at == 0 || !lex_is(s, at - 1, "the"))
        return false;
    return lex_at(s, at + 1)->mark || lex_is(s, at + 1, "on") || lex_is(s, at + 1, "to") ||
           lex_is(s, at + 1, "for");
}

/* "May" the verb and the name, "march", "sat", "august": only where the context is a date's. */
static bool is_month_here(const struct scan *s, uint32_t at)
{
    if (!lex_has(s, at, LEX_MONTH) || lex_mark(s, at - 1, '$'))
        return false;
    if (!lex_has(s, at, LEX_CASED))
        return true;
    if (!lex_at(s, at)->upper && !s->plain_case)
        return false;
    if (year_or_day_follows(s, at))
        return true;
    if (s->doc->tokens.at[lex_at(s, at)->token].xpos == XPOS_MD || is_parade(s, at))
        return false;
    return follows_opener(s, at) || (at > 0 && lex_has(s, at - 1, LEX_NUMBER));
}

static bool has_era(const struct scan *s, uint32_t at)
{
    struct span span = lex_at(s, at)->span;
    return lex_has(s, at, LEX_ERA) &&
           (lex_at(s, at)->upper ||
            (lex_at(s, at)->value != ERA_BE && (span.end - span.start > 2 || s->plain_case)));
}

/* "3 Aug 96": no day, and nothing that follows to count. */
static uint32_t read_two_digit_year(const struct scan *s, uint32_t at, int *year)
{
    const struct lexeme *l = lex_at(s, at);
    bool last = at + 1 >= s->lexemes.count || lex_at(s, at + 1)->mark;
    if (l->digits != 2 || l->value < 50 || !last)
        return 0;
    *year = 1900 + l->value;
    return 1;
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
    if (!used && lex_at(s, i)->digits && lex_at(s, i)->digits < 4 && has_era(s, i + 1)) {
        year = lex_at(s, i)->value;
        used = 1;
    }
    if (!used)
        used = read_two_digit_year(s, i, &year);
    if (!used || (comma && year_counts_things(s, i)))
        return 0;
    /* "On April 7, 2,000 troops": nor are thousands a year. */
    if (comma && lex_mark(s, i + used, ',') && lex_joined(s, i + used) &&
        lex_joined(s, i + used + 1) && lex_at(s, i + used + 1)->digits)
        return 0;
    i += used;
    d->year = year;
    if (has_era(s, i)) {
        d->era = lex_at(s, i)->value;
        i++;
        if (d->era == ERA_BE && year > BUDDHIST_YEARS) { /* "August 10, 2555 BE" */
            d->year = year - BUDDHIST_YEARS;
            d->era = ERA_AD;
        }
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
    /* "the end of May the Second Squadron": a day's word has no capital. */
    bool title = day && lex_at(s, number)->upper;
    if (!day || title || is_no_day(s, number + day)) {
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
    if (!used || lex_mark(s, at - 1, '$'))
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

/* "Sun, August 16, 2008" on a Saturday is the paper of that name. */
static bool fits_weekday(const struct scan *s, uint32_t at, const struct named *d)
{
    if (!d->weekday || !d->year || !d->day || d->era || !lex_has(s, at, LEX_CASED))
        return true;
    struct day day = {(int16_t)d->year, (uint8_t)d->month, (uint8_t)d->day};
    return day_weekday(day) == d->weekday;
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

/* "Jul 18, Fri", "April 7 (Wednesday)" */
static uint32_t read_weekday_behind(const struct scan *s, uint32_t at, struct named *d)
{
    bool bracket = lex_mark(s, at, '(') && lex_mark(s, at + 2, ')');
    bool comma = lex_mark(s, at, ',') && at + 2 >= s->lexemes.count;
    if (!d->day || d->weekday || !(bracket || comma) || !lex_has(s, at + 1, LEX_WEEKDAY) ||
        lex_has(s, at + 1, LEX_PLURAL))
        return 0;
    d->weekday = lex_at(s, at + 1)->value;
    return bracket ? 3 : 2;
}

/* "May last year": an expression of its own, but it tells which May. */
static int year_said_behind(const struct scan *s, uint32_t at)
{
    struct found f;
    uint32_t i = skip_mark(s, at, ',');
    bool shifted = lex_has(s, i, LEX_SHIFT) && lex_is(s, i + 1, "year");
    uint32_t used = shifted ? read_shifted(s, i, &f) : 0;
    return used && f.form == FOUND_WHEN && f.when.grain == GRAIN_YEAR && !f.when.bc ? f.when.year
                                                                                    : 0;
}

/* `d`, which stands from `at` to `end`, with what it leaves open. */
static struct found found_named(const struct scan *s, uint32_t at, uint32_t end,
                                const struct named *d)
{
    int year = d->year;
    if (!year)
        year = year_said_behind(s, end);
    if (!year) {
        year = resolve_year(s, at, d->month, d->day);
        year = year > 0 ? year_of_weekday(d, year) : year;
    }
    bool bc = d->era < 0 || year < 0;
    year = year < 0 ? -year : year;
    if (d->day && year > 0 && !bc && !day_exists(year, d->month, d->day))
        return (struct found){.form = FOUND_NOTHING}; /* a February 29 of no near year */
    struct when w = d->day ? when_date(year, d->month, d->day) : when_month(year, d->month);
    w.bc = bc;
    struct found f = found_when(w, d->year == 0);
    f.yearless = d->year == 0;
    f.weekday = (uint8_t)d->weekday;
    return f;
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

/* "32 August", "29 February 2014", "August 32.": no such day, and then no month either. */
static uint32_t read_impossible(const struct scan *s, uint32_t at, struct found *out)
{
    bool day_first = lex_at(s, at)->digits == 2 && lex_has(s, at + 1, LEX_MONTH);
    bool month_first = lex_has(s, at, LEX_MONTH) && lex_at(s, at + 1)->digits >= 2 &&
                       lex_at(s, at + 1)->digits != 4 && !lex_joined(s, at + 1);
    if ((!day_first && !month_first) || lex_mark(s, at - 1, '$'))
        return 0;

    int number = lex_at(s, day_first ? at : at + 1)->value, year = 0;
    int month = lex_at(s, day_first ? at + 1 : at)->value;
    uint32_t end = skip_mark(s, at + 2, ',');
    uint32_t used = lex_at(s, end)->digits == 4 ? read_year(s, end, &year) : 0;
    bool last = end >= s->lexemes.count || lex_at(s, end)->mark;
    bool figures = lex_at(s, at + 1)->digits > 4; /* "February 151998" */
    bool two_digit_year = number >= 50 && !figures;
    if (two_digit_year || day_exists(used ? year : 2000, month, number) ||
        !(day_first || last || used || figures))
        return 0;
    *out = (struct found){.form = FOUND_NOTHING};
    return used ? end + 1 - at : 2;
}

/* The month of the story, or the one in which the day is the last or the coming, by the verb. */
static struct when nearest_day(const struct scan *s, uint32_t at, int day)
{
    if (s->narrative || !day_known(s->reference))
        return when_date(s->mentioned.year, s->mentioned.month, day);
    struct day month = {s->reference.year, s->reference.month, 1};
    int step = tense_at(s, at) == TENSE_PAST ? -1 : 1;
    bool here = step < 0 ? day <= s->reference.day : day >= s->reference.day;
    for (int tries = 0; tries < 3 && (!here || !day_exists(month.year, month.month, day));
         tries++) {
        month = day_add_months(month, step);
        here = true;
    }
    return when_date(month.year, month.month, day);
}

/* "on the 5th": a day of the month told of, where nothing follows that it could count. */
static uint32_t read_day_alone(const struct scan *s, uint32_t at, struct found *out)
{
    static const char *const before_days[] = {"on",   "by",     "until", "till", "since",
                                              "from", "before", "after", NULL};
    int day;
    if (!lex_is(s, at, "the") || !lex_at(s, at + 1)->digits)
        return 0;
    uint32_t used = read_day_number(s, at + 1, &day);
    uint32_t end = at + 1 + used;
    bool noted = s->lexemes.count < 4;
    if (used < 2 || !(noted || (at > 0 && lex_is_one_of(s, at - 1, before_days))))
        return 0;
    const struct lexeme *next = lex_at(s, end);
    uint8_t xpos = end < s->lexemes.count ? s->doc->tokens.at[next->token].xpos : XPOS_NONE;
    bool noun = xpos == XPOS_NN || xpos == XPOS_NNS || xpos == XPOS_NNP || xpos == XPOS_JJ;
    if (noun || next->mark == '-' || next->classes || lex_is(s, end, "of"))
        return 0;
    struct when w = nearest_day(s, at, day);
    if (w.year && !day_exists(w.year, w.month ? w.month : 1, w.day))
        return 0;
    *out = found_when(w, true);
    return end - at;
}

/* The longest of the orders in which day, month and year can stand. */
static uint32_t read_any_order(const struct scan *s, uint32_t at, int weekday, struct named *out)
{
    static uint32_t (*const orders[])(const struct scan *, uint32_t, struct named *) = {
        read_month_first, read_day_first, read_year_first};
    uint32_t longest = 0;

    for (unsigned i = 0; i < sizeof(orders) / sizeof(*orders); i++) {
        struct named d = {.weekday = weekday};
        uint32_t used = orders[i](s, at, &d);
        if (used > longest && exists(&d) && (!weekday || d.day)) {
            longest = used;
            *out = d;
        }
    }
    return longest;
}

uint32_t read_calendar(const struct scan *s, uint32_t at, struct found *out)
{
    struct named d = {0};
    uint32_t none = read_impossible(s, at, out);
    if (none)
        return none;

    uint32_t start = at;
    int weekday = 0;
    if (lex_has(s, at, LEX_WEEKDAY) && !lex_has(s, at, LEX_PLURAL)) {
        weekday = lex_at(s, at)->value;
        start = skip_mark(s, skip_mark(s, at + 1, '.'), ',');
        start = skip_mark(s, start, '-');
    }
    uint32_t used = read_any_order(s, start, weekday, &d);
    if (!used)
        return weekday ? 0 : read_day_alone(s, at, out);
    if (is_name(s, start, used, &d) || !fits_weekday(s, at, &d))
        return 0;
    used += read_weekday_behind(s, start + used, &d);
    *out = found_named(s, at, start + used, &d);
    return start + used - at;
}
