/*
 * Who says, does, undertakes or receives something: one entry per real-world actor.
 */
#ifndef ONRECORD_MODELS_ACTOR_H
#define ONRECORD_MODELS_ACTOR_H

#include "base/span.h"
#include "models/names.h"

/* clang-format off */
#define ACTOR_TYPES(X)                                                                            \
    X(ACTOR_PERSON, "person") X(ACTOR_ORGANISATION, "organisation") X(ACTOR_COUNTRY, "country")   \
    X(ACTOR_PLACE_GOVERNMENT, "place-government") X(ACTOR_GROUP, "group")
/* clang-format on */
enum actor_type { ACTOR_TYPES(NAMED_ENUM) ACTOR_TYPE_COUNT };

/* clang-format off */
#define MENTION_KINDS(X)                                                                          \
    X(MENTION_NAME, "name") X(MENTION_NOMINAL, "nominal") X(MENTION_PRONOUN, "pronoun")
/* clang-format on */
enum mention_kind { MENTION_KINDS(NAMED_ENUM) MENTION_KIND_COUNT };

extern const char *const actor_type_names[ACTOR_TYPE_COUNT];
extern const char *const mention_kind_names[MENTION_KIND_COUNT];

struct mention {
    struct span span;
    enum mention_kind kind;
};

#define NO_ACTOR UINT32_MAX

struct actor {
    struct text name; /* the fullest name found */
    enum actor_type type;
    struct text role;     /* "Foreign Minister"; bytes NULL if not said */
    uint32_t affiliation; /* index of another actor, or NO_ACTOR */
    struct text *aliases; /* every other surface form, in order of appearance */
    uint32_t alias_count;
    struct text iso3166;      /* alpha-2 code of a country; bytes NULL for others */
    double salience;          /* 0 to 1 */
    struct mention *mentions; /* in text order */
    uint32_t mention_count;
    bool doubtful; /* listed only if a commitment names it; none is in a finished summary */
};

struct actors {
    struct actor *at;
    uint32_t count;
};

#endif
