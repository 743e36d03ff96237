/*
 * What an expression leaves open is taken from the text around it: the tense of the verb, the date
 * mentioned before, and behind all of them the reference date.
 */
#include "pipeline/dates_scan.h"
#include "pipeline/wordlist.h"

#include <stdlib.h>

enum { TENSE_LEFT_MAX = 30, TENSE_RIGHT_MAX = 30, PRESENT_MAX = 4, NOTE_MAX = 6 };

static const struct token *token_at(const struct scan *s, uint32_t i)
{
    return &s->doc->tokens.at[lex_at(s, i)->token];
}

static bool is_cue(const struct scan *s, uint32_t i, const char *kind)
{
    const struct wordlist_row *row = wordlist_find(&wordlist_date_cues, token_at(s, i)->norm);
    return row && strcmp(row->values[0], kind) == 0;
}

/* Without tags: the cues, and what looks like a past form. */
static enum tense untagged_tense(const struct scan *s, uint32_t i)
{
    struct text norm = token_at(s, i)->norm;
    if (is_cue(s, i, "future") || is_cue(s, i, "participle") || is_cue(s, i, "promise"))
        return TENSE_FUTURE;
    bool past = is_cue(s, i, "verb") || is_cue(s, i, "perfect") || is_cue(s, i, "past");
    return past || (norm.len > 4 && text_ends(norm, "ed")) ? TENSE_PAST : TENSE_NONE;
}

/* "is expected to meet", "is to meet", "are due": up to three words behind a form of "be". */
static bool points_ahead(const struct scan *s, uint32_t verb)
{
    for (uint32_t i = verb + 1; i < s->lexemes.count && i <= verb + 3; i++) {
        if (is_cue(s, i, "future") || is_cue(s, i, "participle") ||
            (i == verb + 1 && token_at(s, i)->xpos == XPOS_TO))
            return true;
    }
    return false;
}

/* "has already signed"; without a participle it has something ahead: "has until Monday" */
static bool has_participle(const struct scan *s, uint32_t verb)
{
    for (uint32_t i = verb + 1; i < s->lexemes.count && i <= verb + 3; i++) {
        uint8_t xpos = token_at(s, i)->xpos;
        if (xpos == XPOS_VBN || xpos == XPOS_VBD)
            return true;
    }
    return false;
}

/* "opens on Monday" is to come where the verb stands near; "says" is far too common to tell. */
static enum tense present_tense(const struct scan *s, uint32_t i, uint32_t at)
{
    static const char *const silent[] = {"says",  "say",   "is",   "are",   "believes", "thinks",
                                         "means", "shows", "know", "think", "believe",  NULL};
    if (points_ahead(s, i))
        return TENSE_FUTURE;
    if (is_cue(s, i, "perfect"))
        return has_participle(s, i) ? TENSE_PAST : TENSE_FUTURE;
    uint32_t far = at > i ? at - i : i - at;
    return far <= PRESENT_MAX && !lex_is_one_of(s, i, silent) ? TENSE_FUTURE : TENSE_NONE;
}

/* "agreed to meet on Monday"; but "On Monday, they agreed to meet" has been. */
static bool is_promise(const struct scan *s, uint32_t i, uint32_t at)
{
    return i < at && is_cue(s, i, "promise") && i + 1 < s->lexemes.count &&
           token_at(s, i + 1)->xpos == XPOS_TO;
}

/* "was due to meet" may have been, or not yet. */
static enum tense past_tense(const struct scan *s, uint32_t i, uint32_t at)
{
    bool be = lex_is(s, i, "was") || lex_is(s, i, "were");
    if (is_promise(s, i, at))
        return TENSE_FUTURE;
    return be && points_ahead(s, i) ? TENSE_NONE : TENSE_PAST;
}

/* What the word at `i` says of the date at `at`. */
static enum tense tense_of(const struct scan *s, uint32_t i, uint32_t at)
{
    if (lex_at(s, i)->mark || lex_at(s, i)->digits)
        return TENSE_NONE;
    switch (token_at(s, i)->xpos) {
    case XPOS_NONE:
        return untagged_tense(s, i);
    case XPOS_MD:
        return TENSE_FUTURE;
    case XPOS_VBD:
        return past_tense(s, i, at);
    case XPOS_VBZ:
    case XPOS_VBP:
        return present_tense(s, i, at);
    case XPOS_VB: /* "failed to agree on Monday" */
        return i > 1 && is_cue(s, i - 2, "past") ? TENSE_PAST : TENSE_NONE;
    case XPOS_VBN: /* "games scheduled for Wednesday were held" */
        return is_promise(s, i, at) ? TENSE_FUTURE : TENSE_NONE;
    default:
        return is_cue(s, i, "future") ? TENSE_FUTURE : TENSE_NONE;
    }
}

/* Where no verb tells: "talks set for Monday", "a deal signed on Monday". */
static enum tense participle_tense(const struct scan *s, uint32_t at)
{
    for (uint32_t i = at; i > 0 && at - i < TENSE_LEFT_MAX; i--) {
        if (is_cue(s, i - 1, "participle"))
            return TENSE_FUTURE;
        if (token_at(s, i - 1)->xpos == XPOS_VBN)
            return TENSE_PAST;
    }
    return TENSE_NONE;
}

/* "warned that the May deadline will be missed": the clause behind "that" has its own verb. */
static bool opens_clause(const struct scan *s, uint32_t i)
{
    return lex_is(s, i, "that") && token_at(s, i)->xpos == XPOS_IN;
}

/* "ordered him to leave by Friday", "gave him until Friday": a term lies ahead. */
static bool sets_term(const struct scan *s, uint32_t i, uint32_t at)
{
    static const char *const terms[] = {"by", "until", "before", NULL};
    static const char *const givers[] = {"gave", "given", "has", "have", "had", NULL};
    if (at == 0 || !lex_is_one_of(s, at - 1, terms))
        return false;
    bool to = i > 0 && token_at(s, i)->xpos == XPOS_VB && token_at(s, i - 1)->xpos == XPOS_TO;
    return to ||
           (lex_is(s, at - 1, "until") && lex_is_one_of(s, i, givers) && !has_participle(s, i));
}

/* The nearest verb before `at` that tells; *stop is where its clause begins. */
static enum tense tense_before(const struct scan *s, uint32_t at, uint32_t *stop)
{
    for (uint32_t i = *stop; i > 0 && at - i < TENSE_LEFT_MAX; i--) {
        *stop = i - 1;
        if (opens_clause(s, i - 1))
            return TENSE_NONE;
        if (sets_term(s, i - 1, at))
            return TENSE_FUTURE;
        enum tense t = tense_of(s, i - 1, at);
        if (t != TENSE_NONE)
            return t;
    }
    return TENSE_NONE;
}

static enum tense tense_behind(const struct scan *s, uint32_t at)
{
    for (uint32_t i = at + 1; i < s->lexemes.count && i - at < TENSE_RIGHT_MAX; i++) {
        if (opens_clause(s, i)) /* "announced on Monday |that| it will" */
            break;
        enum tense t = tense_of(s, i, at);
        if (t != TENSE_NONE)
            return t;
    }
    return TENSE_NONE;
}

enum tense tense_at(const struct scan *s, uint32_t at)
{
    uint32_t stop = at;
    enum tense t = tense_before(s, at, &stop);
    if (t == TENSE_NONE)
        t = tense_behind(s, at);
    if (t == TENSE_NONE && stop > 0)
        t = tense_before(s, at, &stop);
    return t != TENSE_NONE ? t : participle_tense(s, at);
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

/* Days: no tense is trusted against a date so near; how far one in the same year may lie. */
enum { SLACK = 30, AHEAD_MAX = 270, BEHIND_MAX = 170, LEAP_DAYS_MAX = 367 };

/*
 * The year of the reference ("on November 20" in an article of May), unless the tense speaks
 * against it ("on December 11, he said" in a January article is last year's) or the date lies too
 * far off.
 */
static int year_by_tense(const struct scan *s, uint32_t at, int month, int day)
{
    int year = s->reference.year;
    int32_t here = days_ahead(s, year, month, day);
    enum tense tense = tense_at(s, at);

    if (here > 0)
        return (tense == TENSE_PAST && here > SLACK) || here > AHEAD_MAX ? year - 1 : year;
    int32_t most = tense == TENSE_NONE ? BEHIND_MAX : AHEAD_MAX;
    return (tense == TENSE_FUTURE && here < -SLACK) || here < -most ? year + 1 : year;
}

/*
 * February 29 needs a leap year: the nearest that is not to come, or is if the verb says so. Where
 * no verb tells, a date of no near year is a mistake.
 */
static int leap_year(const struct scan *s, uint32_t at, int year)
{
    enum tense tense = tense_at(s, at);
    int step = tense == TENSE_FUTURE ? 1 : -1;
    if (tense == TENSE_NONE)
        return abs(days_ahead(s, year - 1, 2, 29)) < LEAP_DAYS_MAX   ? year - 1
               : abs(days_ahead(s, year + 1, 2, 29)) < LEAP_DAYS_MAX ? year + 1
                                                                     : year;
    for (int tries = 0; tries < 8 && !day_exists(year, 2, 29); tries++)
        year += step;
    return year;
}

/* A story goes on: "January" behind "December 1941" is in 1942. */
static int year_of_story(const struct scan *s, int month)
{
    struct when w = s->mentioned;
    bool turned = w.grain <= GRAIN_MONTH && w.month >= 10 && month <= 3 && !w.bc;
    return w.bc ? -w.year : w.year + turned;
}

int resolve_year(const struct scan *s, uint32_t at, int month, int day)
{
    /* "from April to June": the second month follows the first. */
    if (s->ranged.year && at == s->ranged_at)
        return s->ranged.year + (month < s->ranged.month);
    if (s->sentence_year)
        return s->sentence_year;
    bool story = s->narrative || !day_known(s->reference);
    if (story && s->mentioned.year)
        return year_of_story(s, month);
    if (!day_known(s->reference))
        return 0;
    int year = s->reference.year;
    if (month == 2 && day == 29 && !day_exists(year, 2, 29))
        return leap_year(s, at, year);
    return year_by_tense(s, at, month, day);
}

/*
 * "Tuesday" in a report is one of the last seven days, in an announcement one of the next; where no
 * verb tells, a note of a few words announces and a sentence reports.
 */
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
    bool past = tense == TENSE_PAST || (tense == TENSE_NONE && s->lexemes.count > NOTE_MAX);
    if (past && ahead > 0)
        ahead -= 7;
    return when_around(day_add_days(base, ahead), GRAIN_DAY);
}

struct day resolve_base(const struct scan *s, enum grain grain)
{
    struct day mentioned = when_first(s->mentioned);
    bool fine = s->mentioned.grain <= GRAIN_WEEKDAY || s->mentioned.grain <= grain;
    if (day_known(mentioned) && fine)
        return mentioned;
    return s->narrative ? (struct day){0, 0, 0} : s->reference;
}

struct when resolve_around(const struct scan *s, enum grain grain)
{
    if (!s->narrative || s->mentioned.grain == GRAIN_NONE)
        return when_around(s->reference, grain);
    struct when w = s->mentioned;
    if (grain != GRAIN_YEAR)
        return when_around(when_first(w), grain);
    struct when year = when_year(w.year);
    year.bc = w.bc;
    return year;
}
