/*
 * Is it a commitment? A logistic regression over named features of a candidate.
 *
 * A feature is a short text ("t=will/modal", "subject=organisation"); data/commitment-weights.tsv
 * gives its weight, so that a decision can be read and traced. The sum of the weights of a
 * candidate's features goes through the logistic function and is the probability.
 */
#ifndef ONRECORD_PIPELINE_COMMITMENT_SCORE_H
#define ONRECORD_PIPELINE_COMMITMENT_SCORE_H

#include "pipeline/commitment_parts.h"
#include "pipeline/scene.h"
#include "pipeline/triggers.h"

/* Called once for every feature, NUL-terminated, lower case, at most 63 bytes. */
typedef void feature_sink(void *to, const char *feature);

/* Every feature of candidate `c`, whose parts are `p`. Training and use share it. */
void commitment_features(const struct scene *s, const struct candidates *all, uint32_t c,
                         const struct parts *p, feature_sink *sink, void *to);

struct commitment_score {
    double confidence; /* that it is a commitment */
    double pledge;     /* that a plan is a pledge, where the trigger leaves it open */
};

struct commitment_score commitment_score(const struct scene *s, const struct candidates *all,
                                         uint32_t c, const struct parts *p);

#endif
