#include "pipeline/dates_movable.h"

enum { HIJRI_EPOCH = -492148 /* 0622-07-19 as a serial day */ };

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

static struct day from_hijri(int year, int month, int day)
{
    int32_t serial = HIJRI_EPOCH + (year - 1) * 354 + (3 + 11 * year) / 30 + 29 * (month - 1) +
                     month / 2 + day - 1;
    return day_from_serial(serial);
}

struct day movable_hijri(int year, int month, int day)
{
    int hijri = (year - 622) * 33 / 32;
    for (int h = hijri - 1 > 0 ? hijri - 1 : 1; h <= hijri + 2; h++) {
        struct day d = from_hijri(h, month, day);
        if (d.year == year)
            return d;
    }
    return (struct day){0, 0, 0};
}
