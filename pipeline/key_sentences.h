/*
 * The few sentences that tell an article best.
 */
#ifndef ONRECORD_PIPELINE_KEY_SENTENCES_H
#define ONRECORD_PIPELINE_KEY_SENTENCES_H

#include "base/arena.h"
#include "base/error.h"
#include "models/summary.h"

enum { KEY_SENTENCES_MAX = 3 };

/*
 * At most KEY_SENTENCES_MAX body sentences in text order: chosen by the commitments they state, the
 * salience of the actors in them, and how early they stand. The first body sentence counts most.
 */
enum err key_sentences_choose(struct arena *a, const struct document *doc,
                              const struct actors *actors, const struct commitments *commitments,
                              struct spans *out);

#endif
