/*
 * Dictionary forms: "provided" is provide, "vaccines" vaccine, "better" good.
 *
 * By the rules of English inflection for the tag; data/lemmas.tsv holds what the rules get wrong.
 */
#ifndef ONRECORD_PIPELINE_LEMMAS_H
#define ONRECORD_PIPELINE_LEMMAS_H

#include "base/arena.h"
#include "base/error.h"
#include "models/document.h"

/*
 * The dictionary form of the lower-case `norm`, given its tag. It is static, a view of `norm`, or
 * lies in `a`.
 */
enum err lemma_of(struct arena *a, struct text norm, enum xpos xpos, struct text *out);

/* Sets the lemma of every tagged token. */
enum err lemmas_assign(struct arena *a, struct document *doc);

#endif
