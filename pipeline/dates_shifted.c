/* Stretches counted from here or from the date before: "last month", "the next day", "that year".
 */
#include "pipeline/dates_scan.h"

enum { WORKING_DAYS_MAX = 366 };

/* What the expression counts from. */
enum from { FROM_REFERENCE, FROM_MENTION, FROM_EITHER };

struct shift {
    int by;
    enum from from;
};

/* "expected to last 45 minutes", which taggers take for "compared to last year" at times */
static bool is_verb(const struct scan *s, uint32_t i)
{
    uint8_t xpos = s->doc->tokens.at[lex_at(s, i)->token].xpos;
    bool counted_to = i > 0 && lex_is(s, i - 1, "to") && lex_has(s, i + 1, LEX_NUMBER);
    return lex_is(s, i, "last") && (xpos == XPOS_VB || xpos == XPOS_VBP || counted_to);
}

/* "the following year" counts from the date before it, "next year" from the article's day. */
static uint32_t read_shift(const struct scan *s, uint32_t at, struct shift *out)
{
    static const char *const anaphoric[] = {"following",  "previous",   "preceding",
                                            "subsequent", "succeeding", "same",
                                            "ensuing",    "prior",      NULL};
    uint32_t i = skip_word(s, at, "the");
    bool the = i > at;
    if (lex_is(s, at, "that") || lex_is(s, i, "that")) {
        *out = (struct shift){0, FROM_MENTION};
        i = skip_word(s, at, "that");
        return skip_word(s, i, "same") - at;
    }
    if (!lex_has(s, i, LEX_SHIFT) || is_verb(s, i))
        return 0;
    if (lex_is(s, i, "this") && (lex_has(s, i + 1, LEX_SHIFT)))
        i++;
    out->by = lex_at(s, i)->value;
    out->from = FROM_REFERENCE;
    if (lex_is_one_of(s, i, anaphoric))
        out->from = FROM_MENTION;
    else if (the && lex_is(s, i, "next"))
        out->from = FROM_EITHER;
    return i + 1 - at;
}

static struct day base_day(const struct scan *s, struct shift shift, enum grain grain)
{
    struct day mentioned = when_first(s->mentioned);
    bool fine = grain <= GRAIN_WEEKDAY;
    bool mention =
        shift.from == FROM_MENTION || (shift.from == FROM_EITHER && (fine || s->narrative));
    if (!mention || !day_known(mentioned) || (fine && s->mentioned.grain > GRAIN_WEEKDAY))
        return s->reference;
    return mentioned;
}

/* A weekend in a report is the last one; the week of the reference decides otherwise. */
static struct when this_weekend(const struct scan *s, uint32_t at)
{
    struct when w = when_around(s->reference, GRAIN_WEEKEND);
    bool over =
        day_known(s->reference) && day_weekday(s->reference) < 5 && tense_at(s, at) == TENSE_PAST;
    return over ? when_shift(w, -1) : w;
}

/* The days from Monday to Friday that follow or go before. */
static struct when next_working_day(struct day d, int by)
{
    do
        d = day_add_days(d, by);
    while (day_known(d) && day_weekday(d) > 5);
    return when_around(d, GRAIN_DAY);
}

/* "last month", "this year", "the previous day", "that week" */
static uint32_t read_unit(const struct scan *s, uint32_t at, struct found *out)
{
    struct shift shift;
    uint32_t used = read_shift(s, at, &shift);
    uint32_t i = at + used;
    if (!used)
        return 0;
    i = skip_word(s, i, "calendar");
    bool working = lex_is(s, i, "working") || lex_is(s, i, "workweek");
    i = skip_word(s, skip_word(s, i, "working"), "fiscal");
    i = skip_word(s, i, "financial");
    bool plural = lex_has(s, i, LEX_PLURAL) && !lex_is(s, at, "this"); /* "this years theme" */
    if (!lex_has(s, i, LEX_UNIT) || plural || lex_has(s, i, LEX_PART))
        return 0;
    enum grain grain = lex_at(s, i)->unit;
    if (grain < GRAIN_DAY)
        return 0;
    struct day base = base_day(s, shift, grain);
    struct when w = when_shift(when_around(base, grain), shift.by);
    if (shift.by == 0 && grain == GRAIN_WEEKEND && shift.from == FROM_REFERENCE)
        w = this_weekend(s, at);
    if (grain == GRAIN_WEEKDAY && shift.by && day_known(base))
        w = next_working_day(base, shift.by);
    *out = found_when(w, true);
    if (working && grain == GRAIN_WEEK && day_known(when_first(w))) {
        out->from = when_first(w);
        out->to = day_add_days(out->from, 4);
    }
    return i + 1 - at;
}

/* "the past decade" is a length that ends now; "the past week" and "the past month" are weeks. */
static uint32_t read_past_years(const struct scan *s, uint32_t at, struct found *out)
{
    if (!lex_is(s, at, "the") || !lex_is(s, at + 1, "past") || !lex_has(s, at + 2, LEX_UNIT) ||
        lex_has(s, at + 2, LEX_PLURAL) || lex_at(s, at + 2)->unit < GRAIN_YEAR)
        return 0;
    struct found f = {.type = DATE_DURATION,
                      .form = FOUND_AMOUNT,
                      .relative = true,
                      .amounts = {{100, lex_at(s, at + 2)->unit, VAGUE_NO}}};
    if (day_known(s->reference)) {
        f.from = day_shift(s->reference, f.amounts[0].grain, -1);
        f.to = day_add_days(s->reference, -1);
    }
    *out = f;
    return 3;
}

/* "the week after next" */
static uint32_t read_after_next(const struct scan *s, uint32_t at, struct found *out)
{
    if (!lex_is(s, at, "the") || !lex_has(s, at + 1, LEX_UNIT) || !lex_is(s, at + 2, "after") ||
        !lex_is(s, at + 3, "next") || lex_has(s, at + 1, LEX_PLURAL))
        return 0;
    *out = found_when(when_shift(when_around(s->reference, lex_at(s, at + 1)->unit), 2), true);
    return 4;
}

/* "this morning", "last night", "that evening" */
static uint32_t read_part_of_day(const struct scan *s, uint32_t at, struct found *out)
{
    struct shift shift;
    uint32_t used = read_shift(s, at, &shift);
    if (!used || !lex_has(s, at + used, LEX_PART) || lex_has(s, at + used, LEX_PLURAL))
        return 0;
    struct when w = when_around(base_day(s, shift, GRAIN_DAY), GRAIN_DAY);
    w = when_shift(w, shift.by);
    w.part = lex_at(s, at + used)->part;
    *out = found_when(w, true);
    return used + 1;
}

/* The year of a season or month that is over ("last"), to come ("next") or of this year. */
static struct when nearest_of_year(const struct scan *s, struct when w, struct shift shift)
{
    if (shift.from == FROM_MENTION && s->mentioned.year) {
        w.year = (int16_t)(s->mentioned.year + shift.by);
        return w;
    }
    if (!day_known(s->reference))
        return w;
    w.year = s->reference.year;
    int32_t ref = day_serial(s->reference);
    if (shift.by < 0 && day_serial(when_last(w)) >= ref)
        w.year--;
    if (shift.by < 0 && day_serial(when_last(w)) >= ref)
        w.year--;
    if (shift.by > 0 && day_serial(when_first(w)) <= ref)
        w.year++;
    return w;
}

/* "last summer", "this March", "next May 5", "that spring" */
static uint32_t read_named(const struct scan *s, uint32_t at, struct found *out)
{
    struct shift shift;
    uint32_t used = read_shift(s, at, &shift);
    uint32_t i = at + used;
    int day;
    if (!used)
        return 0;
    struct when w;
    bool verb = lex_has(s, i, LEX_CASED) && !lex_at(s, i)->upper && lex_is(s, at, "that");
    if (lex_has(s, i, LEX_MONTH) && !verb && (lex_at(s, i)->upper || s->plain_case))
        w = when_month(0, lex_at(s, i)->value);
    else if (lex_has(s, i, LEX_SEASON))
        w = when_nth(GRAIN_SEASON, 0, lex_at(s, i)->value);
    else
        return 0;
    uint32_t number = lex_has(s, i, LEX_MONTH) ? read_day_number(s, i + 1, &day) : 0;
    if (number && day_exists(2000, w.month, day)) {
        w = when_date(0, w.month, day);
        i += number;
    }
    *out = found_when(nearest_of_year(s, w, shift), true);
    return i + 1 - at;
}

/* "the next four business days" */
static void set_working_bounds(struct day ref, struct found *f, int by, int32_t n)
{
    struct day near = when_first(next_working_day(ref, by)), far = near;
    for (int32_t i = 1; i < n && i < WORKING_DAYS_MAX && day_known(far); i++)
        far = when_first(next_working_day(far, by));
    f->from = by < 0 ? far : near;
    f->to = by < 0 ? near : far;
}

static void set_bounds(const struct scan *s, struct found *f, int by)
{
    struct day ref = s->reference;
    struct amount a = f->amounts[0];
    if (!day_known(ref) || a.vague > VAGUE_COUPLE || a.hundredths < 100 || a.hundredths % 100 ||
        by == 0 || a.grain < GRAIN_NIGHT)
        return;
    int32_t n = a.hundredths / 100;
    if (a.grain == GRAIN_QUARTER || a.grain == GRAIN_DECADE || a.grain == GRAIN_CENTURY) {
        struct when here = when_around(ref, a.grain);
        f->from = when_first(when_shift(here, by < 0 ? -n : 1));
        f->to = when_last(when_shift(here, by < 0 ? -1 : n));
        return;
    }
    if (a.grain == GRAIN_WEEKDAY) {
        set_working_bounds(ref, f, by < 0 ? -1 : 1, n);
        return;
    }
    struct day far = day_shift(ref, a.grain, by < 0 ? -n : n);
    f->from = by < 0 ? far : day_add_days(ref, 1);
    f->to = by < 0 ? day_add_days(ref, -1) : far;
}

/* "the past three months", "the next 10 days", "5 past years", "the coming weeks" */
static uint32_t read_counted(const struct scan *s, uint32_t at, struct found *out)
{
    struct shift shift;
    struct found f = {.type = DATE_DURATION, .form = FOUND_AMOUNT, .relative = true};
    uint32_t i = skip_word(s, at, "the");
    uint32_t number = read_quantity(s, i, &f.amounts[0]);
    uint32_t used = number ? read_shift(s, i + number, &shift) : read_shift(s, at, &shift);
    if (!used)
        return 0;
    i = number ? i + number + used : at + used;
    if (!number)
        number = read_quantity(s, i, &f.amounts[0]), i += number;
    if (!number)
        f.amounts[0] = (struct amount){300, 0, VAGUE_SOME};
    bool working = lex_is(s, i, "business") || lex_is(s, i, "working");
    i += working;
    bool plural = lex_has(s, i, LEX_PLURAL) || (number && f.amounts[0].hundredths == 100);
    if (!lex_has(s, i, LEX_UNIT) || lex_is(s, at, "that") || !plural ||
        (lex_is(s, at, "this") && !number))
        return 0;
    f.amounts[0].grain = working ? GRAIN_WEEKDAY : lex_at(s, i)->unit;
    set_bounds(s, &f, shift.by);
    *out = f;
    return i + 1 - at;
}

/* "the weekend", "for the year", "in the quarter": this one, where no other was named. */
static uint32_t read_the_unit(const struct scan *s, uint32_t at, struct found *out)
{
    static const char *const within[] = {"for", "in", "during", "throughout", "over", NULL};
    if (!lex_is(s, at, "the") || !lex_has(s, at + 1, LEX_UNIT) || lex_has(s, at + 1, LEX_PLURAL))
        return 0;
    enum grain grain = lex_at(s, at + 1)->unit;
    bool weekend = grain == GRAIN_WEEKEND;
    bool today = grain == GRAIN_DAY && lex_is(s, at - 1, "for");
    bool year = grain >= GRAIN_WEEK && grain <= GRAIN_YEAR && lex_is_one_of(s, at - 1, within);
    uint8_t next = at + 2 < s->lexemes.count ? s->doc->tokens.at[lex_at(s, at + 2)->token].xpos : 0;
    if (next == XPOS_DT || next == XPOS_PRP || next == XPOS_WDT)
        return 0;
    if (!(weekend || year || today) || lex_is(s, at + 2, "of") || lex_mark(s, at + 2, '-') ||
        lex_at(s, at + 2)->digits || lex_is(s, at + 2, "that") || lex_is(s, at + 2, "when"))
        return 0;
    *out = found_when(weekend ? this_weekend(s, at) : resolve_around(s, grain), true);
    return 2;
}

uint32_t read_shifted(const struct scan *s, uint32_t at, struct found *out)
{
    static family_reader *const forms[] = {read_past_years, read_after_next,  read_counted,
                                           read_unit,       read_part_of_day, read_named,
                                           read_the_unit};
    for (unsigned i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
        uint32_t used = forms[i](s, at, out);
        if (used)
            return used;
    }
    return 0;
}
