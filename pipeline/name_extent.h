/*
 * Where a name begins and ends, where its marks cut it short: "Ban Ki-|moon|", "Ursula |von der|
 * Leyen", "|Siemens| AG", "|Will| Smith".
 */
#ifndef ONRECORD_PIPELINE_NAME_EXTENT_H
#define ONRECORD_PIPELINE_NAME_EXTENT_H

#include "pipeline/lexis.h"

/* The name that begins at token `i`, inside its sentence. */
struct range name_at(const struct document *doc, uint32_t i);

void name_set_class(struct document *doc, struct range r, enum name_class class);

/* The names that share a token with `r` go, whole. */
void name_clear(struct document *doc, struct range r);

/* Makes every name whole. */
void name_extend(struct document *doc);

#endif
