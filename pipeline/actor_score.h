/*
 * Is it an actor? Decided by evidence (pipeline/evidence.h) whose weights stand in
 * data/actor-weights.tsv: what it is, what it does in the sentences, how often it is named.
 */
#ifndef ONRECORD_PIPELINE_ACTOR_SCORE_H
#define ONRECORD_PIPELINE_ACTOR_SCORE_H

#include "pipeline/actor_join.h"
#include "pipeline/evidence.h"

/* Adds every feature of entry `at`. Training and use share it. */
void actor_evidence(const struct joined *j, uint32_t at, struct evidence *e);

double actor_probability(const struct joined *j, uint32_t at);

#endif
