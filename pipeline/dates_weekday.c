/* Days of the week: "Monday", "last Tuesday", "Friday of next week", "Monday the 21st". */
#include "pipeline/dates_scan.h"

/* "sat" and "sun" are days only with a capital, and not "the Sun"; plurals are a set's. */
static bool is_weekday_here(const struct scan *s, uint32_t at)
{
    if (!lex_has(s, at, LEX_WEEKDAY) || lex_has(s, at, LEX_PLURAL))
        return false;
    if (!lex_has(s, at, LEX_CASED))
        return true;
    if (s->plain_case)
        return s->lexemes.count < 4;
    bool stop = lex_mark(s, at + 1, '.') && lex_at(s, at + 1)->glued;
    return lex_at(s, at)->upper && (stop || lex_mark(s, at + 1, ',')) && !lex_is(s, at - 1, "the");
}

static uint32_t weekday_end(const struct scan *s, uint32_t at)
{
    struct span span = lex_at(s, at)->span;
    bool stop = span.end - span.start <= 5 && lex_mark(s, at + 1, '.') && lex_at(s, at + 1)->glued;
    return stop && at + 2 < s->lexemes.count ? at + 2 : at + 1;
}

/* "last Wednesday" on a Thursday is not yesterday; "next" is in the week that begins next. */
static struct when shifted_weekday(const struct scan *s, uint32_t at, int weekday, int shift)
{
    struct day ref = s->reference;
    if (!day_known(ref))
        return resolve_weekday(s, at, weekday);
    struct day monday = day_add_days(ref, 1 - day_weekday(ref));
    int32_t ahead = (weekday - day_weekday(ref) + 7) % 7;

    if (shift > 0)
        return when_around(day_add_days(monday, 7 + weekday - 1), GRAIN_DAY);
    if (shift == 0) {
        if (tense_at(s, at) == TENSE_PAST && ahead > 0)
            ahead -= 7;
        return when_around(day_add_days(ref, ahead), GRAIN_DAY);
    }
    int32_t back = (day_weekday(ref) - weekday + 7) % 7;
    return when_around(day_add_days(ref, back < 2 ? -back - 7 : -back), GRAIN_DAY);
}

/* "coming Thursday", "this past Wednesday": the nearest one on that side. */
static struct when nearest_weekday(const struct scan *s, uint32_t at, int weekday, int side)
{
    struct day ref = s->reference;
    if (!day_known(ref))
        return resolve_weekday(s, at, weekday);
    int32_t ahead = (weekday - day_weekday(ref) + 7) % 7;
    if (side > 0)
        return when_around(day_add_days(ref, ahead ? ahead : 7), GRAIN_DAY);
    return when_around(day_add_days(ref, ahead ? ahead - 7 : -7), GRAIN_DAY);
}

static struct found day_of_week(const struct scan *s, struct day monday, int weekday)
{
    struct when w = when_around(week_day(monday, weekday), GRAIN_DAY);
    if (!day_known(s->reference))
        w.weekday = (uint8_t)weekday;
    return found_when(w, true);
}

static struct day previous_monday(const struct scan *s)
{
    return day_add_days(s->reference, -6 - day_weekday(s->reference));
}

/* "last|next|this|this coming|the following" before a weekday */
static uint32_t read_shift_before(const struct scan *s, uint32_t at, struct found *out)
{
    static const char *const near[] = {"coming", "upcoming", "past", NULL};
    uint32_t i = skip_word(s, at, "the");
    if (!lex_has(s, i, LEX_SHIFT))
        return 0;
    if (lex_has(s, i + 1, LEX_SHIFT) && lex_is(s, i, "this"))
        i++;
    if (!lex_has(s, i + 1, LEX_WEEKDAY) || lex_has(s, i + 1, LEX_PLURAL) || lex_is(s, i, "same"))
        return 0;
    /* "following Wednesday's quake": behind it in time, and no day after it. */
    if (lex_is(s, i, "following") && i == at && !lex_is(s, at - 1, "on"))
        return 0;
    int weekday = lex_at(s, i + 1)->value, shift = lex_at(s, i)->value;
    bool is_near = lex_is_one_of(s, i, near);
    if (lex_is(s, i, "previous") && day_known(s->reference)) {
        *out = day_of_week(s, previous_monday(s), weekday);
        return weekday_end(s, i + 1) - at;
    }
    struct when w =
        is_near ? nearest_weekday(s, at, weekday, shift) : shifted_weekday(s, at, weekday, shift);
    *out = found_when(w, true);
    return weekday_end(s, i + 1) - at;
}

/* "this|last|next week", giving its Monday */
static uint32_t read_week(const struct scan *s, uint32_t at, struct day *monday)
{
    uint32_t i = skip_word(s, at, "the");
    if (!lex_has(s, i, LEX_SHIFT) || !lex_has(s, i + 1, LEX_UNIT) ||
        lex_at(s, i + 1)->unit != GRAIN_WEEK || lex_has(s, i + 1, LEX_PLURAL))
        return 0;
    struct when week = when_around(s->reference, GRAIN_WEEK);
    *monday = when_first(when_shift(week, lex_at(s, i)->value));
    return i + 2 - at;
}

/* "Friday of next week", "Tuesday, next week", "Wednesday this week" */
static uint32_t read_week_behind(const struct scan *s, uint32_t at, struct found *out)
{
    if (!is_weekday_here(s, at))
        return 0;
    struct day monday;
    uint32_t i = skip_mark(s, weekday_end(s, at), ',');
    i = skip_word(s, skip_word(s, i, "of"), "from");
    uint32_t week = read_week(s, i, &monday);
    if (!week)
        return 0;
    *out = day_of_week(s, monday, lex_at(s, at)->value);
    return i + week - at;
}

/* "next week Wednesday", "next week on Tuesday", "last week's Sunday" */
static uint32_t read_week_before(const struct scan *s, uint32_t at, struct found *out)
{
    struct day monday;
    uint32_t week = read_week(s, at, &monday);
    if (!week)
        return 0;
    uint32_t i = skip_word(s, skip_word(s, at + week, "'s"), "on");
    i = skip_mark(s, i, '-');
    if (!lex_has(s, i, LEX_WEEKDAY) || lex_has(s, i, LEX_PLURAL))
        return 0;
    *out = day_of_week(s, monday, lex_at(s, i)->value);
    return i + 1 - at;
}

/* "Monday the 21st", "Thu 15th": the next month in which that day has that number. */
static uint32_t read_numbered(const struct scan *s, uint32_t at, struct found *out)
{
    if (!lex_has(s, at, LEX_WEEKDAY) || !day_known(s->reference))
        return 0;
    int day;
    uint32_t i = skip_word(s, weekday_end(s, at), "the");
    uint32_t used = read_day_number(s, i, &day);
    bool ordinal = used > 1 && lex_at(s, i)->digits;
    bool ends =
        i + used >= s->lexemes.count || (lex_at(s, i + used)->mark && !lex_joined(s, i + used + 1));
    if (!used || !(ordinal || ends) || lex_has(s, i + used, LEX_MONTH) || lex_is(s, i + used, "of"))
        return 0;
    struct day month = {s->reference.year, s->reference.month, 1};
    for (int tries = 0; tries < 48; tries++, month = day_add_months(month, 1)) {
        struct day d = {month.year, month.month, (uint8_t)day};
        bool past = d.year == s->reference.year && d.month == s->reference.month &&
                    d.day < s->reference.day;
        if (!past && day_exists(d.year, d.month, d.day) && day_weekday(d) == lex_at(s, at)->value) {
            *out = found_when(when_around(d, GRAIN_DAY), true);
            return i + used - at;
        }
    }
    return 0;
}

/* "Friday after next": a week behind the coming one. */
static uint32_t read_after_next(const struct scan *s, uint32_t at, struct found *out)
{
    if (!is_weekday_here(s, at) || !lex_is(s, at + 1, "after") || !lex_is(s, at + 2, "next") ||
        lex_at(s, at + 3)->classes)
        return 0;
    struct when w = nearest_weekday(s, at, lex_at(s, at)->value, 1);
    *out = found_when(when_shift(w, 7), true);
    return 3;
}

/* "three Fridays from now", "2 Thursdays ago" */
static uint32_t read_count(const struct scan *s, uint32_t at, struct found *out)
{
    int32_t n;
    uint32_t used = read_cardinal(s, at, &n), i = at + used;
    if (!used || n < 1 || n > 100 || !lex_has(s, i, LEX_WEEKDAY))
        return 0;
    bool ago = lex_is(s, i + 1, "ago") || lex_is(s, i + 1, "back");
    bool ahead = lex_is(s, i + 1, "from") && lex_is(s, i + 2, "now");
    if (!ago && !ahead)
        return 0;
    struct when w = nearest_weekday(s, at, lex_at(s, i)->value, ago ? -1 : 1);
    *out = found_when(when_shift(w, (ago ? -7 : 7) * (n - 1)), true);
    return i + (ago ? 2 : 3) - at;
}

static uint32_t read_alone(const struct scan *s, uint32_t at, struct found *out)
{
    if (!is_weekday_here(s, at))
        return 0;
    *out = found_when(resolve_weekday(s, at, lex_at(s, at)->value), true);
    return weekday_end(s, at) - at;
}

uint32_t read_weekday(const struct scan *s, uint32_t at, struct found *out)
{
    static family_reader *const forms[] = {read_week_behind, read_week_before, read_shift_before,
                                           read_numbered,    read_after_next,  read_count,
                                           read_alone};
    for (unsigned i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
        uint32_t used = forms[i](s, at, out);
        if (used)
            return used;
    }
    return 0;
}
