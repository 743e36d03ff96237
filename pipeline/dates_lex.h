/*
 * What the words of a sentence can be in a date: "April" a month, "second" a unit or an ordinal.
 *
 * Dates are written tighter than words ("5pm", "14April", "10/31/74", "2018Q4", "mid-2011"), so a
 * sentence is cut anew here: runs of letters, runs of digits, single marks. Each piece knows its
 * token, for its part of speech. data/date-words.tsv says what a word can be.
 */
#ifndef ONRECORD_PIPELINE_DATES_LEX_H
#define ONRECORD_PIPELINE_DATES_LEX_H

#include "base/arena.h"
#include "base/error.h"
#include "models/date.h"
#include "models/document.h"

/* Stretches of time from short to long, with the code that data/ uses. */
/* clang-format off */
#define GRAINS(X)                                                                                  \
    X(GRAIN_NONE, "") X(GRAIN_SECOND, "s") X(GRAIN_MINUTE, "min") X(GRAIN_HOUR, "h")               \
    X(GRAIN_NIGHT, "N") X(GRAIN_DAY, "D") X(GRAIN_WEEKDAY, "WD") X(GRAIN_WEEKEND, "WE")            \
    X(GRAIN_WEEK, "W") X(GRAIN_FORTNIGHT, "2W") X(GRAIN_MONTH, "M") X(GRAIN_QUARTER, "Q")          \
    X(GRAIN_SEASON, "S") X(GRAIN_HALF, "H") X(GRAIN_YEAR, "Y") X(GRAIN_BIENNIUM, "2Y")             \
    X(GRAIN_DECADE, "DE") X(GRAIN_CENTURY, "CE") X(GRAIN_MILLENNIUM, "ML")

/* Parts of a day, with their TIMEX3 code. */
#define DAY_PARTS(X)                                                                               \
    X(PART_NONE, "") X(PART_DAWN, "DA") X(PART_MORNING, "MO") X(PART_MIDDAY, "MI")                 \
    X(PART_AFTERNOON, "AF") X(PART_EVENING, "EV") X(PART_NIGHT, "NI") X(PART_DAYTIME, "DT")

/* What a lexeme can be; the name is the column's in data/date-words.tsv. */
#define LEX_CLASSES(X)                                                                             \
    X(LEX_MONTH, "month") X(LEX_WEEKDAY, "weekday") X(LEX_SEASON, "season") X(LEX_UNIT, "unit")    \
    X(LEX_NUMBER, "number") X(LEX_SCALE, "scale") X(LEX_ORDINAL, "ordinal") X(LEX_PART, "part")    \
    X(LEX_DAY, "day") X(LEX_SHIFT, "shift") X(LEX_OFTEN, "often") X(LEX_MOD, "mod")                \
    X(LEX_CLOCK, "clock") X(LEX_DECADE, "decade") X(LEX_ERA, "era") X(LEX_MERIDIEM, "meridiem")    \
    X(LEX_ZONE, "zone") X(LEX_VAGUE, "vague") X(LEX_REFER, "refer") X(LEX_CASED, "cased")          \
    X(LEX_PLURAL, "plural") X(LEX_START, "start") X(LEX_FEAST, "feast")
/* clang-format on */

enum grain { GRAINS(NAMED_ENUM) GRAIN_COUNT };
enum day_part { DAY_PARTS(NAMED_ENUM) DAY_PART_COUNT };
/* Value of LEX_ERA. */
enum { ERA_BC = -1, ERA_AD = 1, ERA_BE = 2 };

enum lex_class { LEX_CLASSES(NAMED_ENUM) LEX_CLASS_COUNT };
enum vague { VAGUE_NO, VAGUE_COUPLE, VAGUE_FEW, VAGUE_SOME };

extern const char *const grain_codes[GRAIN_COUNT];
extern const char *const day_part_codes[DAY_PART_COUNT];

struct lexeme {
    struct span span;
    uint32_t token;
    uint32_t classes;  /* bits 1 << enum lex_class; LEX_NUMBER for a run of digits */
    int32_t value;     /* of the class that is a number or a name in a cycle */
    uint8_t unit;      /* enum grain, of LEX_UNIT and LEX_OFTEN */
    uint8_t part;      /* enum day_part, of LEX_PART */
    uint8_t mod;       /* enum date_mod, of LEX_MOD */
    uint8_t vague;     /* enum vague */
    uint8_t digits;    /* length of a run of digits, else 0 */
    char mark;         /* a single mark in ASCII form (any dash is '-'), else 0 */
    bool glued;        /* no white space before it */
    bool upper;        /* a word that begins with a capital */
    char first;        /* first byte, in lower case */
    const char *refer; /* of LEX_REFER */
};

struct lexemes {
    struct lexeme *at;
    uint32_t count;
    uint32_t cap;
};

/* Room for the longest sentence of `doc`. */
enum err lexemes_reserve(struct arena *a, const struct document *doc, struct lexemes *out);

/* Fills `out` with sentence `s` of `doc`. */
void lexemes_cut(const struct document *doc, const struct sentence *s, struct lexemes *out);

#endif
