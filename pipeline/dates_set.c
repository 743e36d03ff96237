/* What comes again and again: "every Tuesday", "twice a year", "daily", "Mondays". */
#include "pipeline/dates_scan.h"

static struct found found_set(int32_t n, enum grain grain)
{
    return (struct found){
        .type = DATE_SET, .form = FOUND_AMOUNT, .amounts = {{n * 100, (uint8_t)grain, VAGUE_NO}}};
}

static struct found found_weekday_set(int weekday)
{
    struct when w = {.grain = GRAIN_DAY, .weekday = (uint8_t)weekday, .clock = NO_CLOCK};
    struct found f = found_when(w, false);
    f.type = DATE_SET;
    return f;
}

/* "every day", "each two weeks", "every other Friday", "every May", "every morning" */
static uint32_t read_every(const struct scan *s, uint32_t at, struct found *out)
{
    static const char *const every[] = {"every", "each", "per", NULL};
    struct amount a = {100, 0, VAGUE_NO};
    if (!lex_is_one_of(s, at, every))
        return 0;
    uint32_t i = skip_word(s, skip_word(s, at + 1, "single"), "and");
    i = skip_word(s, i, "every");
    if (lex_is(s, i, "other")) {
        a.hundredths = 200;
        i++;
    } else {
        i += read_quantity(s, i, &a);
    }
    if (lex_has(s, i, LEX_WEEKDAY))
        *out = found_weekday_set(lex_at(s, i)->value);
    else if (lex_has(s, i, LEX_UNIT) && !(lex_has(s, i, LEX_ORDINAL) && lex_is(s, at, "every")))
        *out = found_set(a.hundredths / 100, lex_at(s, i)->unit);
    else if (lex_has(s, i, LEX_MONTH) && lex_at(s, i)->upper) {
        *out = found_when(when_month(0, lex_at(s, i)->value), false);
        out->type = DATE_SET;
    } else if (lex_has(s, i, LEX_PART) || lex_has(s, i, LEX_SEASON)) {
        struct when w =
            lex_has(s, i, LEX_PART)
                ? (struct when){.grain = GRAIN_DAY, .part = lex_at(s, i)->part, .clock = NO_CLOCK}
                : when_nth(GRAIN_SEASON, 0, lex_at(s, i)->value);
        *out = found_when(w, false);
        out->type = DATE_SET;
    } else {
        return 0;
    }
    return i + 1 - at;
}

/* "twice a year", "three times a week", "once per month", "once every two years" */
static uint32_t read_times(const struct scan *s, uint32_t at, struct found *out)
{
    static const char *const once[] = {"once", "twice", "thrice", NULL};
    static const char *const per[] = {"a", "an", "per", "each", "every", NULL};
    struct amount times;
    uint32_t i = at;
    if (lex_is_one_of(s, at, once)) {
        i = at + 1;
    } else {
        uint32_t n = read_quantity(s, at, &times);
        if (!n || !lex_is(s, at + n, "times"))
            return 0;
        i = at + n + 1;
    }
    if (!lex_is_one_of(s, i, per))
        return 0;
    uint32_t every = read_every(s, i, out);
    if (every)
        return i + every - at;
    if (!lex_has(s, i + 1, LEX_UNIT) || lex_has(s, i + 1, LEX_PLURAL))
        return 0;
    *out = found_set(1, lex_at(s, i + 1)->unit);
    return i + 2 - at;
}

static uint32_t read_often(const struct scan *s, uint32_t at, struct found *out)
{
    uint32_t i = at;
    if ((lex_is(s, at, "semi") || lex_is(s, at, "bi")) && lex_mark(s, at + 1, '-'))
        i = at + 2;
    if (!lex_has(s, i, LEX_OFTEN))
        return 0;
    enum grain grain = lex_at(s, i)->unit;
    if (i > at)
        grain = lex_is(s, at, "semi") ? GRAIN_HALF : grain;
    int32_t n = i > at && lex_is(s, at, "bi") ? 2 : 1;
    *out = found_set(n, grain);
    /* The Daily Telegraph comes every day, and is no date. */
    if (lex_at(s, i)->upper && i > 0 && !s->plain_case)
        return 0;
    return i + 1 - at;
}

/* "Mondays", "Tuesday afternoons", "weekends" */
static uint32_t read_plural(const struct scan *s, uint32_t at, struct found *out)
{
    if (!lex_has(s, at, LEX_WEEKDAY))
        return 0;
    bool parts = lex_has(s, at + 1, LEX_PART) && lex_has(s, at + 1, LEX_PLURAL);
    if (!lex_has(s, at, LEX_PLURAL) && !parts)
        return 0;
    *out = found_weekday_set(lex_at(s, at)->value);
    if (!parts)
        return 1;
    out->when.part = lex_at(s, at + 1)->part;
    return 2;
}

uint32_t read_set(const struct scan *s, uint32_t at, struct found *out)
{
    static family_reader *const forms[] = {read_times, read_every, read_often, read_plural};
    for (unsigned i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
        uint32_t used = forms[i](s, at, out);
        if (used)
            return used;
    }
    return 0;
}
