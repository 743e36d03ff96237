#include "models/day.h"

enum { SERIAL_FIRST = -719162 /* 0001-01-01 */, SERIAL_LAST = 2932896 /* 9999-12-31 */ };
enum { ERA_YEARS = 400, ERA_DAYS = 146097, EPOCH_SHIFT = 719468 /* 0000-03-01 to 1970-01-01 */ };

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int day_month_length(int year, int month)
{
    static const uint8_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month - 1] + (month == 2 && is_leap(year));
}

bool day_exists(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= day_month_length(year, month);
}

/* Hinnant's years start in March, so that the leap day comes last. Years here are never negative.
 */
int32_t day_serial(struct day d)
{
    int32_t year = d.year - (d.month <= 2);
    int32_t era = year / ERA_YEARS;
    int32_t year_of_era = year % ERA_YEARS;
    int32_t month = (d.month + 9) % 12;
    int32_t day_of_year = (153 * month + 2) / 5 + d.day - 1;

    return era * ERA_DAYS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           EPOCH_SHIFT;
}

struct day day_from_serial(int32_t serial)
{
    if (serial < SERIAL_FIRST || serial > SERIAL_LAST)
        return (struct day){0};

    int32_t shifted = serial + EPOCH_SHIFT;
    int32_t of_era = shifted % ERA_DAYS;
    int32_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int32_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t month = (5 * of_year + 2) / 153;
    int32_t year = shifted / ERA_DAYS * ERA_YEARS + year_of_era + (month >= 10);

    return (struct day){
        .year = (int16_t)year,
        .month = (uint8_t)(month < 10 ? month + 3 : month - 9),
        .day = (uint8_t)(of_year - (153 * month + 2) / 5 + 1),
    };
}

/* 1970-01-01 was a Thursday; 0001-01-01, the least serial, a Monday. */
int day_weekday(struct day d)
{
    return (day_serial(d) - SERIAL_FIRST) % 7 + 1;
}

/* A week belongs to the year that its Thursday lies in. */
void day_iso_week(struct day d, int *year, int *week)
{
    int32_t thursday = day_serial(d) - day_weekday(d) + 4;
    int32_t new_year = day_serial((struct day){d.year, 1, 1});
    int32_t next_year = new_year + 365 + is_leap(d.year);

    *year = d.year;
    if (thursday < new_year) {
        *year = d.year - 1;
        new_year -= 365 + is_leap(d.year - 1);
    } else if (thursday >= next_year) {
        *year = d.year + 1;
        new_year = next_year;
    }
    *week = (thursday - new_year) / 7 + 1;
}

struct day day_add_days(struct day d, int32_t days)
{
    int32_t serial;
    if (!day_known(d) || __builtin_add_overflow(day_serial(d), days, &serial))
        return (struct day){0};
    return day_from_serial(serial);
}

struct day day_add_months(struct day d, int32_t months)
{
    int64_t total = (int64_t)d.year * 12 + d.month - 1 + months;
    if (!day_known(d) || total < 12 || total >= (int64_t)10000 * 12)
        return (struct day){0};

    int year = (int)(total / 12), month = (int)(total % 12) + 1;
    int length = day_month_length(year, month);
    return (struct day){(int16_t)year, (uint8_t)month, (uint8_t)(d.day < length ? d.day : length)};
}

/* Exactly `width` digits, or -1. */
static int digits(const char *p, unsigned width)
{
    int n = 0;
    for (unsigned i = 0; i < width; i++) {
        if (p[i] < '0' || p[i] > '9')
            return -1;
        n = n * 10 + (p[i] - '0');
    }
    return n;
}

static bool in_range(int n, int last)
{
    return n >= 0 && n <= last;
}

/* "Z", "+05:30", "-00:00" */
static bool is_zone(struct text t)
{
    if (t.len == 1)
        return *t.bytes == 'Z' || *t.bytes == 'z';
    return t.len == 6 && (t.bytes[0] == '+' || t.bytes[0] == '-') && t.bytes[3] == ':' &&
           in_range(digits(t.bytes + 1, 2), 23) && in_range(digits(t.bytes + 4, 2), 59);
}

/* "09:30:00Z", "09:30:00.25+02:00"; RFC 3339 allows the leap second :60. */
static bool is_time(struct text t)
{
    if (t.len < 9 || t.bytes[2] != ':' || t.bytes[5] != ':' || !in_range(digits(t.bytes, 2), 23) ||
        !in_range(digits(t.bytes + 3, 2), 59) || !in_range(digits(t.bytes + 6, 2), 60))
        return false;

    uint32_t at = 8;
    if (t.bytes[at] == '.') {
        uint32_t first = ++at;
        while (at < t.len && t.bytes[at] >= '0' && t.bytes[at] <= '9')
            at++;
        if (at == first)
            return false;
    }
    return is_zone((struct text){t.bytes + at, t.len - at});
}

bool day_parse(struct text t, struct day *out)
{
    if (t.len < 10 || t.bytes[4] != '-' || t.bytes[7] != '-')
        return false;

    int year = digits(t.bytes, 4), month = digits(t.bytes + 5, 2), day = digits(t.bytes + 8, 2);
    if (!day_exists(year, month, day))
        return false;
    if (t.len > 10) {
        if (t.bytes[10] != 'T' && t.bytes[10] != 't' && t.bytes[10] != ' ')
            return false;
        if (!is_time((struct text){t.bytes + 11, t.len - 11}))
            return false;
    }
    *out = (struct day){(int16_t)year, (uint8_t)month, (uint8_t)day};
    return true;
}

static char *put_digits(char *at, unsigned n, unsigned width)
{
    for (unsigned i = width; i > 0; i--, n /= 10)
        at[i - 1] = (char)('0' + n % 10);
    return at + width;
}

void day_format(struct day d, char out[11])
{
    char *at = put_digits(out, (unsigned)d.year, 4);
    *at++ = '-';
    at = put_digits(at, d.month, 2);
    *at++ = '-';
    at = put_digits(at, d.day, 2);
    *at = '\0';
}
