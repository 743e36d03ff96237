/*
 * Temporal expressions: recognised, and resolved against the reference date.
 */
#ifndef ONRECORD_PIPELINE_DATES_H
#define ONRECORD_PIPELINE_DATES_H

#include "base/arena.h"
#include "base/error.h"
#include "models/date.h"
#include "models/document.h"

/* Needs tagged tokens. Parts that hang on an unknown reference stay X: "XXXX-04-07". */
enum err dates_find(struct arena *a, const struct document *doc, struct dates *out);

/* The sentence that tells an editor of `odd`: "Wednesday, April 8, 2021" is a Thursday. */
enum err dates_odd_text(struct arena *a, const struct document *doc, const struct date_oddity *odd,
                        struct text *out);

#endif
