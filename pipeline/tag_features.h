/*
 * The tagger's features: the words around a token and the tags already given to its left.
 */
#ifndef ONRECORD_PIPELINE_TAG_FEATURES_H
#define ONRECORD_PIPELINE_TAG_FEATURES_H

#include "pipeline/linear.h"
#include "pipeline/words.h"

/* Where the tagger stands. */
struct tag_context {
    const struct word *words; /* of the sentence */
    uint32_t count;
    uint32_t at;
    enum casing casing;
    uint32_t before1, before2; /* classes of the two tokens before, plus 1; 0 before the sentence */
};

void tag_features(const struct tag_context *c, struct rows *out);

#endif
