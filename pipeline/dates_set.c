/* What comes again and again: "every Tuesday", "twice a year", "daily", "Mondays". */
#include "pipeline/dates_scan.h"

static struct found found_set(int32_t n, enum grain grain)
{
    /* Half a year is told in years: P0.5Y. */
    if (grain == GRAIN_HALF)
        return (struct found){
            .type = DATE_SET, .form = FOUND_AMOUNT, .amounts = {{n * 50, GRAIN_YEAR, VAGUE_NO}}};
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
    bool part = lex_has(s, i, LEX_PART) && a.hundredths == 100;
    if (lex_has(s, i, LEX_WEEKDAY))
        *out = found_weekday_set(lex_at(s, i)->value);
    else if (!part && lex_has(s, i, LEX_UNIT) &&
             !(lex_has(s, i, LEX_ORDINAL) && lex_is(s, at, "every")))
        *out = found_set(a.hundredths / 100, lex_at(s, i)->unit);
    else if (lex_has(s, i, LEX_MONTH) && lex_at(s, i)->upper) {
        *out = found_when(when_month(0, lex_at(s, i)->value), false);
        out->type = DATE_SET;
    } else if (lex_has(s, i, LEX_PART) || lex_has(s, i, LEX_SEASON)) {
        struct when w = lex_has(s, i, LEX_PART) ? (struct when){.grain = GRAIN_DAY,
                                                                .daily = true,
                                                                .part = lex_at(s, i)->part,
                                                                .clock = NO_CLOCK}
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
    uint8_t xpos = s->doc->tokens.at[lex_at(s, i)->token].xpos;
    bool paper = xpos == XPOS_NN || xpos == XPOS_NNP || xpos == XPOS_NNS;
    if (paper || (lex_at(s, i)->upper && i > 0 && !s->plain_case))
        return 0;
    return i + 1 - at;
}

/* "weekends", "weekdays" */
static uint32_t read_plural_unit(const struct scan *s, uint32_t at, struct found *out)
{
    enum grain grain = lex_at(s, at)->unit;
    if (!lex_has(s, at, LEX_UNIT) || !lex_has(s, at, LEX_PLURAL) ||
        (grain != GRAIN_WEEKEND && grain != GRAIN_WEEKDAY))
        return 0;
    *out = found_set(1, grain);
    return 1;
}

/* "the 19th of every month" */
static uint32_t read_day_of_every(const struct scan *s, uint32_t at, struct found *out)
{
    int day;
    uint32_t i = skip_word(s, at, "the");
    uint32_t used = read_day_number(s, i, &day);
    i += used;
    if (!used || !lex_is(s, i, "of") || !(lex_is(s, i + 1, "every") || lex_is(s, i + 1, "each")) ||
        !lex_is(s, i + 2, "month"))
        return 0;
    *out = found_when(when_date(0, 0, day), false);
    out->type = DATE_SET;
    return i + 3 - at;
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

/* "every day at 7 p.m.", "Mondays at 9": the hour takes the place of the day. */
static uint32_t read_hour_behind(const struct scan *s, uint32_t at, struct found *f)
{
    struct found clock;
    uint32_t i = skip_word(s, at, "at");
    bool daily = f->form == FOUND_AMOUNT && f->amounts[0].grain == GRAIN_DAY &&
                 f->amounts[0].hundredths == 100;
    bool day = f->form == FOUND_WHEN && f->when.grain == GRAIN_DAY;
    uint32_t used = daily || day ? read_clock(s, i, &clock) : 0;
    if (!used)
        return 0;
    if (daily)
        f->when = (struct when){.grain = GRAIN_DAY, .daily = true};
    f->form = FOUND_WHEN;
    f->when.clock = clock.when.clock;
    f->when.part = PART_NONE;
    return i + used - at;
}

/* "3 p.m. each day" */
static uint32_t read_hour_before(const struct scan *s, uint32_t at, struct found *out)
{
    struct found clock;
    uint32_t used = read_clock(s, at, &clock);
    uint32_t set = used ? read_every(s, at + used, out) : 0;
    if (used && !set)
        set = read_often(s, at + used, out);
    if (!set || out->form != FOUND_AMOUNT || out->amounts[0].grain != GRAIN_DAY)
        return 0;
    out->form = FOUND_WHEN;
    out->when = (struct when){.grain = GRAIN_DAY, .daily = true, .clock = clock.when.clock};
    return used + set;
}

uint32_t read_set(const struct scan *s, uint32_t at, struct found *out)
{
    static family_reader *const forms[] = {read_times,      read_every,       read_often,
                                           read_plural,     read_plural_unit, read_day_of_every,
                                           read_hour_before};
    for (unsigned i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
        uint32_t used = forms[i](s, at, out);
        if (used)
            return used + read_hour_behind(s, at + used, out);
    }
    return 0;
}
