/* A whole expression: one family's reading with a time of day behind it and modifiers before it. */
#include "pipeline/dates_scan.h"

static bool is_day(const struct found *f)
{
    return f->form == FOUND_WHEN && f->when.grain == GRAIN_DAY && f->type != DATE_SET &&
           f->until.grain == GRAIN_NONE;
}

/* "Monday morning", "April 7 in the evening", "Tuesday at 5 p.m." */
static uint32_t read_time_behind(const struct scan *s, uint32_t at, struct found *f)
{
    struct found clock;
    uint32_t i = skip_word(s, skip_mark(s, at, ','), "at");
    uint32_t used = read_clock(s, i, &clock);
    if (used && f->when.part == PART_NONE) {
        f->when.clock = clock.when.clock;
        f->type = DATE_TIME;
        return i + used - at;
    }
    bool in_the = lex_is(s, at, "in") && lex_is(s, at + 1, "the");
    i = in_the ? at + 2 : at;
    if (lex_has(s, i, LEX_PART) && !lex_has(s, i, LEX_PLURAL) && f->when.part == PART_NONE) {
        f->when.part = lex_at(s, i)->part;
        f->type = DATE_TIME;
        return i + 1 - at;
    }
    return 0;
}

/* "on Monday" behind "3 p.m." */
static uint32_t read_day_behind(const struct scan *s, uint32_t at, struct found *f)
{
    static family_reader *const days[] = {read_calendar, read_weekday, read_relative, read_numeric,
                                          read_shifted};
    struct found day;
    uint32_t local = lex_is(s, at, "local") && lex_is(s, at + 1, "time") ? at + 2 : at;
    uint32_t i = skip_word(s, skip_mark(s, local, ','), "on");
    uint32_t used = read_longest(s, i, days, sizeof(days) / sizeof(*days), &day);
    if (!used || !is_day(&day) || day.when.part)
        return 0;
    day.when.clock = f->when.clock;
    day.type = DATE_TIME;
    *f = day;
    return i + used - at;
}

/* "the morning of April 7", "the night of June 20, 1941" */
static uint32_t read_part_of_day(const struct scan *s, uint32_t at, struct found *out)
{
    static family_reader *const days[] = {read_calendar, read_weekday, read_relative};
    uint32_t i = skip_word(s, at, "the");
    if (!lex_has(s, i, LEX_PART) || lex_has(s, i, LEX_PLURAL))
        return 0;
    uint32_t joint = lex_is(s, i + 1, "of") || lex_is(s, i + 1, "on") ? i + 2 : i + 1;
    uint32_t used = read_longest(s, joint, days, sizeof(days) / sizeof(*days), out);
    if (!used || !is_day(out) || out->type == DATE_TIME || joint == i + 1)
        return 0;
    out->when.part = lex_at(s, i)->part;
    out->type = DATE_TIME;
    return joint + used - at;
}

#define CLASS(name) (1U << LEX_##name)

/* What an expression of each family can begin with; 0: also with a word of no class. */
static const struct {
    family_reader *read;
    uint32_t begins;
} families[] = {
    {read_numeric, CLASS(NUMBER) | CLASS(MONTH) | CLASS(WEEKDAY)},
    {read_calendar, CLASS(NUMBER) | CLASS(MONTH) | CLASS(WEEKDAY) | CLASS(ORDINAL) | CLASS(START)},
    {read_weekday, CLASS(WEEKDAY) | CLASS(SHIFT) | CLASS(NUMBER) | CLASS(START)},
    {read_relative,
     CLASS(DAY) | CLASS(NUMBER) | CLASS(SCALE) | CLASS(VAGUE) | CLASS(UNIT) | CLASS(START)},
    {read_shifted, CLASS(SHIFT) | CLASS(NUMBER) | CLASS(VAGUE) | CLASS(START)},
    {read_period, 0},
    {read_nth,
     CLASS(ORDINAL) | CLASS(NUMBER) | CLASS(SHIFT) | CLASS(UNIT) | CLASS(MONTH) | CLASS(START)},
    {read_duration, CLASS(NUMBER) | CLASS(SCALE) | CLASS(VAGUE) | CLASS(UNIT) | CLASS(START)},
    {read_set, CLASS(OFTEN) | CLASS(ORDINAL) | CLASS(UNIT) | CLASS(NUMBER) | CLASS(VAGUE) |
                   CLASS(WEEKDAY) | CLASS(START)},
    {read_clock, CLASS(NUMBER) | CLASS(CLOCK)},
    {read_holiday, CLASS(FEAST) | CLASS(SHIFT) | CLASS(START)},
    {read_vague, CLASS(REFER) | CLASS(SHIFT) | CLASS(START)},
    {read_part_of_day, CLASS(PART) | CLASS(START)},
};

uint32_t read_core(const struct scan *s, uint32_t at, struct found *out)
{
    uint32_t longest = 0, classes = lex_at(s, at)->classes;
    for (unsigned i = 0; i < sizeof(families) / sizeof(*families); i++) {
        struct found f;
        bool can = !families[i].begins || families[i].begins & classes;
        uint32_t used = can ? families[i].read(s, at, &f) : 0;
        if (used > longest) {
            longest = used;
            *out = f;
        }
    }
    if (!longest || !is_day(out))
        return longest;
    if (out->when.clock.hour == HOUR_NONE)
        return longest + read_time_behind(s, at + longest, out);
    return longest + read_day_behind(s, at + longest, out);
}

/* "at least", "no more than", "up to": what stands before a quantity, longest first. */
static const struct {
    const char *words[3];
    enum date_mod mod;
} bounds[] = {
    {{"no", "more", "than"}, MOD_EQUAL_OR_LESS}, {{"no", "less", "than"}, MOD_EQUAL_OR_MORE},
    {{"more", "than"}, MOD_MORE_THAN},           {{"less", "than"}, MOD_LESS_THAN},
    {{"fewer", "than"}, MOD_LESS_THAN},          {{"longer", "than"}, MOD_MORE_THAN},
    {{"at", "least"}, MOD_EQUAL_OR_MORE},        {{"at", "most"}, MOD_EQUAL_OR_LESS},
    {{"up", "to"}, MOD_EQUAL_OR_LESS},           {{"as", "long", "as"}, MOD_EQUAL_OR_LESS},
};

static uint32_t read_bound(const struct scan *s, uint32_t at, enum date_mod *mod)
{
    for (unsigned i = 0; i < sizeof(bounds) / sizeof(*bounds); i++) {
        uint32_t n = 0;
        while (n < 3 && bounds[i].words[n] && lex_is(s, at + n, bounds[i].words[n]))
            n++;
        if (n == 3 || (n > 0 && !bounds[i].words[n])) {
            *mod = bounds[i].mod;
            return n;
        }
    }
    enum date_mod one = lex_has(s, at, LEX_MOD) ? lex_at(s, at)->mod : MOD_NONE;
    if (one < MOD_LESS_THAN && one != MOD_APPROX)
        return 0;
    *mod = one;
    return 1;
}

/* "around March 2003", "about 3 p.m."; "about" a day is "on the subject of". */
static bool takes_bound(const struct scan *s, uint32_t at, const struct found *f, enum date_mod mod)
{
    /* "over the past month" is within it. */
    if (f->type == DATE_DURATION)
        return !f->relative || mod == MOD_APPROX;
    if (f->form != FOUND_WHEN || mod != MOD_APPROX || f->type == DATE_SET || lex_is(s, at, "some"))
        return false;
    return !lex_is(s, at, "about") || f->when.clock.hour != HOUR_NONE ||
           (!f->relative && f->when.grain >= GRAIN_MONTH);
}

static uint32_t read_bounded(const struct scan *s, uint32_t at, struct found *out)
{
    enum date_mod mod;
    uint32_t i = skip_word(s, at, "just");
    uint32_t used = read_bound(s, i, &mod);
    uint32_t core = used ? read_core(s, i + used, out) : 0;
    if (!core || !takes_bound(s, i, out, mod))
        return 0;
    out->mod = mod;
    return i + used + core - at;
}

/* The third of a year, month or longer stretch that "early", "mid" and "late" mean. */
static void narrow_to_third(struct found *f)
{
    struct day first = when_first(f->when), last = when_last(f->when);
    if (f->pinned || !day_known(first) || f->when.grain < GRAIN_MONTH)
        return;
    bool year = f->when.grain == GRAIN_YEAR;
    int32_t third = (day_serial(last) - day_serial(first) + 1) / 3;
    struct day second = year ? day_add_months(first, 4) : day_add_days(first, third);
    struct day end = year ? day_add_months(first, 8) : day_add_days(first, 2 * third);
    f->from = f->mod == MOD_START ? first : f->mod == MOD_MID ? second : end;
    f->to = f->mod == MOD_END ? last : day_add_days(f->mod == MOD_START ? second : end, -1);
}

/* "later this month" is what is left of it, "earlier" what is gone. */
static void narrow_to_side(const struct scan *s, struct found *f, bool later)
{
    struct day first = when_first(f->when), last = when_last(f->when);
    if (f->pinned || !day_known(first) || !day_known(s->reference))
        return;
    int32_t ref = day_serial(s->reference), from = day_serial(first), to = day_serial(last);
    if (ref <= from || ref > to)
        return;
    f->from = later ? s->reference : first;
    f->to = later ? last : day_add_days(s->reference, -1);
}

static bool takes_position(const struct found *f)
{
    return f->form == FOUND_WHEN && f->type != DATE_SET && f->mod == MOD_NONE;
}

/* "end of year", "year-end", "the month's end" */
static uint32_t read_unit_end(const struct scan *s, uint32_t at, struct found *out)
{
    uint32_t i = skip_word(s, at, "the");
    bool of = lex_is(s, i, "end") && lex_is(s, i + 1, "of");
    uint32_t unit = of ? i + 2 : i;
    uint32_t end = skip_mark(s, skip_word(s, i + 1, "'s"), '-');
    if (!lex_has(s, unit, LEX_UNIT) || lex_has(s, unit, LEX_PLURAL) ||
        lex_at(s, unit)->unit < GRAIN_WEEK || !(of || lex_is(s, end, "end")))
        return 0;
    *out = found_when(resolve_around(s, lex_at(s, unit)->unit), true);
    out->mod = MOD_END;
    narrow_to_third(out);
    return (of ? unit : end) + 1 - at;
}

/* "the end of 1942", "the beginning of next month", "end of the year" */
static uint32_t read_end_of(const struct scan *s, uint32_t at, struct found *out)
{
    uint32_t i = skip_word(s, skip_word(s, at, "the"), "very");
    enum date_mod mod = lex_has(s, i, LEX_MOD) ? lex_at(s, i)->mod : MOD_NONE;
    if (mod < MOD_START || mod > MOD_END || !lex_is(s, i + 1, "of"))
        return read_unit_end(s, at, out);
    struct found core;
    uint32_t used = read_core(s, i + 2, out);
    uint32_t container = read_container(s, i + 2, &core);
    if (container > used) {
        used = container;
        *out = core;
    }
    if (!used)
        return read_unit_end(s, at, out);
    if (!takes_position(out) || (out->when.grain <= GRAIN_WEEKDAY && mod == MOD_MID))
        return 0;
    out->mod = mod;
    narrow_to_third(out);
    return i + 2 + used - at;
}

/* "early May", "late in 1942", "mid-2011", "the late 1930s", "early next week" */
static uint32_t read_early(const struct scan *s, uint32_t at, struct found *out)
{
    uint32_t i = skip_word(s, at, "the");
    static const char *const adjectives[] = {"early", "late", "mid", NULL};
    if (!lex_is_one_of(s, i, adjectives))
        return 0;
    uint32_t from = skip_mark(s, i + 1, '-');
    /* "the mid-to-late 1990s" counts as mid. */
    if (lex_is(s, from, "to") && lex_has(s, skip_mark(s, from + 1, '-'), LEX_MOD))
        from = skip_mark(s, skip_mark(s, from + 1, '-') + 1, '-');
    bool in = lex_is(s, from, "in") || lex_is(s, from, "on");
    struct found container;
    from += in;
    uint32_t used = read_core(s, from, out);
    uint32_t within = in ? read_container(s, from, &container) : 0;
    if (within > used) {
        used = within;
        *out = container;
    }
    if (!used || !takes_position(out))
        return 0;
    out->mod = lex_at(s, i)->mod;
    narrow_to_third(out);
    return from + used - at;
}

/* "later this month", "earlier that day", "later in the year" */
static uint32_t read_later(const struct scan *s, uint32_t at, struct found *out)
{
    if (!lex_is(s, at, "later") && !lex_is(s, at, "earlier"))
        return 0;
    bool in = lex_is(s, at + 1, "in") || lex_is(s, at + 1, "on");
    uint32_t from = at + 1 + in;
    uint32_t used = read_core(s, from, out);
    if (!used && in)
        used = read_container(s, from, out);
    if (!used || !takes_position(out) || (!out->relative && !in))
        return 0;
    narrow_to_side(s, out, lex_is(s, at, "later"));
    return from + used - at;
}

uint32_t read_expression(const struct scan *s, uint32_t at, struct found *out)
{
    static family_reader *const forms[] = {read_core, read_bounded, read_end_of, read_early,
                                           read_later};
    return read_longest(s, at, forms, sizeof(forms) / sizeof(*forms), out);
}
