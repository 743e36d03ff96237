/*
 * WordNet's database files (wndb(5WN)) as lexemes.
 */
#ifndef ONRECORD_TRAINING_WORDNET_H
#define ONRECORD_TRAINING_WORDNET_H

#include "base/arena.h"
#include "pipeline/lexicon.h"

struct lexemes {
    struct lexeme *at;
    uint32_t count;
};

/*
 * The single words of WordNet in `folder`, irregular forms among them. A word stands once for each
 * part of speech.
 */
void wordnet_read(struct arena *a, const char *folder, struct lexemes *out);

#endif
