/*
 * The dateline: "ISLAMABAD, April 7 (Reuters) —" in front of the first sentence.
 */
#ifndef ONRECORD_PIPELINE_DATELINE_H
#define ONRECORD_PIPELINE_DATELINE_H

#include "models/date.h"
#include "models/document.h"
#include "pipeline/lexis.h"

struct dateline {
    struct text place; /* as written; bytes NULL if there is no dateline */
    struct day date;   /* unknown where the dateline gives no full date */
    struct span span;  /* from the start of its paragraph to its dash; empty if there is none */
};

/* Needs tokens. `dates` may have been resolved without a reference. */
struct dateline dateline_read(const struct document *doc, const struct dates *dates);

/*
 * Its tokens, the dash included, or an empty range. "IBM - the firm - said" is none here: short
 * capitals and a dash alone may be a body.
 */
struct range dateline_words(const struct document *doc);

#endif
