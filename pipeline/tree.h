/*
 * Sentences into trees: Universal Dependencies heads and relations.
 */
#ifndef ONRECORD_PIPELINE_TREE_H
#define ONRECORD_PIPELINE_TREE_H

#include "base/arena.h"
#include "base/error.h"
#include "models/document.h"
#include "pipeline/weights.h"
#include "pipeline/words.h"

/* A longer sentence is parsed in pieces; the pieces' roots hang on the first one's. */
enum { TREE_TOKENS_MAX = 400 };

/*
 * Needs tagged tokens; sets head and deprel of each. Every sentence has one root, whose head is
 * NO_HEAD. Greedy: the time is linear in the number of tokens.
 */
enum err tree_parse(struct arena *a, struct document *doc);

/* The same with other weights, for training; `doc` has words. */
enum err tree_parse_with(struct arena *a, const struct weights *moves, const struct weights *labels,
                         struct document *doc);

#endif
