/*
 * Training of the parser.
 */
#ifndef ONRECORD_TRAINING_PARSING_H
#define ONRECORD_TRAINING_PARSING_H

#include "training/tagging.h"

struct tree_plan {
    uint32_t table_bits;
    uint32_t epochs;
    uint32_t first_seed, seeds;
    uint32_t folds; /* of jackknifing: each fold's tags come from a tagger that never saw it */
};

/*
 * Trains on the gold trees of `banks`, whose tags are replaced by predicted ones; the file's bytes
 * are the caller's to free.
 */
struct text parser_train(struct arena *a, struct treebank *banks, uint32_t count,
                         const struct tree_plan *plan);

#endif
