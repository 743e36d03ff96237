/*
 * Why a commitment was found, or one was not: for who tunes the word lists and the weights.
 *
 * For each candidate, in text order, lines like
 *
 *   kept 0.99  pledge, bound: Canada
 *     sentence  Canada will send 200 nurses to Haiti by May 1, Health Minister Anna Roy said.
 *     trigger   "will": row will/modal, frame bare
 *     …
 *     sum       +5.17 by 98 features: 0.99 where 0.30 is enough
 *     weighs    +1.32 v=send, +0.91 subject=country, …; the other 86: +1.45
 */
#ifndef ONRECORD_PIPELINE_COMMITMENT_EXPLAIN_H
#define ONRECORD_PIPELINE_COMMITMENT_EXPLAIN_H

#include "base/arena.h"
#include "base/error.h"
#include "models/summary.h"

/* Reads the summary's document again and writes the text, UTF-8. ERR_NO_MEMORY. */
enum err commitments_explain(struct arena *a, const struct summary *s, struct text *out);

#endif
