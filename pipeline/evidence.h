/*
 * Decisions by named evidence: a logistic regression whose features are short texts.
 *
 * A feature is a text ("t=will/modal", "subject=organisation"); a file of data/ gives its weights,
 * one column a decision, so that every decision can be read and traced. The sum of a case's weights
 * goes through the logistic function and is a probability. Training collects the same features
 * through a listener.
 */
#ifndef ONRECORD_PIPELINE_EVIDENCE_H
#define ONRECORD_PIPELINE_EVIDENCE_H

#include <stdbool.h>

#include "pipeline/wordlist.h"

enum { EVIDENCE_COLUMNS = 2, EVIDENCE_BYTES_MAX = 64, EVIDENCE_SEEN = 512 };

/*
 * data/NAME-weights.tsv as `evidence_NAME`: features are known by hash_bytes(feature, len, 0)
 * alone, of which the lower bits tell the slot and the upper half is its tag. An empty slot has no
 * weights.
 */
struct evidence_slot {
    uint32_t tag;
    int16_t hundredths[EVIDENCE_COLUMNS];
};

struct evidence_weights {
    const struct evidence_slot *slots;
    uint32_t slot_count; /* a power of two */
};

struct evidence {
    const struct evidence_weights *weights;
    int32_t hundredths[EVIDENCE_COLUMNS]; /* the sums so far */
    unsigned seen_count;
    uint32_t seen[EVIDENCE_SEEN]; /* tags: a feature counts once, however often it is added */
    void (*listener)(void *to, struct text feature); /* NULL but in training */
    void *to;
};

/*
 * Adds one feature, once; of printf's conversions it knows %s, %.*s, %d and %u. Upper case becomes
 * lower, white space an underscore, and what is longer than EVIDENCE_BYTES_MAX is cut. A case has
 * at most EVIDENCE_SEEN / 2 features.
 */
void evidence_add(struct evidence *e, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds "near=word"; nothing for addresses and the like, which are too long to be words. */
void evidence_add_word(struct evidence *e, const char *where, struct text word);

/* The probability that the decision of this column is yes. */
double evidence_probability(const struct evidence *e, unsigned column);

/* For "%.*s". */
enum { EVIDENCE_TEXT_MAX = 20 };
#define EVIDENCE_TEXT(t) (int)((t).len > EVIDENCE_TEXT_MAX ? EVIDENCE_TEXT_MAX : (t).len), (t).bytes

#endif
