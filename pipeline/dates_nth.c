/* Parts of a stretch by their number: "the first Monday in May", "the last week of July", "the 20th
 * of next month", "the first two weeks of 2021". */
#include "pipeline/dates_scan.h"

/* The `n`-th `weekday` of the stretch, from its end if `n` is below 0. */
static struct day nth_weekday(struct when in, int weekday, int n)
{
    struct day first = when_first(in), last = when_last(in);
    if (!day_known(first))
        return first;
    if (n > 0)
        return day_add_days(first, (weekday - day_weekday(first) + 7) % 7 + 7 * (n - 1));
    return day_add_days(last, -((day_weekday(last) - weekday + 7) % 7) + 7 * (n + 1));
}

/* The `n`-th week of a month is the one with its `n`-th Thursday, as ISO 8601 counts. */
static struct when nth_unit(struct when in, enum grain grain, int n)
{
    struct when none = {.grain = (uint8_t)grain, .clock = NO_CLOCK};
    if (!day_known(when_first(in)))
        return none;
    if (grain == GRAIN_WEEK)
        return when_around(nth_weekday(in, 4, n), GRAIN_WEEK);
    if (grain == GRAIN_WEEKEND)
        return when_around(nth_weekday(in, 6, n), GRAIN_WEEKEND);
    struct day from = n > 0 ? when_first(in) : when_last(in);
    return when_shift(when_around(from, grain), n > 0 ? n - 1 : n + 1);
}

/* "first", "last", "third last" */
static uint32_t read_rank(const struct scan *s, uint32_t at, int32_t *n)
{
    uint32_t i = skip_word(s, at, "the");
    uint32_t used = read_ordinal(s, i, n);
    if (lex_is(s, i + used, "last") || lex_is(s, i + used, "final")) {
        *n = used ? -*n : -1;
        used++;
    }
    return used ? i + used - at : 0;
}

/* "the first Monday in May 2014", "the last week of July", "third day of October" */
static uint32_t read_nth_of(const struct scan *s, uint32_t at, struct found *out)
{
    int32_t n;
    struct found in;
    uint32_t rank = read_rank(s, at, &n);
    uint32_t i = at + rank;
    bool weekday = lex_has(s, i, LEX_WEEKDAY);
    bool unit = lex_has(s, i, LEX_UNIT) && lex_at(s, i)->unit >= GRAIN_DAY;
    if (!rank || !(weekday || unit) || lex_has(s, i, LEX_PLURAL) ||
        !(lex_is(s, i + 1, "of") || lex_is(s, i + 1, "in")))
        return 0;
    uint32_t of = read_container(s, i + 2, &in);
    if (!of || n == 0 || n > 53 || (unit && in.when.grain <= lex_at(s, i)->unit))
        return 0;
    struct when w = weekday ? when_around(nth_weekday(in.when, lex_at(s, i)->value, n), GRAIN_DAY)
                            : nth_unit(in.when, lex_at(s, i)->unit, n);
    *out = found_when(w, in.relative);
    return i + 2 + of - at;
}

/* "the first two weeks of 2021", "the last four months of the year": a length with its bounds. */
static uint32_t read_first_units(const struct scan *s, uint32_t at, struct found *out)
{
    int32_t n;
    struct found in;
    uint32_t i = skip_word(s, at, "the");
    bool last = lex_is(s, i, "last") || lex_is(s, i, "final");
    uint32_t number = last || lex_is(s, i, "first") ? read_cardinal(s, i + 1, &n) : 0;
    uint32_t unit = i + 1 + number;
    if (!number || n < 1 || n > 400 || !lex_has(s, unit, LEX_UNIT) || !lex_is(s, unit + 1, "of") ||
        lex_at(s, unit)->unit < GRAIN_DAY)
        return 0;
    enum grain grain = lex_at(s, unit)->unit;
    uint32_t of = read_container(s, unit + 2, &in);
    if (!of || in.when.grain <= grain)
        return 0;
    *out = (struct found){.type = DATE_DURATION,
                          .form = FOUND_AMOUNT,
                          .amounts = {{n * 100, (uint8_t)grain, VAGUE_NO}}};
    out->from = when_first(nth_unit(in.when, grain, last ? -n : 1));
    out->to = when_last(nth_unit(in.when, grain, last ? -1 : n));
    return unit + 2 + of - at;
}

/* "week 3 of 2027" */
static uint32_t read_week_number(const struct scan *s, uint32_t at, struct found *out)
{
    struct found in;
    int32_t n;
    uint32_t i = skip_word(s, at, "the");
    uint32_t number = lex_is(s, i, "week") ? read_cardinal(s, i + 1, &n) : 0;
    uint32_t end = i + 1 + number;
    if (!number || n < 1 || n > 53)
        return 0;
    if (!lex_is(s, end, "of") && i > at && day_known(s->reference)) {
        *out = found_when(nth_unit(when_year(s->reference.year), GRAIN_WEEK, n), true);
        return end - at;
    }
    if (!lex_is(s, end, "of"))
        return 0;
    uint32_t of = read_container(s, end + 1, &in);
    if (!of || in.when.grain != GRAIN_YEAR)
        return 0;
    *out = found_when(nth_unit(in.when, GRAIN_WEEK, n), in.relative);
    return end + 1 + of - at;
}

/* "the 18th" of "the week of the 18th": of the month of the reference. */
static uint32_t read_month_day(const struct scan *s, uint32_t at, struct found *out)
{
    int day;
    uint32_t i = skip_word(s, at, "the");
    uint32_t used = i > at ? read_day_number(s, i, &day) : 0;
    if (used < 2 ||
        !day_exists(s->reference.year, s->reference.month ? s->reference.month : 1, day))
        return 0;
    *out = found_when(when_date(s->reference.year, s->reference.month, day), true);
    return i + used - at;
}

/* "the week of April 10", "the week beginning February 4" */
static uint32_t read_week_of(const struct scan *s, uint32_t at, struct found *out)
{
    static const char *const joints[] = {"of",         "beginning", "starting",
                                         "commencing", "ending",    NULL};
    struct found day;
    uint32_t i = skip_word(s, at, "the");
    if (!lex_has(s, i, LEX_UNIT) || lex_has(s, i, LEX_PLURAL) ||
        (lex_at(s, i)->unit != GRAIN_WEEK && lex_at(s, i)->unit != GRAIN_WEEKEND) ||
        !lex_is_one_of(s, i + 1, joints))
        return 0;
    uint32_t from = skip_word(s, i + 2, "on");
    uint32_t used = read_calendar(s, from, &day);
    if (!used)
        used = read_month_day(s, from, &day);
    if (!used || day.form != FOUND_WHEN || day.when.grain != GRAIN_DAY)
        return 0;
    *out = found_when(when_around(when_first(day.when), lex_at(s, i)->unit), day.relative);
    return from + used - at;
}

/* "the 20th of next month", "20 of this month" */
static uint32_t read_day_of_month(const struct scan *s, uint32_t at, struct found *out)
{
    int day;
    struct found month;
    uint32_t i = skip_word(s, at, "the");
    uint32_t number = read_day_number(s, i, &day);
    i += number;
    i = skip_word(s, i, "day");
    uint32_t used = number && lex_is(s, i, "of") ? read_container(s, i + 1, &month) : 0;
    if (!used || month.when.grain != GRAIN_MONTH || !month.relative ||
        (month.when.year && !day_exists(month.when.year, month.when.month, day)))
        return 0;
    *out = found_when(when_date(month.when.year, month.when.month, day), true);
    return i + 1 + used - at;
}

/* "September that year", "May of the same year" */
static uint32_t read_month_of(const struct scan *s, uint32_t at, struct found *out)
{
    struct found month, year;
    uint32_t used =
        lex_has(s, at, LEX_MONTH) || lex_has(s, at, LEX_NUMBER) ? read_calendar(s, at, &month) : 0;
    uint32_t i = skip_word(s, at + used, "of");
    bool joined = i > at + used || lex_is(s, i, "that") || lex_is(s, i + 1, "same");
    uint32_t behind = used && joined && month.relative ? read_shifted(s, i, &year) : 0;
    if (!behind || year.form != FOUND_WHEN || year.when.grain != GRAIN_YEAR || year.when.part)
        return 0;
    month.when.year = year.when.year;
    month.when.bc = year.when.bc;
    *out = found_when(month.when, true);
    return i + behind - at;
}

uint32_t read_nth(const struct scan *s, uint32_t at, struct found *out)
{
    static family_reader *const forms[] = {read_nth_of,   read_week_of,     read_day_of_month,
                                           read_month_of, read_first_units, read_week_number};
    return read_longest(s, at, forms, sizeof(forms) / sizeof(*forms), out);
}
