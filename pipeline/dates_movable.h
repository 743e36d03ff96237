/*
 * Days that a calendar moves: the n-th weekday of a month, Easter, and the feasts of calendars that
 * follow the moon.
 *
 * Methods: Easter after J. Meeus, "Astronomical Algorithms" (1991), ch. 8, Gregorian and Julian.
 * Chinese, Indian and Islamic months begin by the new moon (dates_moon.h); an Islamic month that is
 * begun by sight may be a day later. Unknown where a year has no such day.
 */
#ifndef ONRECORD_PIPELINE_DATES_MOVABLE_H
#define ONRECORD_PIPELINE_DATES_MOVABLE_H

#include "models/day.h"

/* `n` from 1, or from -1 for the last. */
struct day movable_weekday(int year, int month, int weekday, int n);

struct day movable_easter(int year);
struct day movable_orthodox_easter(int year);

struct day movable_chinese_new_year(int year);

/* That day of the Islamic `month` which falls into the Gregorian `year`, the first if two do. */
struct day movable_hijri(int year, int month, int day);

/*
 * The day of the Indian month (1 Chaitra to 12 Phalguna, from new moon to new moon) on which at
 * `hour`, Indian time, the `tithi` (1 to 30, 15 full moon) is reached.
 */
struct day movable_hindu(int year, int month, int tithi, int hour);

#endif
