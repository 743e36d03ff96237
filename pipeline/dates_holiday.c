/* Named days: "Christmas", "Thanksgiving 2013", "next Easter", "Ramadan". Rules: data/holidays.tsv
 */
#include <stdlib.h>

#include "pipeline/dates_movable.h"
#include "pipeline/dates_scan.h"
#include "pipeline/wordlist.h"

/* The first day of the holiday in `year`; unknown if the calendar has none there. */
static struct day day_in_year(const struct wordlist_row *row, int year)
{
    const char *rule = row->values[0];
    const char *space = strchr(rule, ' ');
    int a = atoi(space + 1), b = 0, c = 0;
    const char *next = strchr(space + 2, '-');
    if (next)
        b = atoi(next + 1);
    const char *third = next ? strchr(next + 1, '-') : NULL;
    if (third)
        c = atoi(third + 1);

    switch (rule[0]) {
    case 'f':
        return (struct day){(int16_t)year, (uint8_t)a, (uint8_t)b};
    case 'n':
        return movable_weekday(year, a, b, c);
    case 'e':
        return day_add_days(movable_easter(year), a);
    case 'o':
        return day_add_days(movable_orthodox_easter(year), a);
    default:
        return movable_hijri(year, a, b);
    }
}

/* Days from the day that the rule names to the holiday: Black Friday is Thanksgiving and 1. */
static int days_after(const struct wordlist_row *row)
{
    return row->values[1] && row->values[1][0] == '+' ? atoi(row->values[1] + 1) : 0;
}

static int days_long(const struct wordlist_row *row)
{
    return row->values[1] && row->values[1][0] != '+' ? atoi(row->values[1]) : 1;
}

static struct day holiday_in(const struct wordlist_row *row, int year)
{
    struct day d = day_in_year(row, year);
    return day_known(d) ? day_add_days(d, days_after(row)) : d;
}

/* The year named behind: "2013", "of next year", "last year" */
static uint32_t read_year_of_holiday(const struct scan *s, uint32_t at, int *year)
{
    uint32_t i = skip_mark(s, at, ',');
    i = skip_word(s, skip_word(s, i, "of"), "in");
    uint32_t used = read_year(s, i, year);
    if (used)
        return i + used - at;
    struct found f;
    used = read_shifted(s, i, &f);
    if (!used || f.form != FOUND_WHEN || f.when.grain != GRAIN_YEAR || !f.when.year)
        return 0;
    *year = f.when.year;
    return i + used - at;
}

/* -1 the last before the reference, 1 the next after it, 0 by the verb, else the coming one. */
static int year_by_side(const struct scan *s, uint32_t at, const struct wordlist_row *row, int side)
{
    int year = s->reference.year;
    if (s->narrative && s->mentioned.year && side == 0)
        return s->mentioned.year;
    if (!year)
        return 0;
    int32_t ahead = day_serial(holiday_in(row, year)) - day_serial(s->reference);
    if (side == 0)
        side = tense_at(s, at) == TENSE_PAST ? -1 : 1;
    if (side < 0)
        return ahead > 0 ? year - 1 : year;
    return ahead < 0 ? year + 1 : year;
}

static struct found found_holiday(const struct wordlist_row *row, int year, bool relative)
{
    struct when open = {.grain = GRAIN_DAY, .clock = NO_CLOCK};
    if (year == 0) {
        struct day d = holiday_in(row, 2000);
        bool fixed = row->values[0][0] == 'f';
        open.month = fixed ? d.month : 0;
        open.day = fixed ? d.day : 0;
        return found_when(open, relative);
    }
    struct day first = holiday_in(row, year);
    struct found f = found_when(when_around(first, GRAIN_DAY), relative);
    if (days_long(row) > 1)
        f.until = when_around(day_add_days(first, days_long(row) - 1), GRAIN_DAY);
    return f;
}

uint32_t read_holiday(const struct scan *s, uint32_t at, struct found *out)
{
    uint32_t i = skip_word(s, at, "the"), count;
    int side = 0;
    if (lex_has(s, i, LEX_SHIFT)) {
        side = lex_at(s, i)->value;
        i++;
    }
    if (!lex_at(s, i)->upper && !s->plain_case)
        return 0;
    const struct wordlist_row *row = lex_phrase(s, i, &wordlist_holidays, &count);
    if (!row)
        return 0;
    int year;
    uint32_t behind = read_year_of_holiday(s, i + count, &year);
    if (!behind)
        year = year_by_side(s, at, row, side);
    *out = found_holiday(row, year, !behind);
    return i + count + behind - at;
}
