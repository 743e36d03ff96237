#include "pipeline/dates_moon.h"

#include <math.h>

static const double day_1970 = 2440587.5, day_2000 = 2451545.0;
static const double days_a_century = 36525.0;
static const double degrees_a_day = 12.190749; /* that the moon gains on the sun */
static const double delta_t = 69.0 / 86400.0;  /* the clock of the planets is ahead of UT */

static double turn(double degrees)
{
    double rest = fmod(degrees, 360.0);
    return rest < 0 ? rest + 360.0 : rest;
}

static double radians(double degrees)
{
    return degrees * (3.14159265358979323846 / 180.0);
}

double moon_moment(struct day d)
{
    return day_1970 + day_serial(d);
}

struct day moon_day(double moment, double hours)
{
    return day_from_serial((int32_t)floor(moment + hours / 24.0 - day_1970));
}

static double sun_longitude(double moment)
{
    double t = (moment - day_2000) / days_a_century;
    double anomaly = radians(357.52911 + 35999.05029 * t);
    return 280.46646 + 36000.76983 * t + 1.9146 * sin(anomaly) + 0.02 * sin(2 * anomaly) - 0.0057;
}

/* Degrees, and how often each argument enters: elongation, the sun's and the moon's anomaly, the
 * moon's distance from its node. */
static const struct {
    double degrees;
    int8_t elongation, sun, moon, node;
} terms[] = {
    {6.288774, 0, 0, 1, 0},  {1.274027, 2, 0, -1, 0},  {0.658314, 2, 0, 0, 0},
    {0.213618, 0, 0, 2, 0},  {-0.185116, 0, 1, 0, 0},  {-0.114332, 0, 0, 0, 2},
    {0.058793, 2, 0, -2, 0}, {0.057066, 2, -1, -1, 0}, {0.053322, 2, 0, 1, 0},
    {0.045758, 2, -1, 0, 0}, {-0.040923, 0, 1, -1, 0}, {-0.034720, 1, 0, 0, 0},
    {-0.030383, 0, 1, 1, 0}, {0.015327, 2, 0, 0, -2},
};

static double moon_longitude(double moment)
{
    double t = (moment - day_2000) / days_a_century;
    double elongation = radians(297.8501921 + 445267.1114034 * t);
    double sun = radians(357.5291092 + 35999.0502909 * t);
    double moon = radians(134.9633964 + 477198.8675055 * t);
    double node = radians(93.2720950 + 483202.0175233 * t);
    double sum = 218.3164477 + 481267.88123421 * t;

    for (unsigned i = 0; i < sizeof(terms) / sizeof(*terms); i++)
        sum += terms[i].degrees * sin(terms[i].elongation * elongation + terms[i].sun * sun +
                                      terms[i].moon * moon + terms[i].node * node);
    return sum;
}

double moon_elongation(double moment)
{
    double t = moment + delta_t;
    return turn(moon_longitude(t) - sun_longitude(t));
}

/* Newton's steps from the mean motion: six leave less than a second. */
double moon_next_new(double moment)
{
    double t = moment + (360.0 - moon_elongation(moment)) / degrees_a_day;
    for (int step = 0; step < 6; step++) {
        double off = moon_elongation(t);
        t -= (off > 180.0 ? off - 360.0 : off) / degrees_a_day;
    }
    return t;
}

double moon_winter_solstice(int year)
{
    double t = moon_moment((struct day){(int16_t)year, 12, 21});
    for (int step = 0; step < 4; step++)
        t += (270.0 - turn(sun_longitude(t + delta_t))) / (360.0 / 365.2422);
    return t;
}

int moon_sign_of_sun(double moment)
{
    double years = (moment - day_2000) / 365.25;
    double precession = 23.85 + 0.01397 * years; /* between the tropical and the Indian zodiac */
    return (int)(turn(sun_longitude(moment) - precession) / 30.0) % 12;
}
