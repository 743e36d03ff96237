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

struct tree_context {
    const struct transitions *state;
    const struct word *words;   /* of the sentence */
    const struct token *tokens; /* of the sentence, tagged */
    enum casing casing;
};

void tree_features(const struct tree_context *c, struct rows *out);

#endif
