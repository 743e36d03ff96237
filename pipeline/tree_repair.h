/*
 * Relations that the parser is known to get wrong and words decide.
 */
#ifndef ONRECORD_PIPELINE_TREE_REPAIR_H
#define ONRECORD_PIPELINE_TREE_REPAIR_H

#include "base/arena.h"
#include "base/error.h"
#include "models/document.h"

/*
 * Needs trees. "They agreed late on Monday to open the border": where a phrase stands between, the
 * parser takes the infinitive for a purpose (advcl). Behind the words of
 * data/infinitive-heads.tsv that have no clause yet it becomes their complement (xcomp).
 * "It will fail if they leave": an "if" tells a condition (advcl), unless the word is one of
 * data/question-heads.tsv (ccomp: "They will see if it holds"). "It is clear that they left": what
 * "it" stands for is the subject (csubj).
 */
enum err tree_repair(struct arena *a, struct document *doc);

#endif
