/*
 * The tagger: one class (UPOS and XPOS together) a token, from left to right, greedily.
 */
#ifndef ONRECORD_PIPELINE_TAGGER_H
#define ONRECORD_PIPELINE_TAGGER_H

#include "pipeline/weights.h"
#include "pipeline/words.h"

/* Sets upos and xpos of every token of `doc`, which has words. */
void tagger_run(const struct weights *weights, struct document *doc);
void tagger_run_sentence(const struct weights *weights, struct document *doc,
                         const struct sentence *s);

#endif
