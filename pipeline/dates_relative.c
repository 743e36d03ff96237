/* Days from today and distances: "yesterday", "two weeks ago", "three days before Christmas". */
#include "pipeline/dates_scan.h"

enum { NOTE_MAX = 10 }; /* lexemes of a note without a verb: "thanksgiving in 3 years" */

static uint32_t read_named_day(const struct scan *s, uint32_t at, struct found *out)
{
    if (!lex_has(s, at, LEX_DAY))
        return 0;
    struct day day = s->reference;
    if (day_known(day))
        day = day_add_days(day, lex_at(s, at)->value);
    /* "overnight" is last night, unless it is to come. */
    if (lex_is(s, at, "overnight") && day_known(day) && tense_at(s, at) != TENSE_FUTURE)
        day = day_add_days(day, -1);
    struct when w = when_around(day, GRAIN_DAY);
    w.part = lex_at(s, at)->part;
    *out = found_when(w, true);
    return 1;
}

/* "the year-ago quarter" */
static uint32_t read_unit_ago(const struct scan *s, uint32_t at, struct found *out)
{
    if (!lex_has(s, at, LEX_UNIT) || lex_has(s, at, LEX_PLURAL) || !lex_mark(s, at + 1, '-') ||
        !lex_is(s, at + 2, "ago"))
        return 0;
    *out = found_when(when_shift(when_around(s->reference, lex_at(s, at)->unit), -1), true);
    return 3;
}

/* "the day before yesterday", "the day after tomorrow" */
static uint32_t read_day_beyond(const struct scan *s, uint32_t at, struct found *out)
{
    uint32_t i = skip_word(s, at, "the");
    bool before = lex_is(s, i + 1, "before") && lex_is(s, i + 2, "yesterday");
    bool after = lex_is(s, i + 1, "after") && lex_is(s, i + 2, "tomorrow");
    if (!lex_is(s, i, "day") || !(before || after))
        return 0;
    struct day day = s->reference;
    if (day_known(day))
        day = day_add_days(day, before ? -2 : 2);
    *out = found_when(when_around(day, GRAIN_DAY), true);
    return i + 3 - at;
}

/* Whether a word behind an amount points back or forward, and from where. */
struct direction {
    int side;
    bool from_mention; /* from the date mentioned before, not from the reference */
    bool takes_base;   /* "before Christmas" */
};

static uint32_t read_direction(const struct scan *s, uint32_t at, struct direction *d)
{
    static const struct {
        const char *word, *second;
        struct direction direction;
    } words[] = {
        {"ago", NULL, {-1, false, false}},       {"earlier", NULL, {-1, true, false}},
        {"previously", NULL, {-1, true, false}}, {"later", NULL, {1, true, false}},
        {"afterward", NULL, {1, true, false}},   {"afterwards", NULL, {1, true, false}},
        {"hence", NULL, {1, false, false}},      {"from", "now", {1, false, false}},
        {"before", "that", {-1, true, false}},   {"after", "that", {1, true, false}},
        {"before", NULL, {-1, true, true}},      {"after", NULL, {1, true, true}},
        {"from", NULL, {1, true, true}},         {"prior", "to", {-1, true, true}},
        {"back", NULL, {-1, false, false}},      {"following", NULL, {1, true, true}},
    };
    /* "30 minutes later this week" is later this week. */
    if (lex_is(s, at, "later") && (lex_has(s, at + 1, LEX_SHIFT) || lex_is(s, at + 1, "in")))
        return 0;
    for (unsigned i = 0; i < sizeof(words) / sizeof(*words); i++) {
        bool second = !words[i].second || lex_is(s, at + 1, words[i].second);
        if (lex_is(s, at, words[i].word) && second) {
            *d = words[i].direction;
            return words[i].second ? 2 : 1;
        }
    }
    return 0;
}

/* The day that is `f`'s amounts away from `base`. */
static struct day move(struct day base, const struct found *f, int side)
{
    for (unsigned i = 0; i < AMOUNTS_MAX && f->amounts[i].grain; i++) {
        struct amount a = f->amounts[i];
        enum grain grain = a.grain;
        int32_t n = a.hundredths / 100;
        if (a.hundredths % 100 && grain == GRAIN_YEAR) {
            n = a.hundredths * 12 / 100;
            grain = GRAIN_MONTH;
        } else if (grain == GRAIN_HOUR) {
            n = n / 24;
            grain = GRAIN_DAY;
        } else if (a.hundredths == 50 && grain == GRAIN_DECADE) {
            n = 5;
            grain = GRAIN_YEAR;
        }
        base = day_shift(base, grain, side * n);
    }
    return base;
}

/* A distance is as fine as its last unit: years lead to a year, weeks to a week. */
static struct found found_at_distance(struct day base, const struct found *f, int side)
{
    unsigned last = 0;
    while (last + 1 < AMOUNTS_MAX && f->amounts[last + 1].grain)
        last++;
    struct amount a = f->amounts[last];
    enum grain grain = a.grain;
    if (a.hundredths % 100 && grain == GRAIN_YEAR)
        grain = GRAIN_MONTH;
    if (grain > GRAIN_YEAR)
        grain = GRAIN_YEAR;
    if (grain == GRAIN_FORTNIGHT)
        grain = GRAIN_WEEK;
    struct day day = move(base, f, side);
    struct found out = found_when(when_around(day, grain), true);
    if (grain == GRAIN_WEEK) {
        out.pinned = true;
        out.from = out.to = day;
    }
    return out;
}

static struct found found_vague(int side)
{
    return (struct found){.type = DATE_DATE,
                          .form = FOUND_REFER,
                          .relative = true,
                          .refer = side < 0 ? "PAST_REF" : "FUTURE_REF"};
}

/* "24 hours ago" is a day ago; other hours lead to no day. */
static bool is_vague(const struct found *f)
{
    struct amount a = f->amounts[0];
    bool whole_days = a.grain == GRAIN_HOUR && a.hundredths % 2400 == 0;
    return a.vague > VAGUE_COUPLE || (a.grain < GRAIN_NIGHT && !whole_days);
}

/* "yesterday", "May 1", "next Friday" behind "before" or "after" */
static uint32_t read_base(const struct scan *s, uint32_t at, struct day *day)
{
    static family_reader *const families[] = {read_numeric,   read_calendar, read_weekday,
                                              read_named_day, read_shifted,  read_holiday};
    struct found f;
    uint32_t used = read_longest(s, at, families, sizeof(families) / sizeof(*families), &f);
    if (!used || f.form != FOUND_WHEN)
        return 0;
    *day = when_first(f.when);
    return used;
}

/* "two weeks starting Monday": a length with its bounds. */
static uint32_t read_starting(const struct scan *s, uint32_t at, struct found *out)
{
    static const char *const starts[] = {"starting", "beginning", NULL};
    struct found f;
    struct day base;
    uint32_t used = read_duration(s, at, &f), i = at + used;
    if (!used || !lex_is_one_of(s, i, starts) || is_vague(&f))
        return 0;
    i = skip_word(s, skip_word(s, i + 1, "from"), "on");
    uint32_t based = read_base(s, i, &base);
    if (!based)
        return 0;
    *out = f;
    out->from = base;
    out->to = day_known(base) ? day_add_days(move(base, &f, 1), -1) : base;
    return i + based - at;
}

/* "two weeks ago", "three days later", "2 weeks and 2 days from now", "two days before Christmas"
 */
static uint32_t read_distance(const struct scan *s, uint32_t at, struct found *out)
{
    struct found f;
    struct direction d;
    uint32_t amount = read_duration(s, at, &f);
    uint32_t word = amount ? read_direction(s, at + amount, &d) : 0;
    if (!word)
        return 0;
    uint32_t i = at + amount + word;
    struct day base = d.from_mention ? resolve_base(s, f.amounts[0].grain) : s->reference;
    uint32_t with_base = d.takes_base ? read_base(s, i, &base) : 0;
    /* "two days before" something without a date of its own is only a length. */
    bool bare = lex_is(s, i - 1, "before") && (lex_at(s, i)->mark || i >= s->lexemes.count);
    if (d.takes_base && !with_base && !bare)
        return 0;
    bool clocked = f.amounts[0].grain < GRAIN_NIGHT && is_vague(&f);
    if (clocked && (with_base || lex_is(s, i - 1, "before")))
        return 0;
    *out = is_vague(&f) ? found_vague(d.side) : found_at_distance(base, &f, d.side);
    return i + with_base - at;
}

/* "the day after falling 250 points", "the year before independence": counted from an event. */
static bool is_followed_by_event(const struct scan *s, uint32_t at)
{
    if (at >= s->lexemes.count || lex_at(s, at)->mark)
        return false;
    uint8_t xpos = s->doc->tokens.at[lex_at(s, at)->token].xpos;
    return xpos == XPOS_VBG || xpos == XPOS_DT || xpos == XPOS_NN || xpos == XPOS_NNS ||
           xpos == XPOS_NNP || xpos == XPOS_PRP || xpos == XPOS_PRPS || xpos == XPOS_JJ;
}

/* "the day before", "the year after", "a day later" is above */
static uint32_t read_unit_beside(const struct scan *s, uint32_t at, struct found *out)
{
    if (!lex_is(s, at, "the") || !lex_has(s, at + 1, LEX_UNIT) || lex_has(s, at + 1, LEX_PLURAL))
        return 0;
    bool before = lex_is(s, at + 2, "before") || lex_is(s, at + 2, "prior");
    bool after = lex_is(s, at + 2, "after") || lex_is(s, at + 2, "following");
    enum grain grain = lex_at(s, at + 1)->unit;
    if (!(before || after) || grain < GRAIN_NIGHT)
        return 0;
    struct day base = resolve_base(s, grain);
    uint32_t named = read_base(s, at + 3, &base);
    if (!named && is_followed_by_event(s, at + 3))
        return 0;
    struct when w = when_shift(when_around(base, grain), before ? -1 : 1);
    *out = found_when(w, true);
    return 3 + named;
}

/* "within 30 days": a length, whose bounds are the day on which it runs out. */
static uint32_t read_within(const struct scan *s, uint32_t at, struct found *out)
{
    struct found f;
    if (at == 0 || !lex_is(s, at - 1, "within"))
        return 0;
    uint32_t used = read_duration(s, at, &f);
    if (!used || is_vague(&f) || tense_at(s, at) == TENSE_PAST)
        return 0;
    struct found end = found_at_distance(s->reference, &f, 1);
    f.relative = true;
    f.from = end.pinned ? end.from : when_first(end.when);
    f.to = end.pinned ? end.to : when_last(end.when);
    *out = f;
    return used;
}

/* "in two weeks" of something to come; of the past it is how long it took. */
static uint32_t read_in_distance(const struct scan *s, uint32_t at, struct found *out)
{
    struct found f;
    if (at == 0 || !lex_is(s, at - 1, "in"))
        return 0;
    uint32_t used = read_duration(s, at, &f);
    enum tense tense = tense_at(s, at);
    bool note = tense == TENSE_NONE && s->lexemes.count < NOTE_MAX;
    if (!used || is_vague(&f) || !(tense == TENSE_FUTURE || note))
        return 0;
    uint32_t end = skip_word(s, at + used, "'s");
    if (lex_mark(s, end, '\'') && lex_is(s, end + 1, "time"))
        end++;
    *out = found_at_distance(s->reference, &f, 1);
    return (lex_is(s, end, "time") ? end + 1 : at + used) - at;
}

uint32_t read_relative(const struct scan *s, uint32_t at, struct found *out)
{
    static family_reader *const forms[] = {read_day_beyond,  read_unit_ago,    read_distance,
                                           read_starting,    read_unit_beside, read_within,
                                           read_in_distance, read_named_day};
    for (unsigned i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
        uint32_t used = forms[i](s, at, out);
        if (used)
            return used;
    }
    return 0;
}
