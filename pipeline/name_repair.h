/*
 * Where the rules know better than the learned model, its names are mended.
 */
#ifndef ONRECORD_PIPELINE_NAME_REPAIR_H
#define ONRECORD_PIPELINE_NAME_REPAIR_H

#include "pipeline/name_extent.h"

/* The mark of one token, kept while the model writes its own. */
struct mark {
    uint8_t class;
    bool begins;
};

/* How many names are marked. */
uint32_t name_count(const struct document *doc);

/* `ruled` are the marks that the rules gave to the tokens of `doc`. */
void name_repair(struct document *doc, const struct mark *ruled);

#endif
