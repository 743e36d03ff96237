/*
 * Days that a calendar moves: the n-th weekday of a month, Easter, the months of the Hijra.
 *
 * Methods: Easter after J. Meeus, "Astronomical Algorithms" (1991), ch. 8, Gregorian and Julian;
 * the Islamic calendar in its arithmetic (civil) form, eleven leap years in thirty, counted from
 * 622-07-19 (Gregorian).
 */
#ifndef ONRECORD_PIPELINE_DATES_MOVABLE_H
#define ONRECORD_PIPELINE_DATES_MOVABLE_H

#include "models/day.h"

/* `n` from 1, or from -1 for the last; unknown if the month has no such day. */
struct day movable_weekday(int year, int month, int weekday, int n);

struct day movable_easter(int year);
struct day movable_orthodox_easter(int year);

/* That day of the Islamic `month` which falls into the Gregorian `year`, the first if two do. */
struct day movable_hijri(int year, int month, int day);

#endif
