/*
 * The learned name finder: a label a token, from left to right, each fitting the one before.
 */
#ifndef ONRECORD_PIPELINE_NAME_MODEL_H
#define ONRECORD_PIPELINE_NAME_MODEL_H

#include "base/arena.h"
#include "base/error.h"
#include "models/document.h"
#include "pipeline/weights.h"
#include "pipeline/words.h"

/*
 * Needs words, and tokens that are tagged and marked by the rules; puts its own marks in the place
 * of theirs. It knows places, not countries.
 */
enum err name_model_mark(struct arena *a, const struct weights *weights, struct document *doc);

#endif
