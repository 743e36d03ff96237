/*
 * What evaluate prints, part by part. None of the sets is ever trained on.
 */
#ifndef ONRECORD_TRAINING_EVALUATIONS_H
#define ONRECORD_TRAINING_EVALUATIONS_H

#include <stdint.h>

#include "pipeline/weights.h"

/* Right, of those predicted, of those in the corpus. */
struct count {
    uint32_t right, got, gold;
};

static inline double count_f1(struct count c)
{
    return c.got + c.gold ? 200.0 * c.right / (c.got + c.gold) : 0;
}

/* Sentences and tokens from raw text, and the speed of all stages. */
void evaluate_text(const char *corpora);

/* Tags, lemmas, trees on gold tokens. */
void evaluate_trees(const char *corpora, const struct weights *weights);

/* Names: the rules, the learned model, and both as the service joins them, side by side. */
void evaluate_names(const char *corpora, const struct weights *names);

#endif
