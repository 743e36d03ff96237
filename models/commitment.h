/*
 * A commitment: who has undertaken to do what, for whom, by when, and where the article says so.
 */
#ifndef ONRECORD_MODELS_COMMITMENT_H
#define ONRECORD_MODELS_COMMITMENT_H

#include "base/span.h"
#include "models/actor.h"
#include "models/names.h"

/* clang-format off */
#define COMMITMENT_TYPES(X)                                                                       \
    X(COMMITMENT_PLEDGE, "pledge") X(COMMITMENT_AGREEMENT, "agreement")                           \
    X(COMMITMENT_PLAN, "plan") X(COMMITMENT_OFFER, "offer")                                       \
    X(COMMITMENT_OBLIGATION, "obligation") X(COMMITMENT_REFUSAL, "refusal")                       \
    X(COMMITMENT_THREAT, "threat")
/* clang-format on */
enum commitment_type { COMMITMENT_TYPES(NAMED_ENUM) COMMITMENT_TYPE_COUNT };

/* clang-format off */
#define STRENGTHS(X)                                                                              \
    X(STRENGTH_FIRM, "firm") X(STRENGTH_CONDITIONAL, "conditional")                               \
    X(STRENGTH_TENTATIVE, "tentative")
/* clang-format on */
enum strength { STRENGTHS(NAMED_ENUM) STRENGTH_COUNT };

extern const char *const commitment_type_names[COMMITMENT_TYPE_COUNT];
extern const char *const strength_names[STRENGTH_COUNT];

/* Bits of commitment.missing: what a reporter would have to ask. */
enum missing { MISSING_ACTOR = 1, MISSING_ACTION = 2, MISSING_QUANTITY = 4, MISSING_DUE = 8 };

/* Indices into summary.actors. */
struct actor_list {
    uint32_t *at;
    uint32_t count;
};

struct quantity {
    double value;
    struct text unit; /* "doses", "USD", "%" */
    struct span span;
};

#define NO_DATE       UINT32_MAX
#define NO_COMMITMENT UINT32_MAX

struct commitment {
    enum commitment_type type;
    struct actor_list actors;
    uint32_t speaker; /* index of an actor, or NO_ACTOR */
    struct actor_list beneficiaries;
    struct actor_list contested_by;
    struct span action;
    struct span trigger;
    struct span evidence;
    struct text due_edtf; /* bytes NULL if no date is said */
    uint32_t due_date;    /* index into summary.dates, or NO_DATE */
    struct quantity *quantities;
    uint32_t quantity_count;
    bool negative;
    enum strength strength;
    struct span condition; /* empty (start == end) if there is none */
    bool quoted;           /* the evidence stands inside quotation marks */
    unsigned missing;      /* bits of enum missing */
    uint32_t same_as;      /* index of the first telling of this undertaking, or NO_COMMITMENT */
    double confidence;     /* 0 to 1 */
};

struct commitments {
    struct commitment *at; /* in text order of their triggers */
    uint32_t count;
};

#endif
