/*
 * Where sun and moon stand, as far as calendars need it: to about an hundredth of a degree.
 *
 * Method: the largest terms of J. Meeus, "Astronomical Algorithms" (1991), ch. 24 and 45. A tithi,
 * a thirtieth of a month of the moon, takes about a day; at an hundredth of a degree its ends are
 * right to about a minute. Moments are Julian days, UT.
 */
#ifndef ONRECORD_PIPELINE_DATES_MOON_H
#define ONRECORD_PIPELINE_DATES_MOON_H

#include "models/day.h"

/* Midnight, UT, at the start of `d`. */
double moon_moment(struct day d);

/* The day, in a place `hours` east of UT, on which the moment lies. */
struct day moon_day(double moment, double hours);

/* Degrees of the moon east of the sun, 0 to 360: 0 at new moon, 180 at full moon. */
double moon_elongation(double moment);

/* The first new moon from `moment` on. */
double moon_next_new(double moment);

/* The winter solstice of `year`, when the sun stands at 270 degrees. */
double moon_winter_solstice(int year);

/* The sign of the Indian zodiac in which the sun stands, 0 Aries to 11 Pisces. */
int moon_sign_of_sun(double moment);

#endif
