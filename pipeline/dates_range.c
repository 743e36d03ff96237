/* From here to there: "April 6-8", "6 to 8 April", "1939-45", "from March to May 2015". */
#include "pipeline/dates_scan.h"

/* Years: how long a stretch like "1939-45" can be, and how far it reaches. */
enum { CENTURY_HALF = 50, FAR_AHEAD = 15 };

static bool is_point(const struct found *f)
{
    return f->form == FOUND_WHEN && f->type == DATE_DATE && f->until.grain == GRAIN_NONE &&
           f->when.part == PART_NONE;
}

/* "-", "to", "through", "until"; a hyphen alone joins what no word joins. */
static uint32_t read_joint(const struct scan *s, uint32_t at)
{
    static const char *const joints[] = {"to", "through", "thru", "until", "till", NULL};
    if (lex_mark(s, at, '-') || lex_mark(s, at, '~'))
        return 1;
    return lex_is_one_of(s, at, joints) ? 1 : 0;
}

/* "-8, 2021" behind "April 6" */
static uint32_t read_day_to(const struct scan *s, uint32_t at, struct found *f)
{
    int day, year;
    uint32_t joint = f->when.grain == GRAIN_DAY ? read_joint(s, at) : 0;
    bool and = !joint && f->when.grain == GRAIN_DAY && lex_is(s, at, "and");
    joint += and;
    uint32_t from = skip_word(s, at + joint, "the");
    uint32_t used = joint ? read_day_number(s, from, &day) : 0;
    uint32_t end = from + used;
    bool other = lex_has(s, end, LEX_MONTH) || lex_has(s, end, LEX_UNIT) || lex_is(s, end, "of") ||
                 (lex_joined(s, end) && lex_at(s, end)->mark != ',' &&
                  lex_at(s, end)->mark != '.' && lex_at(s, end)->mark != ')');
    if (!used || other)
        return 0;
    uint32_t comma = skip_mark(s, end, ',');
    uint32_t y = f->relative ? read_year(s, comma, &year) : 0;
    if (y && lex_at(s, comma)->digits == 4) {
        f->when.year = (int16_t)year;
        f->relative = false;
        end = comma + y;
    }
    struct when to = f->when;
    if (day < to.day && to.year) {
        struct day next = day_add_months((struct day){to.year, to.month, 1}, 1);
        to = when_date(next.year, next.month, 1);
    }
    to.day = (uint8_t)day;
    if (!day_exists(to.year ? to.year : 2000, to.month, to.day) || day == f->when.day)
        return 0;
    /* "on December 5 and 6" are neighbours; other numbers may count anything. */
    if (and&&(day != f->when.day + 1 || lex_at(s, from)->digits == 0))
        return 0;
    f->until = to;
    return end - at;
}

/* "1939-45"; in "1939-1945" both ends are dates of their own. */
static uint32_t read_year_to(const struct scan *s, uint32_t at, struct found *f)
{
    const struct lexeme *l = lex_at(s, at + 1);
    bool dash = lex_mark(s, at, '-') && l->digits == 2 && l->glued && lex_joined(s, at);
    if (f->when.grain != GRAIN_YEAR || !dash || f->relative ||
        lex_joined(s, at + 2) != !!lex_at(s, at + 2)->mark)
        return 0;
    int year = f->when.year / 100 * 100 + l->value;
    if (year <= f->when.year || year > f->when.year + CENTURY_HALF ||
        (s->reference.year && year > s->reference.year + FAR_AHEAD) ||
        (lex_mark(s, at + 2, '-') && lex_joined(s, at + 2)))
        return 0;
    f->until = when_year(year);
    return 2;
}

/* The first date takes the year of the second: "March to May 2015" */
static void share_year(struct found *from, const struct found *to)
{
    if (from->yearless && !to->relative && to->when.month && to->when.year) {
        bool before = from->when.month < to->when.month ||
                      (from->when.month == to->when.month && from->when.day <= to->when.day);
        from->when.year = (int16_t)(before ? to->when.year : to->when.year - 1);
        from->relative = false;
    }
}

static bool is_ordered(struct when a, struct when b)
{
    struct day from = when_first(a), to = when_last(b);
    return day_known(from) && day_known(to) && day_serial(from) < day_serial(to);
}

/*
 * "Nov 18-Dec 19, 2015", "from Monday to Thursday": days are one stretch; longer ends stay dates of
 * their own, but the first may take its year from the second.
 */
static uint32_t read_other_to(const struct scan *s, uint32_t at, struct found *f)
{
    struct found to;
    bool between = lex_is(s, at, "and");
    uint32_t joint = between ? 1 : read_joint(s, at);
    uint32_t used = joint ? read_core(s, at + joint, &to) : 0;
    bool aside = lex_mark(s, at, '-') && lex_has(s, at + joint, LEX_DAY); /* "Monday - today -" */
    if (!used || aside || !is_point(&to) || to.when.grain != f->when.grain)
        return 0;
    share_year(f, &to);
    if (f->when.grain != GRAIN_DAY || to.when.weekday)
        return 0;
    /* "Friday to Monday": the second weekday is in the week after. */
    bool weekday = lex_has(s, at + joint, LEX_WEEKDAY);
    if (!is_ordered(f->when, to.when) && weekday && to.relative && to.when.year)
        to.when = when_shift(to.when, 7);
    if (!is_ordered(f->when, to.when))
        return 0;
    f->until = to.when;
    return joint + used;
}

/*
 * The month stands with the second day: "6-8 April" is one stretch, in "18 and 19 June" the first
 * number is a date of its own.
 */
static uint32_t read_days_before_month(const struct scan *s, uint32_t at, struct found *out)
{
    int day;
    uint32_t i = skip_word(s, at, "the");
    uint32_t first = read_day_number(s, i, &day);
    i += first;
    bool and = lex_is(s, i, "and") || lex_is(s, i, "or");
    bool between = and&&lex_is(s, at - 1, "between");
    uint32_t joint = !first ? 0 : and? 1 : read_joint(s, i);
    uint32_t used = joint ? read_calendar(s, i + joint, out) : 0;
    if (!used || out->when.grain != GRAIN_DAY || day >= out->when.day ||
        lex_has(s, i + joint, LEX_MONTH) || lex_has(s, i + joint, LEX_WEEKDAY))
        return 0;
    if (!and || between)
        out->until = out->when;
    out->when.day = (uint8_t)day;
    return and&&!between ? i - at : i + joint + used - at;
}

static bool is_joined_by_and(const struct scan *s, uint32_t at, uint32_t behind)
{
    return lex_is(s, behind, "and") && at > 0 && lex_is(s, at - 1, "between");
}

uint32_t read_range(const struct scan *s, uint32_t at, struct found *out)
{
    uint32_t days =
        lex_has(s, at, LEX_NUMBER) || lex_has(s, at, LEX_ORDINAL) || lex_is(s, at, "the")
            ? read_days_before_month(s, at, out)
            : 0;
    if (days)
        return days;
    uint32_t used = read_expression(s, at, out);
    uint32_t end = at + used;
    if (!used || !is_point(out) || !(read_joint(s, end) || lex_is(s, end, "and")))
        return used;
    uint32_t more = out->mod ? 0 : read_day_to(s, end, out);
    if (!more && !out->mod)
        more = read_year_to(s, end, out);
    if (!more && (!lex_is(s, end, "and") || is_joined_by_and(s, at, end)))
        more = read_other_to(s, end, out);
    return used + more;
}
