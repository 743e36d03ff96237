#include "pipeline/dates_when.h"

static const struct day unknown = {0, 0, 0};

struct when when_year(int year)
{
    return (struct when){.grain = GRAIN_YEAR, .year = (int16_t)year, .clock = NO_CLOCK};
}

struct when when_month(int year, int month)
{
    struct when w = when_year(year);
    w.grain = GRAIN_MONTH;
    w.month = (uint8_t)month;
    return w;
}

struct when when_date(int year, int month, int day)
{
    struct when w = when_month(year, month);
    w.grain = GRAIN_DAY;
    w.day = (uint8_t)day;
    return w;
}

struct when when_nth(enum grain grain, int year, int nth)
{
    struct when w = when_year(year);
    w.grain = (uint8_t)grain;
    w.nth = (uint8_t)nth;
    return w;
}

struct day week_day(struct day monday, int weekday)
{
    return day_known(monday) ? day_add_days(monday, weekday - 1) : unknown;
}

static struct when from_day(struct day d, enum grain grain)
{
    struct when w = when_date(d.year, d.month, d.day);
    w.grain = (uint8_t)grain;
    return w;
}

static struct when around_season(struct day d)
{
    if (d.month == 12)
        return when_nth(GRAIN_SEASON, d.year, 4);
    if (d.month < 3)
        return when_nth(GRAIN_SEASON, d.year - 1, 4);
    return when_nth(GRAIN_SEASON, d.year, d.month / 3);
}

/* The stretches of whole years: a decade is told by its first year. */
static int years_in(enum grain grain)
{
    if (grain == GRAIN_BIENNIUM)
        return 2;
    if (grain == GRAIN_DECADE)
        return 10;
    if (grain == GRAIN_CENTURY)
        return 100;
    return grain == GRAIN_MILLENNIUM ? 1000 : 1;
}

static struct when around_years(struct day d, enum grain grain)
{
    int years = grain == GRAIN_BIENNIUM ? 1 : years_in(grain);
    struct when w = when_year(d.year - d.year % years);
    w.grain = (uint8_t)grain;
    return w;
}

struct when when_around(struct day d, enum grain grain)
{
    if (!day_known(d))
        return (struct when){.grain = (uint8_t)grain, .clock = NO_CLOCK};
    if (grain <= GRAIN_WEEKDAY)
        return from_day(d, GRAIN_DAY);
    if (grain <= GRAIN_FORTNIGHT)
        return from_day(day_add_days(d, 1 - day_weekday(d)), grain);
    if (grain == GRAIN_MONTH)
        return when_month(d.year, d.month);
    if (grain == GRAIN_QUARTER)
        return when_nth(grain, d.year, (d.month + 2) / 3);
    if (grain == GRAIN_SEASON)
        return around_season(d);
    if (grain == GRAIN_HALF)
        return when_nth(grain, d.year, (d.month + 5) / 6);
    return around_years(d, grain);
}

static struct day to_day(struct when w)
{
    return (struct day){w.year, w.month, w.day};
}

/* First month of a season, quarter or half; a month is its own. */
static int first_month(struct when w)
{
    if (w.grain == GRAIN_SEASON)
        return 3 * w.nth;
    if (w.grain == GRAIN_QUARTER)
        return 3 * w.nth - 2;
    if (w.grain == GRAIN_HALF)
        return 6 * w.nth - 5;
    return w.month;
}

static int months_in(enum grain grain)
{
    if (grain == GRAIN_MONTH)
        return 1;
    return grain == GRAIN_HALF ? 6 : 3;
}

static bool is_open(struct when w)
{
    if (w.year == 0 || w.bc)
        return true;
    if (w.grain < GRAIN_MONTH)
        return w.day == 0 || w.month == 0;
    return w.grain == GRAIN_MONTH && w.month == 0;
}

struct day when_first(struct when w)
{
    if (w.grain == GRAIN_NONE || is_open(w))
        return unknown;
    if (w.grain == GRAIN_WEEKEND)
        return day_add_days(to_day(w), 5);
    if (w.grain < GRAIN_MONTH)
        return to_day(w);
    if (w.grain < GRAIN_YEAR)
        return (struct day){w.year, (uint8_t)first_month(w), 1};
    return (struct day){w.year, 1, 1};
}

struct day when_last(struct when w)
{
    struct day first = when_first(w);
    if (!day_known(first))
        return unknown;
    if (w.grain <= GRAIN_WEEKDAY)
        return first;
    if (w.grain == GRAIN_WEEKEND)
        return day_add_days(first, 1);
    if (w.grain < GRAIN_MONTH)
        return day_add_days(first, w.grain == GRAIN_WEEK ? 6 : 13);
    if (w.grain < GRAIN_YEAR)
        return day_add_days(day_add_months(first, months_in(w.grain)), -1);
    return (struct day){(int16_t)(w.year + years_in(w.grain) - 1), 12, 31};
}

struct day day_shift(struct day d, enum grain grain, int32_t n)
{
    if (!day_known(d) || n > 120000 || n < -120000)
        return unknown;
    if (grain < GRAIN_NIGHT)
        return d;
    if (grain <= GRAIN_WEEKDAY)
        return day_add_days(d, n);
    if (grain <= GRAIN_WEEK)
        return day_add_days(d, 7 * n);
    if (grain == GRAIN_FORTNIGHT)
        return day_add_days(d, 14 * n);
    if (grain < GRAIN_YEAR)
        return day_add_months(d, months_in(grain) * n);
    return day_add_months(d, 12 * years_in(grain) * n);
}

struct when when_shift(struct when w, int32_t n)
{
    struct day first = when_first(w);
    if (w.grain == GRAIN_WEEKEND)
        first = day_add_days(first, -5);
    struct day moved = day_shift(first, w.grain, n);
    if (!day_known(moved))
        return (struct when){.grain = w.grain, .clock = NO_CLOCK};
    struct when out = when_around(moved, w.grain);
    out.part = w.part;
    out.clock = w.clock;
    return out;
}
