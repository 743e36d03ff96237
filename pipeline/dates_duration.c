/* Lengths of time: "two-day", "18 months", "two and a half years", "decades". */
#include "pipeline/dates_scan.h"

/* "45-year-old", "12 years of age": how old somebody is, no duration of the news. */
static bool is_age(const struct scan *s, uint32_t end)
{
    uint32_t i = skip_mark(s, end, '-');
    if (lex_is(s, i, "old") || lex_is(s, i, "olds"))
        return true;
    return lex_is(s, end, "of") && lex_is(s, end + 1, "age");
}

/* "three straight days", "20 working days": one adjective may stand between. */
static uint32_t skip_adjective(const struct scan *s, uint32_t at)
{
    static const char *const usual[] = {"full",  "whole", "straight", "consecutive", "more",
                                        "solid", "long",  "business", "working",     NULL};
    if (!lex_has(s, at + 1, LEX_UNIT) || lex_at(s, at)->classes || lex_at(s, at)->mark)
        return at;
    uint8_t xpos = s->doc->tokens.at[lex_at(s, at)->token].xpos;
    return lex_is_one_of(s, at, usual) || (xpos == XPOS_JJ && lex_has(s, at + 1, LEX_PLURAL))
               ? at + 1
               : at;
}

/* "2018 day five", "a quarter of the votes", "the 133 last month" measure no time. */
static bool is_no_amount(const struct scan *s, uint32_t at, uint32_t unit, const struct amount *a)
{
    bool one = a->hundredths <= 100 || lex_has(s, unit, LEX_PLURAL) || lex_mark(s, unit - 1, '-');
    if (lex_at(s, at)->digits == 4 && !lex_has(s, unit, LEX_PLURAL))
        return true;
    if (lex_at(s, unit)->unit == GRAIN_QUARTER && (lex_is(s, unit + 1, "of") || !one))
        return true;
    /* "a second term" is an ordinal, "one second" a unit. */
    return lex_has(s, unit, LEX_ORDINAL) && !lex_has(s, at, LEX_NUMBER);
}

/* "two to" before "three years", "ten or" before "twelve days": the larger number counts. */
static uint32_t skip_lower_number(const struct scan *s, uint32_t at)
{
    int32_t low, high;
    uint32_t first = read_cardinal(s, at, &low), i = at + first;
    bool joint = first && (lex_is(s, i, "to") || lex_is(s, i, "or") || lex_mark(s, i, '-'));
    uint32_t second = joint ? read_cardinal(s, i + 1, &high) : 0;
    return second && low < high && !lex_is(s, at - 1, "from") ? i + 1 : at;
}

/* One amount: "two days", "two-day", "20 minute" */
static uint32_t read_amount(const struct scan *s, uint32_t at, struct amount *out)
{
    uint32_t start = skip_lower_number(s, at);
    uint32_t used = read_quantity(s, start, out);
    uint32_t i = skip_mark(s, start + used, '-');
    i = used ? skip_adjective(s, i) : i;
    if (!used || !lex_has(s, i, LEX_UNIT) || is_no_amount(s, at, i, out))
        return 0;
    /* "a year-long ban": the article is not of the length; "called it a day" and "a year-on-year
     * rise" are none. */
    bool article = lex_is(s, at, "a") && used == 1;
    bool idiom = (lex_is(s, at - 1, "it") && lex_is(s, i, "day")) ||
                 (lex_mark(s, i + 1, '-') && lex_is(s, i + 2, "on"));
    if (article && (idiom || lex_is(s, skip_mark(s, i + 1, '-'), "long")))
        return 0;
    out->grain = lex_at(s, i)->unit;
    return i + 1 - at;
}

/* "all day", "all week" */
static uint32_t read_all(const struct scan *s, uint32_t at, struct found *f)
{
    if (!lex_is(s, at, "all") || !lex_has(s, at + 1, LEX_UNIT) || lex_has(s, at + 1, LEX_PLURAL) ||
        lex_at(s, at + 1)->unit < GRAIN_NIGHT)
        return 0;
    f->amounts[0] = (struct amount){100, lex_at(s, at + 1)->unit, VAGUE_NO};
    return 2;
}

/* "days", "for decades": many, without a number. */
static uint32_t read_bare_plural(const struct scan *s, uint32_t at, struct found *f)
{
    if (!lex_has(s, at, LEX_UNIT) || !lex_has(s, at, LEX_PLURAL) || lex_at(s, at)->unit < GRAIN_DAY)
        return 0;
    /* "their quarters" are rooms, "weekends" come again, and light-years are a way. */
    enum grain grain = lex_at(s, at)->unit;
    uint32_t before = lex_mark(s, at - 1, '-') ? at - 2 : at - 1;
    if (lex_is(s, before, "light") || grain == GRAIN_QUARTER || grain == GRAIN_WEEKEND ||
        grain == GRAIN_WEEKDAY)
        return 0;
    f->amounts[0] = (struct amount){300, lex_at(s, at)->unit, VAGUE_SOME};
    return 1;
}

/* " and 30 minutes", " 3 days" behind "2 hours" */
static uint32_t read_more(const struct scan *s, uint32_t at, struct found *f)
{
    uint32_t i = at;
    for (unsigned n = 1; n < AMOUNTS_MAX; n++) {
        struct amount a;
        uint32_t next = skip_word(s, skip_mark(s, i, ','), "and");
        if (!lex_at(s, next)->digits && !lex_has(s, next, LEX_NUMBER))
            break;
        uint32_t used = read_amount(s, next, &a);
        if (!used || a.grain >= f->amounts[n - 1].grain)
            break;
        f->amounts[n] = a;
        i = next + used;
    }
    return i - at;
}

/* "one hour and a half" */
static uint32_t read_half_behind(const struct scan *s, uint32_t at, struct found *f)
{
    if (!lex_is(s, at, "and"))
        return 0;
    uint32_t i = skip_word(s, at + 1, "a");
    if (!lex_is(s, i, "half") && !lex_is(s, i, "quarter"))
        return 0;
    if (lex_has(s, i + 1, LEX_UNIT))
        return 0;
    f->amounts[0].hundredths += lex_is(s, i, "half") ? 50 : 25;
    return i + 1 - at;
}

/* "month-long", "year-long", "decade-old" is an age of things, and no length */
static uint32_t read_unit_long(const struct scan *s, uint32_t at, struct found *f)
{
    uint32_t i = skip_mark(s, at + 1, '-');
    if (!lex_has(s, at, LEX_UNIT) || !lex_is(s, i, "long") || i == at + 1)
        return 0;
    bool plural = lex_has(s, at, LEX_PLURAL);
    f->amounts[0] = (struct amount){100, lex_at(s, at)->unit, plural ? VAGUE_SOME : VAGUE_NO};
    return 1;
}

uint32_t read_duration(const struct scan *s, uint32_t at, struct found *out)
{
    struct found f = {.type = DATE_DURATION, .form = FOUND_AMOUNT};
    uint32_t used = read_amount(s, at, &f.amounts[0]);
    if (!used)
        used = read_all(s, at, &f);
    if (!used)
        used = read_unit_long(s, at, &f);
    if (!used)
        used = read_bare_plural(s, at, &f);
    if (!used || is_age(s, at + used))
        return 0;
    uint32_t i = at + used;
    i += read_half_behind(s, i, &f);
    i += read_more(s, i, &f);
    uint32_t suffix = skip_mark(s, i, '-');
    if (lex_is(s, suffix, "long"))
        i = suffix + 1;
    *out = f;
    return i - at;
}
