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
enum {
    FACT_FORM,
    FACT_TAGS,
    FACT_FINE,   /* word class */
    FACT_COARSE, /* word class */
    FACT_SENSES,
    FACT_FRAMES, /* of verbs */
    FACT_LEMMA,
    FACTS
};

struct outlook {
    uint64_t facts[FACTS]; /* hashes */
    uint64_t tag;          /* UPOS and XPOS */
    uint32_t next_finite;  /* the first finite verb or modal from here on, or NO_NODE */
    uint32_t commas, verbs, marks, quotes;
};

/*
 * Treebanks differ in what they call a relation. Each is learned in its own style; what the service
 * reads is edited.
 */
enum tree_style { STYLE_EDITED, STYLE_WEB };

struct tree_context {
    const struct transitions *state;
    const struct outlook *outlook; /* of the sentence, and one more behind it */
    enum casing casing;
    enum tree_style style;
};

enum { TREE_NODES = 21 };

/* What the parser sees before one decision: hashes. pipeline/tree_features.c numbers the words. */
struct tree_view {
    const uint64_t *facts[TREE_NODES];
    uint64_t label[TREE_NODES], lefts[TREE_NODES], rights[TREE_NODES], counts[TREE_NODES];
    uint64_t distance[2], between[2], finite, casing, style;
};

/* Fills out[0 .. count] for `count` tagged tokens with lemmas. */
void tree_look_out(const struct token *tokens, const struct word *words, uint32_t count,
                   struct outlook *out);

void tree_look(const struct tree_context *c, struct tree_view *view);

/* The features of the next move, and of the relation that an arc by `move` gets. */
void move_features(const struct tree_view *view, struct rows *rows);
void label_features(const struct tree_view *view, enum move move, struct rows *rows);

#endif
