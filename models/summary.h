/*
 * The answer: everything found in one article. Indices between its lists are array positions; the
 * JSON writer gives them ids ("a1", "c1", "d1") in the same order.
 */
#ifndef ONRECORD_MODELS_SUMMARY_H
#define ONRECORD_MODELS_SUMMARY_H

#include "models/actor.h"
#include "models/article.h"
#include "models/commitment.h"
#include "models/date.h"
#include "models/document.h"

/* clang-format off */
#define REFERENCES(X)                                                                             \
    X(REFERENCE_NONE, "none") X(REFERENCE_REQUEST, "request") X(REFERENCE_METADATA, "metadata")   \
    X(REFERENCE_DATELINE, "dateline")
/* clang-format on */
enum reference_from { REFERENCES(NAMED_ENUM) REFERENCE_FROM_COUNT };

extern const char *const reference_from_names[REFERENCE_FROM_COUNT];

struct spans {
    struct span *at;
    uint32_t count;
};

struct warnings {
    struct text *at;
    uint32_t count;
};

struct summary {
    struct source source;
    struct article article;
    struct document document; /* document.reference is the reference date */
    enum reference_from reference_from;
    struct spans key_sentences;
    struct actors actors;
    struct commitments commitments;
    struct dates dates;
    struct warnings warnings;
};

#endif
