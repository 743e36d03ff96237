/*
 * A temporal expression: where it stands, and what it means by TIMEX3 and EDTF.
 *
 * Sources: TimeML 1.2.1 (TIMEX3 types, values, modifiers), ISO 8601-2:2019 / EDTF levels 0 to 2.
 */
#ifndef ONRECORD_MODELS_DATE_H
#define ONRECORD_MODELS_DATE_H

#include "base/span.h"
#include "models/day.h"
#include "models/names.h"

/* clang-format off */
#define DATE_TYPES(X)                                                                             \
    X(DATE_DATE, "date") X(DATE_TIME, "time") X(DATE_DURATION, "duration") X(DATE_SET, "set")
/* clang-format on */
enum date_type { DATE_TYPES(NAMED_ENUM) DATE_TYPE_COUNT };

/* clang-format off */
#define DATE_MODS(X)                                                                              \
    X(MOD_NONE, "") X(MOD_APPROX, "APPROX") X(MOD_START, "START") X(MOD_MID, "MID")               \
    X(MOD_END, "END") X(MOD_BEFORE, "BEFORE") X(MOD_AFTER, "AFTER")                               \
    X(MOD_ON_OR_BEFORE, "ON_OR_BEFORE") X(MOD_ON_OR_AFTER, "ON_OR_AFTER")                         \
    X(MOD_LESS_THAN, "LESS_THAN") X(MOD_MORE_THAN, "MORE_THAN")                                   \
    X(MOD_EQUAL_OR_LESS, "EQUAL_OR_LESS") X(MOD_EQUAL_OR_MORE, "EQUAL_OR_MORE")
/* clang-format on */
enum date_mod { DATE_MODS(NAMED_ENUM) DATE_MOD_COUNT };

extern const char *const date_type_names[DATE_TYPE_COUNT];
extern const char *const date_mod_names[DATE_MOD_COUNT];

struct date {
    struct span span;
    enum date_type type;
    enum date_mod mod;
    bool relative;       /* its value hangs on the reference date or another expression */
    struct text timex;   /* TIMEX3 value: "2021-04-07", "P2D", "PAST_REF", "XXXX-05-01" */
    struct text edtf;    /* bytes NULL where EDTF has no value for it */
    struct day earliest; /* unknown where no day can be said */
    struct day latest;
};

/* What the text says wrongly: a weekday that its date does not have, a day that no month has. */
struct date_oddity {
    struct span span;
    uint8_t weekday; /* that the date really has, 1 Monday to 7 Sunday; 0: there is no such day */
};

struct dates {
    struct date *at; /* in text order, not overlapping */
    uint32_t count;
    struct date_oddity *odd; /* in text order */
    uint32_t odd_count;
};

#endif
