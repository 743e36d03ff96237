/*
 * Training of a linear model: an averaged perceptron over the hashed rows of pipeline/linear.h.
 *
 * All arithmetic on weights is in integers, so the same examples in the same order give the same
 * model on every machine.
 */
#ifndef ONRECORD_TRAINING_PERCEPTRON_H
#define ONRECORD_TRAINING_PERCEPTRON_H

#include "pipeline/weights.h"

struct perceptron {
    int16_t *weights; /* small, for the cache: they stay within some hundreds */
    int64_t *missing; /* weight times clock when it was added: what the average lacks of it */
    uint8_t *seen;    /* how often a feature stood in the training text, by its whole hash */
    uint8_t least;    /* rarer features learn nothing: they would only fill the table */
    int64_t clock;
    uint32_t table_bits;
    uint32_t classes;
};

/* Zeroed; ends the program if there is no memory. */
void perceptron_new(struct perceptron *p, uint32_t table_bits, uint32_t classes, uint8_t least);
void perceptron_free(struct perceptron *p);

void perceptron_score(const struct perceptron *p, const struct rows *rows, int32_t *scores);

/* Counts the features of one training decision; to be done for all of them before learning. */
void perceptron_see(struct perceptron *p, const struct rows *rows);

/* Moves the weights of one class of `rows`. */
void perceptron_add(struct perceptron *p, const struct rows *rows, uint32_t class, int16_t by);

/* A sum of averaged models of several seeds, in 1/65536. */
struct average {
    int64_t *sum;
    uint32_t table_bits;
    uint32_t classes;
};

void average_new(struct average *a, uint32_t table_bits, uint32_t classes);
void average_free(struct average *a);
void average_add(struct average *a, const struct perceptron *p);

/* Adds `from`, of the same size, and frees it. */
void average_merge(struct average *into, struct average *from);

/* A whole weights file, scaled so that the largest weight is 127. The caller frees its bytes. */
struct text weights_build(const struct average *a, enum weights_kind kind,
                          const struct class_pair *pairs);
void weights_write(const char *path, struct text file);

/* A reproducible stream of numbers (SplitMix64). */
struct chance {
    uint64_t state;
};
uint32_t chance_below(struct chance *c, uint32_t limit);

/* End the program with a message where there is no memory, or a stage failed. */
void *must_have(void *memory);
void must_succeed(enum err err);

#endif
