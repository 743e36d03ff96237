/*
 * Parts of speech and lemmas.
 */
#ifndef ONRECORD_PIPELINE_TAGS_H
#define ONRECORD_PIPELINE_TAGS_H

#include "base/arena.h"
#include "base/error.h"
#include "models/document.h"

/* Needs tokens; sets upos, xpos and lemma of each. */
enum err tags_assign(struct arena *a, struct document *doc);

#endif
