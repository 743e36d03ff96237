/*
 * Training of the parser.
 */
#ifndef ONRECORD_TRAINING_PARSING_H
#define ONRECORD_TRAINING_PARSING_H

#include "training/tagging.h"

struct tree_plan {
    uint32_t move_bits, label_bits; /* tables of 2^bits rows */
    uint32_t epochs;
    uint32_t first_seed, seeds;
    uint32_t folds; /* of jackknifing: each fold's tags come from a tagger that never saw it */
};

/*
 * Trains on the gold trees of `banks`, whose tags are replaced by predicted ones; the files' bytes
 * are the caller's to free.
 */
void parser_train(struct arena *a, struct treebank *banks, uint32_t count,
                  const struct tree_plan *plan, struct text *moves, struct text *labels);

#endif
