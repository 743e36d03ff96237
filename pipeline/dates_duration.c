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

/* One amount: "two days", "two-day", "3h" */
static uint32_t read_amount(const struct scan *s, uint32_t at, struct amount *out)
{
    uint32_t used = read_quantity(s, at, out);
    uint32_t i = skip_mark(s, at + used, '-');
    if (!used || !lex_has(s, i, LEX_UNIT))
        return 0;
    /* "a second term" is an ordinal, "one second" a unit. */
    if (lex_has(s, i, LEX_ORDINAL) && !lex_has(s, at, LEX_NUMBER))
        return 0;
    out->grain = lex_at(s, i)->unit;
    return i + 1 - at;
}

/* "days", "for decades": many, without a number. */
static uint32_t read_bare_plural(const struct scan *s, uint32_t at, struct found *f)
{
    if (!lex_has(s, at, LEX_UNIT) || !lex_has(s, at, LEX_PLURAL) || lex_at(s, at)->unit < GRAIN_DAY)
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

uint32_t read_duration(const struct scan *s, uint32_t at, struct found *out)
{
    struct found f = {.type = DATE_DURATION, .form = FOUND_AMOUNT};
    uint32_t used = read_amount(s, at, &f.amounts[0]);
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
