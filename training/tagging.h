/*
 * Training of the tagger.
 */
#ifndef ONRECORD_TRAINING_TAGGING_H
#define ONRECORD_TRAINING_TAGGING_H

#include "pipeline/tree_features.h"
#include "training/perceptron.h"

/* The copies of one treebank; they hold the same sentences. */
enum { CASE_COPIES = 3 };
struct treebank {
    struct document copies[CASE_COPIES]; /* as it is, Title Case, lower case */
    enum tree_style style;
};

struct tag_plan {
    uint32_t table_bits;
    uint32_t epochs;
    uint32_t seeds;
    uint32_t folds;   /* 0: train on everything */
    uint32_t skipped; /* else sentences whose number modulo `folds` is this are left out */
    uint32_t title_percent, lower_percent; /* how many recased copies join each epoch */
};

/* A sentence to learn from. */
struct example {
    uint16_t bank;
    uint16_t copy;
    uint32_t sentence;
};

void treebank_read(struct arena *a, const char *path, struct treebank *out);

/* Room for every sentence and its copies; freed by the caller. */
struct example *examples_new(const struct treebank *banks, uint32_t count);

/*
 * The examples of one epoch in a new order: every sentence as it is, and a new choice of recased
 * copies. Returns their number.
 */
uint32_t examples_choose(const struct treebank *banks, uint32_t count, const struct tag_plan *plan,
                         struct chance *chance, struct example *out);

/* Trains on the gold tags of `banks`; the file's bytes are the caller's to free. */
struct text tagger_train(const struct treebank *banks, uint32_t count, const struct tag_plan *plan);

#endif
