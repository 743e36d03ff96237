/*
 * Running text as numbers of words, for learning word classes.
 */
#ifndef ONRECORD_TRAINING_RAWTEXT_H
#define ONRECORD_TRAINING_RAWTEXT_H

#include "base/arena.h"
#include "base/span.h"

/* Word 0 is the boundary between sentences. Words are numbered in the order of first appearance. */
struct rawtext {
    uint32_t *words; /* the text */
    uint32_t length, capacity;
    uint32_t *keys;   /* lexicon_key() of each word */
    uint32_t *counts; /* how often it stands in the text */
    uint32_t vocabulary, vocabulary_capacity;
    uint32_t *slots; /* key to word number: open addressing */
    uint32_t slot_count;
};

void rawtext_new(struct rawtext *r);
void rawtext_free(struct rawtext *r);

/* Adds the tokens of a treebank (FILE.conllu) or of any other file as bio_read() reads it. */
void rawtext_add(struct rawtext *r, const char *path);

/* Leaves words rarer than `least` out; they become one word of their own, number 1. */
void rawtext_prune(struct rawtext *r, uint32_t least);

#endif
