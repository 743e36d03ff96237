/*
 * Is it a commitment? Decided by evidence (pipeline/evidence.h) whose weights stand in
 * data/commitment-weights.tsv.
 */
#ifndef ONRECORD_PIPELINE_COMMITMENT_SCORE_H
#define ONRECORD_PIPELINE_COMMITMENT_SCORE_H

#include "pipeline/commitment_parts.h"
#include "pipeline/evidence.h"
#include "pipeline/scene.h"
#include "pipeline/triggers.h"

/* Adds every feature of candidate `i`, whose parts are `p`. Training and use share it. */
void commitment_evidence(const struct scene *s, const struct candidates *all, uint32_t i,
                         const struct parts *p, struct evidence *w);

/* He who is bound, or one of that side, says so himself: a promise rather than a report. */
bool commitment_gives_own_word(const struct scene *s, const struct parts *p);

struct commitment_score {
    double confidence; /* that it is a commitment */
    double pledge;     /* that a plan is a pledge, where the trigger leaves it open */
};

struct commitment_score commitment_score(const struct scene *s, const struct candidates *all,
                                         uint32_t c, const struct parts *p);

#endif
