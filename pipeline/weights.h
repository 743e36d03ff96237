/*
 * The trained weights of data/weights/, embedded in the binary, mapped read-only by the loader and
 * shared by every thread.
 *
 * A model's file is a header, a pair of enum values for each class, and the table of weights. The
 * lexicon's is a header and its slots. Numbers are little-endian. training/ writes the files;
 * nothing else does.
 */
#ifndef ONRECORD_PIPELINE_WEIGHTS_H
#define ONRECORD_PIPELINE_WEIGHTS_H

#include "base/error.h"
#include "base/span.h"
#include "pipeline/lexicon.h"
#include "pipeline/linear.h"

enum weights_kind {
    WEIGHTS_WORDS,
    WEIGHTS_TAGS,
    WEIGHTS_MOVES,
    WEIGHTS_LABELS,
    WEIGHTS_NAMES,
    WEIGHTS_KIND_COUNT
};

#define WEIGHTS_MAGIC "OnRecWt1"

struct weights_header {
    char magic[8];
    uint32_t kind;       /* enum weights_kind */
    uint32_t table_bits; /* the table has 2^table_bits rows */
    uint32_t classes;
    uint32_t slots;    /* of the lexicon */
    uint64_t schema;   /* weights_schema() of the program that trained it */
    uint64_t checksum; /* hash_bytes of all that follows the header */
};

/* What a class stands for: for tags enum upos and enum xpos, for moves enum move and 0, for
 * labels enum deprel and 0.
 */
struct class_pair {
    uint8_t first, second;
};

struct weights {
    struct lexicon lexicon; /* of WEIGHTS_WORDS; what follows is of the others */
    struct linear model;
    const struct class_pair *pairs; /* model.classes of them */
};

/* Changes whenever the enums that class pairs hold values of, or the features, change. */
uint64_t weights_schema(void);

/*
 * Checks a weights file that should be of `kind` and points *out into it. On failure (ERR_INTERNAL)
 * *why says what is wrong.
 */
enum err weights_open(struct text file, enum weights_kind kind, struct weights *out,
                      const char **why);

/*
 * Checks every embedded file: called once at the program's start. *why names the file and the
 * fault.
 */
enum err weights_check(const char **why);

/* The embedded weights, trusted after weights_check(). */
struct weights weights_embedded(enum weights_kind kind);

/* Names the embedded weights: 16 hexadecimal digits and a NUL. */
void weights_version(char out[17]);

#endif
