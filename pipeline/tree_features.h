/*
 * The parser's features: the words on top of the stack and in front of the buffer, and their
 * children.
 */
#ifndef ONRECORD_PIPELINE_TREE_FEATURES_H
#define ONRECORD_PIPELINE_TREE_FEATURES_H

#include "models/document.h"
#include "pipeline/linear.h"
#include "pipeline/transitions.h"
#include "pipeline/words.h"

/* What the parser sees of a token without regard to its state; counts are of the tokens before. */
struct outlook {
    uint64_t lemma;       /* hash */
    uint64_t tag;         /* UPOS and XPOS */
    uint32_t next_finite; /* the first finite verb or modal from here on, or NO_NODE */
    uint32_t commas, verbs, marks, quotes;
};

struct tree_context {
    const struct transitions *state;
    const struct word *words;      /* of the sentence */
    const struct outlook *outlook; /* of the sentence, and one more behind it */
    enum casing casing;
};

/* Fills out[0 .. count] for `count` tagged tokens with lemmas. */
void tree_look_out(const struct token *tokens, uint32_t count, struct outlook *out);

void tree_features(const struct tree_context *context, struct rows *rows);

#endif
