/*
 * The dynamic oracle of the arc-hybrid system: what a move costs, from any state.
 *
 * Source: Y. Goldberg and J. Nivre, "Training Deterministic Parsers with Non-Deterministic
 * Oracles", TACL 2013.
 */
#ifndef ONRECORD_TRAINING_ORACLE_H
#define ONRECORD_TRAINING_ORACLE_H

#include "pipeline/transitions.h"

struct gold {
    const uint32_t *heads; /* index in the sentence, its length for the root */
    const uint8_t *labels;
};

/* How many gold arcs can no longer be built after `move`, which must be allowed. */
uint32_t oracle_cost(const struct transitions *t, const struct gold *gold, enum move move);

/* The head that `move` would give to the top of the stack. */
uint32_t oracle_head(const struct transitions *t, enum move move);

#endif
