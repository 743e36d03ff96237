/*
 * Quantities: "5 million doses", "$2.5 billion", "30%", "two frigates".
 */
#ifndef ONRECORD_PIPELINE_QUANTITIES_H
#define ONRECORD_PIPELINE_QUANTITIES_H

#include "base/arena.h"
#include "base/error.h"
#include "models/commitment.h"
#include "models/date.h"
#include "models/document.h"
#include "pipeline/lexis.h"

struct quantities {
    struct quantity *at;
    uint32_t count;
};

/* Those within `in`, in text order, without numbers that belong to dates. */
enum err quantities_find(struct arena *a, const struct document *doc, const struct dates *dates,
                         struct range in, struct quantities *out);

#endif
