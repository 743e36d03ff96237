/*
 * What the families of date expressions share: the sentence as lexemes, what is known of the time
 * so far, and what a family gives back.
 *
 * A family is one file with one reader: it looks at the lexemes from `at` on, at most
 * SCAN_AHEAD_MAX of them, and gives back how many of them are an expression of its kind, 0 if none.
 * It resolves at once, against the reference date, the date mentioned before, and the tense of the
 * verb near by.
 */
#ifndef ONRECORD_PIPELINE_DATES_SCAN_H
#define ONRECORD_PIPELINE_DATES_SCAN_H

#include "pipeline/dates_when.h"

enum { SCAN_AHEAD_MAX = 24, AMOUNTS_MAX = 3 };

enum tense { TENSE_NONE, TENSE_PAST, TENSE_FUTURE };

struct scan {
    const struct document *doc;
    struct lexemes lexemes; /* of the sentence */
    struct day reference;
    struct when mentioned; /* the date mentioned before; GRAIN_NONE if none */
    bool narrative;        /* the text tells of another time than the reference date's */
    int sentence_year;     /* "In 1989, …": what the sentence begins with; 0 if it does not */
    struct when ranged;    /* the first end of a range, whose second stands at `ranged_at` */
    uint32_t ranged_at;
    bool plain_case; /* the sentence has no capitals, which then say nothing */
};

/* "two and a half years": 250 hundredths of GRAIN_YEAR. */
struct amount {
    int32_t hundredths;
    uint8_t grain; /* enum grain */
    uint8_t vague; /* enum vague; not VAGUE_NO: the number is a guess, and written X */
};

/* FOUND_NOTHING: what looks like a date and is none ("32 August", "24/7"); it is passed over. */
enum found_form { FOUND_WHEN, FOUND_AMOUNT, FOUND_REFER, FOUND_NOTHING };

struct found {
    enum date_type type;
    enum date_mod mod;
    enum found_form form;
    bool relative;
    uint8_t weekday; /* that the text gives to a date, or 0 */
    bool yearless;   /* a month or day of the month whose year was not said */
    struct when when;
    struct when until; /* of a range of days, months or years; else GRAIN_NONE */
    struct amount amounts[AMOUNTS_MAX];
    const char *refer; /* of FOUND_REFER: "PAST_REF" */
    bool pinned;       /* the value is `from` to `to`, however coarse `when` is ("two weeks ago") */
    struct day from, to; /* bounds, where they are not those of `when` */
};

typedef uint32_t family_reader(const struct scan *s, uint32_t at, struct found *out);

family_reader read_numeric, read_calendar, read_weekday, read_period, read_nth, read_relative,
    read_shifted, read_duration, read_set, read_vague, read_holiday, read_clock;

/* The longest of several readings, the first of equals. */
uint32_t read_longest(const struct scan *s, uint32_t at, family_reader *const *readers,
                      unsigned count, struct found *out);

/* Any one family's longest reading, without modifiers: "May 1", not "early May". */
family_reader read_core;

/* The above with what may stand before it: "early May", "about two years", "the end of 2021". */
family_reader read_expression;

/* The above, or a range of two: "April 6-8". */
family_reader read_range;

/* What stands behind "the end of" or "the first Monday in": "2018", "next year", "the year". */
family_reader read_container;

/* ---- Looking at lexemes; every question may be asked beyond the end of the sentence ---- */

extern const struct lexeme lex_beyond; /* the empty lexeme */

static inline const struct lexeme *lex_at(const struct scan *s, uint32_t i)
{
    return i < s->lexemes.count ? &s->lexemes.at[i] : &lex_beyond;
}

static inline bool lex_has(const struct scan *s, uint32_t i, enum lex_class class)
{
    return lex_at(s, i)->classes >> class & 1;
}

static inline bool lex_mark(const struct scan *s, uint32_t i, char mark)
{
    return lex_at(s, i)->mark == mark;
}

/* No white space before it. */
static inline bool lex_joined(const struct scan *s, uint32_t i)
{
    return lex_at(s, i)->glued;
}

bool lex_same(const struct scan *s, uint32_t i, const char *word);

/* `word` in lower case. */
static inline bool lex_is(const struct scan *s, uint32_t i, const char *word)
{
    return lex_at(s, i)->first == word[0] && lex_same(s, i, word);
}

bool lex_is_one_of(const struct scan *s, uint32_t i, const char *const *words); /* NULL ends */

/* "1500 people": the figures at `i` count what follows, and are no year. */
bool year_counts_things(const struct scan *s, uint32_t i);

/* "room 1984", "article 2019/12": the figures at `i` are a name. */
bool lex_numbered(const struct scan *s, uint32_t i);

/* Position behind an optional `word` or mark at `i`. */
static inline uint32_t skip_word(const struct scan *s, uint32_t i, const char *word)
{
    return i + lex_is(s, i, word);
}

static inline uint32_t skip_mark(const struct scan *s, uint32_t i, char mark)
{
    return i + lex_mark(s, i, mark);
}

/*
 * The row of `list` whose key is the longest run of lexemes from `at` on, in lower case and one
 * space apart ("new year 's eve"), or NULL; *count is then the number of lexemes.
 */
struct wordlist_row;
struct wordlist;
const struct wordlist_row *lex_phrase(const struct scan *s, uint32_t at,
                                      const struct wordlist *list, uint32_t *count);

/* ---- Numbers; each gives the count of lexemes, 0 if there is no such number ---- */

uint32_t read_cardinal(const struct scan *s, uint32_t at, int32_t *n); /* "25", "twenty-five" */
uint32_t read_ordinal(const struct scan *s, uint32_t at, int32_t *n);  /* "7th", "twenty-first" */
uint32_t read_year(const struct scan *s, uint32_t at,
                   int *year); /* "2014", "'99", "nineteen ten" */
uint32_t read_day_number(const struct scan *s, uint32_t at, int *day); /* "7", "7th", "seventh" */

/* "three", "2.5", "a couple of", "a few", "one and a half"; grain is left to the caller. */
uint32_t read_quantity(const struct scan *s, uint32_t at, struct amount *out);

/* ---- What is said of the time elsewhere ---- */

/* Tense of the verb that governs the lexeme `at`. */
enum tense tense_at(const struct scan *s, uint32_t at);

/*
 * The year of a `month` (and `day`, if not 0) that is named without one; below 0 before Christ, 0
 * if nothing tells.
 */
int resolve_year(const struct scan *s, uint32_t at, int month, int day);

/* The day of a weekday that is named alone. */
struct when resolve_weekday(const struct scan *s, uint32_t at, int weekday);

/* The stretch of `grain` that a story has reached, or else that of the reference: "the year". */
struct when resolve_around(const struct scan *s, enum grain grain);

/*
 * The day that "the next day" or "two weeks later" counts from: of the date mentioned before, if it
 * is at least as fine as `grain`, else the reference; unknown if nothing tells.
 */
struct day resolve_base(const struct scan *s, enum grain grain);

/* A found date; `relative` if its value hangs on something outside the expression. */
struct found found_when(struct when w, bool relative);

#endif
