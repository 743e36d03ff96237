#include "pipeline/dates_movable.h"

#include "pipeline/dates_moon.h"

static const double hijri_epoch = 1948439.5; /* the evening before 1 Muharram 1 */
static const double month_days = 29.530588;
static const double beijing = 8, mecca = 3, india = 5.5; /* hours east of UT */

struct day movable_weekday(int year, int month, int weekday, int n)
{
    int length = day_month_length(year, month);
    struct day first = {(int16_t)year, (uint8_t)month, 1};
    int to_first = (weekday - day_weekday(first) + 7) % 7;
    int day = 1 + to_first + 7 * (n > 0 ? n - 1 : (length - 1 - to_first) / 7 + n + 1);
    if (day < 1 || day > length)
        return (struct day){0, 0, 0};
    return (struct day){(int16_t)year, (uint8_t)month, (uint8_t)day};
}

struct day movable_easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return (struct day){(int16_t)year, (uint8_t)(n / 31), (uint8_t)(n % 31 + 1)};
}

/* By the Julian calendar, which in `year` is behind the Gregorian by a growing number of days. */
struct day movable_orthodox_easter(int year)
{
    int d = (19 * (year % 19) + 15) % 30;
    int e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
    int n = d + e + 114;
    struct day julian = {(int16_t)year, (uint8_t)(n / 31), (uint8_t)(n % 31 + 1)};
    return day_add_days(julian, year / 100 - year / 400 - 2);
}

/* The second new moon behind the month that holds the winter solstice. */
struct day movable_chinese_new_year(int year)
{
    if (year < 2)
        return (struct day){0, 0, 0};
    struct day solstice = moon_day(moon_winter_solstice(year - 1), beijing);
    /* From the end of that day: a month that begins on it holds it. */
    double moon = moon_next_new(moon_moment(day_add_days(solstice, 1)) - beijing / 24.0);
    struct day second = moon_day(moon_next_new(moon + 20), beijing);
    if (second.month == 1 && second.day < 21) /* an extra month lay between */
        second = moon_day(moon_next_new(moon + 50), beijing);
    return second;
}

/* A month begins on the evening after the new moon, where that was before six o'clock in Mecca. */
static struct day hijri_month_start(int year, int month)
{
    double months = (double)(year - 1) * 12 + month - 1;
    double moon = moon_next_new(hijri_epoch + months * month_days - 4);
    struct day day = moon_day(moon, mecca);
    double evening = moon_moment(day) + (18.0 - mecca) / 24.0;
    return day_known(day) ? day_add_days(day, moon < evening ? 1 : 2) : day;
}

struct day movable_hijri(int year, int month, int day)
{
    int near = (year - 622) * 33 / 32;
    for (int hijri = near > 1 ? near - 1 : 1; hijri <= near + 2; hijri++) {
        struct day first = hijri_month_start(hijri, month);
        struct day d = day_known(first) ? day_add_days(first, day - 1) : first;
        if (d.year == year)
            return d;
    }
    return (struct day){0, 0, 0};
}

/* The first day of the month, with moons at `from` and `to`, that has reached `tithi` at `hour`. */
static struct day hindu_day(double from, double to, int tithi, int hour)
{
    struct day d = moon_day(from, india);
    for (int tries = 0; tries < 32 && day_known(d); tries++, d = day_add_days(d, 1)) {
        double moment = moon_moment(d) + (hour - india) / 24.0;
        int reached = moment < from ? 0 : (int)(moon_elongation(moment) / 12.0) + 1;
        if (reached >= tithi || moment >= to)
            return d;
    }
    return d;
}

/* A month is named by the sign that the sun enters in it; one in which it enters none is extra. */
struct day movable_hindu(int year, int month, int tithi, int hour)
{
    struct day start = {(int16_t)(year > 1 ? year - 1 : 1), 12, 1};
    double moon = moon_next_new(moon_moment(start));
    for (int tries = 0; tries < 16; tries++) {
        double next = moon_next_new(moon + 20);
        int sign = moon_sign_of_sun(moon);
        if (sign != moon_sign_of_sun(next) && (sign + 1) % 12 + 1 == month) {
            struct day d = hindu_day(moon, next, tithi, hour);
            if (d.year == year)
                return d;
        }
        moon = next;
    }
    return (struct day){0, 0, 0};
}
