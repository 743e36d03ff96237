/*
 * The summary as a card in Markdown (CommonMark) that a reporter can paste: a heading, and for each
 * commitment who, what, by when, how firm, and the sentence that says so.
 */
#ifndef ONRECORD_MODELS_SUMMARY_MARKDOWN_H
#define ONRECORD_MODELS_SUMMARY_MARKDOWN_H

#include "base/arena.h"
#include "base/error.h"
#include "models/request.h"
#include "models/summary.h"

/* Commitments below the request's least confidence are left out. ERR_NO_MEMORY. */
enum err summary_to_markdown(struct arena *a, const struct summary *s, const struct request *r,
                             struct text *out);

#endif
