/*
 * What an expression leaves open is taken from the text around it: the tense of the verb, the date
 * mentioned before, and behind all of them the reference date.
 */
#include "pipeline/dates_scan.h"
#include "pipeline/wordlist.h"

enum { TENSE_LEFT_MAX = 12, TENSE_RIGHT_MAX = 20 };

static enum tense tense_of_cue(const struct scan *s, uint32_t i)
{
    struct text norm = s->doc->tokens.at[lex_at(s, i)->token].norm;
    const struct wordlist_row *row = wordlist_find(&wordlist_date_cues, norm);
    if (row && row->values[0])
        return row->values[0][0] == 'f' ? TENSE_FUTURE : TENSE_PAST;
    if (norm.len > 4 && text_ends(norm, "ed"))
        return TENSE_PAST;
    return TENSE_NONE;
}

/* The tag alone; an infinitive or a participle does not say it. */
static enum tense tense_of_tag(const struct scan *s, uint32_t i)
{
    const struct token *t = &s->doc->tokens.at[lex_at(s, i)->token];
    if (t->xpos == XPOS_VBD)
        return TENSE_PAST;
    if (t->xpos == XPOS_MD && !text_is(t->norm, "could") && !text_is(t->norm, "might"))
        return TENSE_FUTURE;
    return TENSE_NONE;
}

static bool is_finite(const struct token *t)
{
    return t->xpos == XPOS_VBD || t->xpos == XPOS_MD || t->xpos == XPOS_VBZ || t->xpos == XPOS_VBP;
}

/* A past participle ("is expected", "has signed") takes its tense from the cue, else from "has". */
static enum tense tense_of(const struct scan *s, uint32_t i)
{
    if (lex_at(s, i)->mark || lex_at(s, i)->digits)
        return TENSE_NONE;
    const struct token *t = &s->doc->tokens.at[lex_at(s, i)->token];
    if (t->xpos == XPOS_NONE)
        return tense_of_cue(s, i);
    enum tense tagged = tense_of_tag(s, i);
    if (tagged != TENSE_NONE)
        return tagged;
    if (t->xpos == XPOS_VBN)
        return tense_of_cue(s, i);
    bool cue = is_finite(t) || t->xpos == XPOS_JJ || t->xpos == XPOS_NNS || t->xpos == XPOS_NN;
    const struct wordlist_row *row = cue ? wordlist_find(&wordlist_date_cues, t->norm) : NULL;
    return row && row->values[0] && row->values[0][0] == 'f' ? TENSE_FUTURE : TENSE_NONE;
}

enum tense tense_at(const struct scan *s, uint32_t at)
{
    for (uint32_t i = at; i > 0 && at - i < TENSE_LEFT_MAX; i--) {
        enum tense t = tense_of(s, i - 1);
        if (t != TENSE_NONE)
            return t;
    }
    for (uint32_t i = at + 1; i < s->lexemes.count && i - at < TENSE_RIGHT_MAX; i++) {
        enum tense t = tense_of(s, i);
        if (t != TENSE_NONE)
            return t;
    }
    return TENSE_NONE;
}

static int32_t distance(struct day a, struct day b)
{
    return day_serial(a) - day_serial(b);
}

/* Days from the reference to that day of `year`; a month's is its first, or its last if past. */
static int32_t days_ahead(const struct scan *s, int year, int month, int day)
{
    struct when w = day ? when_date(year, month, day) : when_month(year, month);
    if (day && !day_exists(year, month, day))
        return INT32_MAX / 2;
    struct day first = when_first(w);
    int32_t ahead = distance(first, s->reference);
    if (!day && ahead < 0)
        ahead =
            distance(when_last(w), s->reference) >= 0 ? 0 : distance(when_last(w), s->reference);
    return ahead;
}

/*
 * Without a verb the year of the reference stands for dates up to eight months away ("November 20"
 * in an article of May), the nearest year for others. A clear tense moves it: "on December 11, he
 * said" in a January article is last year's.
 */
static int year_by_tense(const struct scan *s, uint32_t at, int month, int day)
{
    int year = s->reference.year;
    int32_t here = days_ahead(s, year, month, day);
    enum tense tense = tense_at(s, at);

    if (here == 0)
        return year;
    if (here > 0 && here < INT32_MAX / 2)
        return (tense == TENSE_PAST && here > 45) || here > 250 ? year - 1 : year;
    return (tense == TENSE_FUTURE && here < -45) || here < -250 ? year + 1 : year;
}

int resolve_year(const struct scan *s, uint32_t at, int month, int day)
{
    if (s->narrative && s->mentioned.year && !s->mentioned.bc)
        return s->mentioned.year;
    if (!day_known(s->reference))
        return s->mentioned.year && !s->mentioned.bc ? s->mentioned.year : 0;
    return year_by_tense(s, at, month, day);
}

/* "Tuesday" in a report is one of the last seven days, in an announcement one of the next. */
struct when resolve_weekday(const struct scan *s, uint32_t at, int weekday)
{
    struct day base = s->reference;
    struct when w = when_around(base, GRAIN_DAY);
    if (!day_known(base)) {
        w.weekday = (uint8_t)weekday;
        return w;
    }
    int32_t ahead = (weekday - day_weekday(base) + 7) % 7;
    enum tense tense = tense_at(s, at);
    if (tense == TENSE_PAST && ahead > 0)
        ahead -= 7;
    return when_around(day_add_days(base, ahead), GRAIN_DAY);
}

struct day resolve_base(const struct scan *s)
{
    struct day mentioned = when_first(s->mentioned);
    if (day_known(mentioned) && s->mentioned.grain <= GRAIN_WEEKDAY)
        return mentioned;
    return s->reference;
}
