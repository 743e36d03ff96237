/*
 * The linear model under the tagger, the parser and the name finder.
 *
 * A model is one table of int8 weights. A feature is hashed to a row: its weights for the model's
 * classes lie in consecutive bytes from `row` on, so a feature costs one or two cache lines. Rows
 * overlap (a table of 2^20 bytes has 2^20 rows, whatever the number of classes): most weights are
 * zero, and training learns around the rest. A class's score is the sum over the feature rows, in
 * int16: integers add up to the same score on every processor and in any order.
 *
 * Method: averaged perceptron (Collins 2002) with hashed features (Weinberger et al. 2009).
 */
#ifndef ONRECORD_PIPELINE_LINEAR_H
#define ONRECORD_PIPELINE_LINEAR_H

#include <stdbool.h>
#include <stdint.h>

enum {
    LINEAR_CLASSES_MAX = 128,
    LINEAR_ROWS_MAX = 192, /* 192 * 127 is less than 2^15: sums cannot overflow */
};

struct linear {
    const int8_t *weights; /* mask + 1 + LINEAR_CLASSES_MAX bytes */
    uint32_t mask;         /* a power of two less one */
    uint32_t classes;      /* 1 to LINEAR_CLASSES_MAX */
};

/* The features of one decision. */
struct rows {
    uint32_t at[LINEAR_ROWS_MAX];
    uint32_t count;
};

struct scores {
    _Alignas(32) int16_t at[LINEAR_CLASSES_MAX];
};

/* Mixes one more value into a feature's hash; the upper bits are the good ones. */
static inline uint64_t feature_mix(uint64_t h, uint64_t value)
{
    return (h ^ value) * UINT64_C(0x9e3779b97f4a7c15) + (h >> 29);
}

static inline uint32_t feature_row(uint64_t h)
{
    return (uint32_t)(h >> 32);
}

/*
 * Adds up the rows; only the first model->classes scores mean anything. Uses AVX2 where the
 * processor has it.
 */
void linear_score(const struct linear *model, const struct rows *rows, struct scores *out);

/* The same scores without SIMD; public for the test that compares the two. */
void linear_score_portable(const struct linear *model, const struct rows *rows, struct scores *out);

/* The class with the highest score, the lowest such class on a tie. */
uint32_t linear_best(const struct linear *model, const struct scores *scores);

#endif
