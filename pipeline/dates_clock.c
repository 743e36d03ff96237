/* Times of day: "3 p.m.", "10:30 GMT", "noon", "five o'clock". */
#include "pipeline/dates_scan.h"

static const char *const openers[] = {"at",      "by",    "until", "till",   "from",
                                      "around",  "about", "since", "before", "after",
                                      "between", "to",    "and",   NULL};

/* "p.m.", "pm", "in the morning" behind an hour of 1 to 12 */
static uint32_t read_meridiem(const struct scan *s, uint32_t at, struct clock *c)
{
    if (!lex_has(s, at, LEX_MERIDIEM) || c->hour > 12 || c->hour < 1)
        return 0;
    /* "7 am I" is a verb where it is not glued and not "a.m." */
    if (lex_is(s, at, "am") && !lex_joined(s, at) && lex_at(s, at - 1)->digits == 0)
        return 0;
    c->hour = (int8_t)(c->hour % 12 + lex_at(s, at)->value);
    return 1;
}

static uint32_t read_zone(const struct scan *s, uint32_t at, struct clock *c)
{
    uint32_t i = skip_mark(s, at, '(');
    if (!lex_has(s, i, LEX_ZONE) || !lex_at(s, i)->upper)
        return 0;
    c->zone = (int16_t)lex_at(s, i)->value;
    return (i > at ? skip_mark(s, i + 1, ')') : i + 1) - at;
}

/* ":30", ":30:15", ".30" of "9.30am" */
static uint32_t read_minutes(const struct scan *s, uint32_t at, struct clock *c)
{
    char mark = lex_at(s, at)->mark;
    bool minutes = (mark == ':' || mark == '.') && lex_joined(s, at) && lex_joined(s, at + 1) &&
                   lex_at(s, at + 1)->digits == 2 && lex_at(s, at + 1)->value < 60;
    if (!minutes)
        return 0;
    c->minute = (int8_t)lex_at(s, at + 1)->value;
    bool seconds = mark == ':' && lex_mark(s, at + 2, ':') && lex_joined(s, at + 3) &&
                   lex_at(s, at + 3)->digits == 2 && lex_at(s, at + 3)->value < 60;
    if (!seconds)
        return 2;
    c->second = (int8_t)lex_at(s, at + 3)->value;
    return 4;
}

/* "noon", "midnight" */
static uint32_t read_named_hour(const struct scan *s, uint32_t at, struct clock *c)
{
    if (!lex_has(s, at, LEX_CLOCK))
        return 0;
    c->hour = (int8_t)lex_at(s, at)->value;
    c->minute = 0;
    return 1;
}

/* "1930 UTC", "0600 hours" */
static uint32_t read_four_digits(const struct scan *s, uint32_t at, struct clock *c)
{
    const struct lexeme *l = lex_at(s, at);
    struct clock zone = NO_CLOCK;
    if (l->digits != 4 || l->value / 100 > 23 || l->value % 100 > 59)
        return 0;
    uint32_t zoned = read_zone(s, at + 1, &zone);
    bool hours = lex_is(s, at + 1, "hours") || lex_is(s, at + 1, "hrs");
    if (!zoned && !(hours && lex_is_one_of(s, at - 1, openers)))
        return 0;
    *c = zone;
    c->hour = (int8_t)(l->value / 100);
    c->minute = (int8_t)(l->value % 100);
    return zoned ? 1 + zoned : 2;
}

static uint32_t read_hour(const struct scan *s, uint32_t at, struct clock *c)
{
    int32_t n;
    uint32_t used = read_cardinal(s, at, &n);
    if (!used || n > 24 || n < 0 || (used > 1 && lex_at(s, at)->digits) ||
        lex_at(s, at)->digits > 2)
        return 0;
    c->hour = (int8_t)(n == 24 ? 0 : n);
    uint32_t i = at + used;
    uint32_t minutes = lex_at(s, at)->digits ? read_minutes(s, i, c) : 0;
    bool colon = minutes && lex_mark(s, i, ':');
    i += minutes;
    if (lex_is(s, i, "o'clock") || lex_is(s, i,
                                          "o\xe2\x80\x99"
                                          "clock"))
        return i + 1 - at;
    uint32_t half = read_meridiem(s, i, c);
    i += half;
    uint32_t hours = lex_is(s, i, "hours") || (lex_is(s, i, "hrs") && colon);
    uint32_t zone = read_zone(s, i, c);
    bool said = half || (colon && (zone || hours || lex_is_one_of(s, at - 1, openers)));
    return said ? i + zone + (colon && hours) - at : 0;
}

uint32_t read_clock(const struct scan *s, uint32_t at, struct found *out)
{
    struct clock c = NO_CLOCK;
    if (at > 0 && lex_joined(s, at) && lex_at(s, at)->digits && lex_at(s, at - 1)->mark != '(' &&
        lex_at(s, at - 1)->mark != '-')
        return 0;
    uint32_t used = read_named_hour(s, at, &c);
    if (!used)
        used = read_four_digits(s, at, &c);
    if (!used)
        used = read_hour(s, at, &c);
    if (!used)
        return 0;
    used += c.zone == ZONE_NONE ? read_zone(s, at + used, &c) : 0;
    struct when w = when_around(resolve_base(s, GRAIN_DAY), GRAIN_DAY);
    w.clock = c;
    *out = found_when(w, true);
    return used;
}
