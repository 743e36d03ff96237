/* Named days: "Christmas", "Thanksgiving 2013", "next Easter", "Ramadan". Rules: data/holidays.tsv
 */
#include <stdlib.h>

#include "pipeline/dates_movable.h"
#include "pipeline/dates_scan.h"
#include "pipeline/wordlist.h"

enum { RULE_NUMBERS = 3 };

/* The numbers behind the rule's name: "nth 11-4--1" has 11, 4 and -1. */
static void rule_numbers(const char *rule, int n[RULE_NUMBERS])
{
    const char *p = rule + strcspn(rule, " ");
    for (unsigned i = 0; i < RULE_NUMBERS && *p; i++) {
        char *end;
        n[i] = (int)strtol(p + 1, &end, 10);
        p = end;
    }
}

/* King's Day is April 27, but not on a Sunday. */
static struct day fixed_day(struct day d, int avoided)
{
    return avoided && day_weekday(d) == avoided ? day_add_days(d, -1) : d;
}

/* The first day of the holiday in `year`; unknown if the calendar has none there. */
static struct day day_in_year(const struct wordlist_row *row, int year)
{
    const char *rule = row->values[0];
    int n[RULE_NUMBERS] = {0, 0, 0};
    rule_numbers(rule, n);

    if (strncmp(rule, "fixed", 5) == 0)
        return fixed_day((struct day){(int16_t)year, (uint8_t)n[0], (uint8_t)n[1]}, n[2]);
    if (strncmp(rule, "nth", 3) == 0)
        return movable_weekday(year, n[0], n[1], n[2]);
    if (strncmp(rule, "easter", 6) == 0)
        return day_add_days(movable_easter(year), n[0]);
    if (strncmp(rule, "orthodox", 8) == 0)
        return day_add_days(movable_orthodox_easter(year), n[0]);
    if (strncmp(rule, "chinese", 7) == 0)
        return day_add_days(movable_chinese_new_year(year), n[0]);
    if (strncmp(rule, "hindu", 5) == 0)
        return movable_hindu(year, n[0], n[1], n[2]);
    return movable_hijri(year, n[0], n[1]);
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

/* "in 3 years", "9 months from now", "1 year ago": the holiday nearest to then. */
static uint32_t read_distance_behind(const struct scan *s, uint32_t at,
                                     const struct wordlist_row *row, int *year)
{
    struct found f;
    uint32_t i = skip_word(s, at, "in");
    uint32_t used = lex_has(s, i, LEX_NUMBER) || lex_is(s, i, "a") ? read_relative(s, i, &f) : 0;
    struct day then = used && f.form == FOUND_WHEN ? when_first(f.when) : (struct day){0, 0, 0};
    if (!day_known(then))
        return 0;
    *year = then.year;
    struct day here = holiday_in(row, then.year);
    if (f.when.grain != GRAIN_YEAR && day_known(here) && day_serial(here) > day_serial(then) + 180)
        *year = then.year - 1;
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
    struct day here = holiday_in(row, year);
    int32_t ahead = day_known(here) ? day_serial(here) - day_serial(s->reference) : 1;
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

/* "Labor Day weekend" goes from Saturday to the Monday, Thanksgiving's from the Thursday on. */
static void stretch_to_weekend(struct found *f)
{
    struct day day = when_first(f->when);
    if (!day_known(day))
        return;
    int weekday = day_weekday(day);
    struct day saturday = day_add_days(day, weekday == 1 ? -2 : 6 - weekday);
    struct day sunday = day_add_days(saturday, 1);
    f->when = when_around(weekday == 4 || weekday == 5 ? day : saturday, GRAIN_DAY);
    f->until = when_around(weekday == 1 ? day : sunday, GRAIN_DAY);
}

/* A name has a capital, unless it is shifted ("last easter"), and is nobody's ("Ann Christmas"). */
static bool is_holiday_here(const struct scan *s, uint32_t at, uint32_t end)
{
    if (!lex_at(s, at)->upper)
        return s->plain_case || (at > 0 && lex_has(s, at - 1, LEX_SHIFT));
    const struct lexeme *before = at > 0 ? lex_at(s, at - 1) : &lex_beyond;
    bool first = at == 1 && s->doc->tokens.at[before->token].xpos != XPOS_NNP;
    return !before->upper || before->classes || first || end > at + 1;
}

uint32_t read_holiday(const struct scan *s, uint32_t at, struct found *out)
{
    uint32_t i = skip_word(s, at, "the"), count;
    int side = 0;
    if (lex_has(s, i, LEX_SHIFT)) {
        side = lex_at(s, i)->value;
        i++;
    }
    const struct wordlist_row *row =
        lex_has(s, i, LEX_FEAST) ? lex_phrase(s, i, &wordlist_holidays, &count) : NULL;
    if (!row)
        return 0;
    int year;
    uint32_t behind = read_year_of_holiday(s, i + count, &year);
    if (!behind && !is_holiday_here(s, i, i + count))
        return 0;
    if (!behind)
        behind = read_distance_behind(s, i + count, row, &year);
    if (!behind)
        year = year_by_side(s, at, row, side);
    *out = found_holiday(row, year, !behind);
    uint32_t end = i + count + behind;
    if (!lex_is(s, end, "weekend"))
        return end - at;
    int later;
    uint32_t more = behind ? 0 : read_year_of_holiday(s, end + 1, &later);
    if (more)
        *out = found_holiday(row, later, false);
    stretch_to_weekend(out);
    return end + 1 + more - at;
}
