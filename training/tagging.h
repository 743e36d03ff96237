/*
 * Training of the tagger.
 */
#ifndef ONRECORD_TRAINING_TAGGING_H
#define ONRECORD_TRAINING_TAGGING_H

#include "pipeline/words.h"
#include "training/perceptron.h"

/* The copies of one treebank; they hold the same sentences. */
enum { CASE_COPIES = 3 };
struct treebank {
    struct document copies[CASE_COPIES]; /* as it is, Title Case, lower case */
    struct word *words[CASE_COPIES];
};

struct tag_plan {
    uint32_t table_bits;
    uint32_t epochs;
    uint32_t seeds;
    uint32_t folds;   /* 0: train on everything */
    uint32_t skipped; /* else sentences whose number modulo `folds` is this are left out */
};

void treebank_read(struct arena *a, const char *path, struct treebank *out);

/* Trains on the gold tags of `banks`; the file's bytes are the caller's to free. */
struct text tagger_train(const struct treebank *banks, uint32_t count, const struct tag_plan *plan);

#endif
