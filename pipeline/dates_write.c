/* The two published forms of a stretch of the calendar: TIMEX3 and EDTF. */
#include <stdio.h>

#include "pipeline/dates_when.h"

/* How many digits of the year tell a stretch: "1984", "198", "19", "1". */
static int year_digits(struct when w)
{
    if (w.grain == GRAIN_DECADE)
        return 3;
    if (w.grain == GRAIN_CENTURY)
        return 2;
    return w.grain == GRAIN_MILLENNIUM ? 1 : 4;
}

/* The first `digits` of the year, as X where it is not known. */
static void put_year(struct strbuf *b, struct when w, int digits)
{
    char year[8];
    snprintf(year, sizeof(year), "%04d", w.year % 10000);
    strbuf_bytes(b, w.year ? year : "XXXX", (size_t)digits);
}

static void put_pair(struct strbuf *b, int n)
{
    if (n)
        strbuf_printf(b, "-%02d", n);
    else
        strbuf_str(b, "-XX");
}

static void put_week(struct strbuf *b, struct when w)
{
    struct day monday = {w.year, w.month, w.day};
    if (!day_known(monday)) {
        strbuf_str(b, "XXXX-WXX");
        return;
    }
    int year, week;
    day_iso_week(monday, &year, &week);
    strbuf_printf(b, "%04d-W%02d", year, week);
}

static void put_day(struct strbuf *b, struct when w)
{
    put_year(b, w, 4);
    if (w.weekday && !w.day) {
        strbuf_printf(b, "-WXX-%d", w.weekday);
        return;
    }
    put_pair(b, w.month);
    put_pair(b, w.day);
}

static void put_nth(struct strbuf *b, struct when w)
{
    static const char *const seasons[] = {"XX", "SP", "SU", "FA", "WI"};
    put_year(b, w, 4);
    if (w.grain == GRAIN_SEASON)
        strbuf_printf(b, "-%s", seasons[w.nth % 5]);
    else if (w.nth)
        strbuf_printf(b, "-%s%d", grain_codes[w.grain], w.nth);
    else
        strbuf_printf(b, "-%sX", grain_codes[w.grain]);
}

static void put_zone(struct strbuf *b, int zone)
{
    if (zone == ZONE_NONE)
        return;
    if (zone == 0)
        strbuf_char(b, 'Z');
    else
        strbuf_printf(b, "%c%02d:%02d", zone < 0 ? '-' : '+', (zone < 0 ? -zone : zone) / 60,
                      (zone < 0 ? -zone : zone) % 60);
}

static void put_timex_clock(struct strbuf *b, struct when w)
{
    if (w.clock.hour == HOUR_NONE) {
        if (w.part)
            strbuf_printf(b, "T%s", day_part_codes[w.part]);
        return;
    }
    strbuf_printf(b, "T%02d", w.clock.hour);
    if (w.clock.minute >= 0 || w.year)
        strbuf_printf(b, ":%02d", w.clock.minute < 0 ? 0 : w.clock.minute);
    if (w.clock.second >= 0)
        strbuf_printf(b, ":%02d", w.clock.second);
    put_zone(b, w.clock.zone);
}

void when_put_timex(struct strbuf *b, struct when w)
{
    if (w.daily) {
        put_timex_clock(b, w);
        return;
    }
    if (w.bc)
        strbuf_str(b, "BC");
    if (w.grain <= GRAIN_WEEKDAY)
        put_day(b, w);
    else if (w.grain <= GRAIN_FORTNIGHT)
        put_week(b, w);
    else if (w.grain == GRAIN_QUARTER || w.grain == GRAIN_SEASON || w.grain == GRAIN_HALF)
        put_nth(b, w);
    else
        put_year(b, w, year_digits(w));
    if (w.grain == GRAIN_MONTH)
        put_pair(b, w.month);
    if (w.grain == GRAIN_WEEKEND)
        strbuf_str(b, "-WE");
    put_timex_clock(b, w);
}

/* Level 2 codes of the parts of a year: seasons from 21, quarters from 33, halves from 40. */
static int edtf_part(struct when w)
{
    if (w.grain == GRAIN_SEASON)
        return 20 + w.nth;
    return (w.grain == GRAIN_QUARTER ? 32 : 39) + w.nth;
}

/* The year before 1 BC is -0001: astronomers count a year 0. */
static void put_edtf_year(struct strbuf *b, struct when w)
{
    static const char open[] = "XXXX";
    int digits = year_digits(w);

    if (w.bc) {
        strbuf_printf(b, w.year == 1 ? "%04d" : "-%04d", w.year - 1);
        return;
    }
    put_year(b, w, digits);
    strbuf_bytes(b, open, (size_t)(4 - digits));
}

static void put_edtf_clock(struct strbuf *b, struct clock c)
{
    if (c.hour == HOUR_NONE || c.hour > 23)
        return;
    strbuf_printf(b, "T%02d:%02d:%02d", c.hour, c.minute < 0 ? 0 : c.minute,
                  c.second < 0 ? 0 : c.second);
    put_zone(b, c.zone);
}

static bool put_edtf_span(struct strbuf *b, struct when w)
{
    char from[11], to[11];
    struct day first = when_first(w);

    if (!day_known(first))
        return false;
    day_format(first, from);
    day_format(when_last(w), to);
    strbuf_printf(b, "%s/%s", from, to);
    return true;
}

/* EDTF has no open year with a season or quarter, and no decade before Christ. */
static bool has_edtf(struct when w)
{
    if (w.grain == GRAIN_NONE || (w.bc && year_digits(w) < 4))
        return false;
    if (w.grain <= GRAIN_WEEKDAY)
        return w.month && w.day;
    return w.year || w.month;
}

/* Only whole years, months and days can be uncertain. */
static bool can_be_approximate(struct when w)
{
    return w.grain == GRAIN_YEAR || w.grain == GRAIN_MONTH || w.grain == GRAIN_DAY;
}

bool when_put_edtf(struct strbuf *b, struct when w, enum date_mod mod)
{
    if (!has_edtf(w))
        return false;
    if ((w.grain > GRAIN_WEEKDAY && w.grain < GRAIN_MONTH) || w.grain == GRAIN_BIENNIUM)
        return put_edtf_span(b, w);

    put_edtf_year(b, w);
    if (w.grain == GRAIN_QUARTER || w.grain == GRAIN_SEASON || w.grain == GRAIN_HALF)
        strbuf_printf(b, "-%02d", edtf_part(w));
    if (w.grain <= GRAIN_MONTH)
        put_pair(b, w.month);
    if (w.grain <= GRAIN_WEEKDAY)
        put_pair(b, w.day);
    if (w.clock.hour != HOUR_NONE && w.year)
        put_edtf_clock(b, w.clock);
    else if (mod == MOD_APPROX && can_be_approximate(w))
        strbuf_char(b, '~');
    return true;
}
