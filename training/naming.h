/*
 * Training of the name finder.
 */
#ifndef ONRECORD_TRAINING_NAMING_H
#define ONRECORD_TRAINING_NAMING_H

#include "pipeline/name_features.h"
#include "training/bio.h"
#include "training/perceptron.h"

/* A corpus whose labels are brought to one scheme: of names as models/document.h has them. */
struct name_corpus {
    struct bio bio; /* tagged, and marked by the rules */
    uint8_t *listed;
    uint8_t *class; /* gold enum name_class of each token; places hold countries */
    bool *begins;
    enum name_source source;
};

enum name_part { NAME_PART_ALL, NAME_PART_HELD_OUT, NAME_PART_REST };

/*
 * Reads a corpus. Leading titles are taken off persons. Of gmb-silver a tenth is held out: the
 * sentences whose sha256 (tokens joined by spaces) modulo 10 is 0; `part` says which to keep.
 */
void name_corpus_read(struct arena *a, const char *path, enum name_source source,
                      enum name_part part, struct name_corpus *out);

/* Marks each sentence as a text of its own by `mark`: name_rules_mark or names_mark. */
void name_corpus_mark(struct arena *a, struct name_corpus *c,
                      enum err (*mark)(struct arena *, struct document *));

struct name_plan {
    uint32_t table_bits, epochs, seeds;
};

struct text names_train(const struct name_corpus *corpora, uint32_t count,
                        const struct name_plan *plan);

#endif
