/*
 * A stretch of the calendar as a text names it: a day, a week, a month, a season … with the parts
 * that are not known left open, and perhaps a time of day.
 *
 * A week or weekend is told by its Monday, a decade or century by its first year, a season (from
 * 1, spring), quarter or half by `nth`. Seasons are those of the north: spring is March to May, the
 * winter of 2019 is December 2019 to February 2020.
 */
#ifndef ONRECORD_PIPELINE_DATES_WHEN_H
#define ONRECORD_PIPELINE_DATES_WHEN_H

#include "base/strbuf.h"
#include "pipeline/dates_lex.h"

enum { HOUR_NONE = -1, ZONE_NONE = INT16_MIN };

struct clock {
    int8_t hour;           /* HOUR_NONE: no time of day */
    int8_t minute, second; /* -1: not said */
    int16_t zone;          /* minutes east of UTC, or ZONE_NONE */
};

#define NO_CLOCK ((struct clock){HOUR_NONE, -1, -1, ZONE_NONE})

struct when {
    uint8_t grain; /* enum grain; GRAIN_NONE: no such stretch */
    bool bc;
    int16_t year;  /* 0: not known */
    uint8_t month; /* 0: not known or not said */
    uint8_t day;
    uint8_t nth;
    uint8_t weekday; /* where of a day only that is known */
    uint8_t part;    /* enum day_part */
    bool daily;      /* that time of every day: "TMO", with no date */
    struct clock clock;
};

struct when when_year(int year);
struct when when_month(int year, int month);
struct when when_date(int year, int month, int day);
struct when when_nth(enum grain grain, int year, int nth); /* season, quarter, half */

/* The stretch of `grain` in which `d` lies; with open parts if `d` is not known. */
struct when when_around(struct day d, enum grain grain);

/* First and last day; unknown if parts are open. */
struct day when_first(struct when w);
struct day when_last(struct when w);

/* `w` moved by `n` of its own grain. */
struct when when_shift(struct when w, int32_t n);

/* `d` moved by `n` of `grain`, to the day ("a month ago" is the same day of the month). */
struct day day_shift(struct day d, enum grain grain, int32_t n);

/* The `weekday` (1-7) of the week that begins on `monday`. */
struct day week_day(struct day monday, int weekday);

/* Appends the TIMEX3 value. */
void when_put_timex(struct strbuf *b, struct when w);

/* Appends the EDTF value; false, and nothing appended, where EDTF has none. */
bool when_put_edtf(struct strbuf *b, struct when w, enum date_mod mod);

#endif
