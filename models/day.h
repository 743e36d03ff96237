/*
 * A day of the proleptic Gregorian calendar, and counting with it.
 *
 * Serial days count from 1970-01-01 = 0. Method: Howard Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms" (days_from_civil, civil_from_days).
 */
#ifndef ONRECORD_MODELS_DAY_H
#define ONRECORD_MODELS_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

struct day {
    int16_t year;  /* 1 to 9999; 0: no day is known */
    uint8_t month; /* 1 to 12 */
    uint8_t day;   /* 1 to 31 */
};

static inline bool day_known(struct day d)
{
    return d.year != 0;
}

/* True if such a day exists: 2021-02-29 does not. */
bool day_exists(int year, int month, int day);

int day_month_length(int year, int month); /* month 1 to 12 */
int32_t day_serial(struct day d);
struct day day_from_serial(int32_t serial); /* unknown outside years 1 to 9999 */
int day_weekday(struct day d);              /* ISO 8601: 1 Monday to 7 Sunday */

/* The ISO 8601 week that `d` lies in; its year may differ from d.year at the ends of a year. */
void day_iso_week(struct day d, int *year, int *week);

/* `d` moved by days, or by months (the day clipped to the month's length); unknown when out of
 * range. */
struct day day_add_days(struct day d, int32_t days);
struct day day_add_months(struct day d, int32_t months);

/* "2021-04-07", also in front of an RFC 3339 time ("2021-04-07T09:30:00Z"); false if it is neither.
 */
bool day_parse(struct text t, struct day *out);

/* Writes "YYYY-MM-DD" and a NUL. */
void day_format(struct day d, char out[11]);

#endif
