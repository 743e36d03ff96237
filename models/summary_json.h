/*
 * The summary object as JSON: the same summary gives the same bytes.
 */
#ifndef ONRECORD_MODELS_SUMMARY_JSON_H
#define ONRECORD_MODELS_SUMMARY_JSON_H

#include "base/arena.h"
#include "base/error.h"
#include "models/request.h"
#include "models/summary.h"

/*
 * Writes `s` as the contract says, with the offset unit, includes and least confidence of `r`.
 * `version` goes into the id (a hash of text, title, reference date, options and version) unless
 * the request brought its own. Output is compact, or indented by two spaces if `pretty`.
 *
 * Every member stands in every answer, null or empty where nothing is known; only the lists of
 * `include` (mentions of actors, sentences of the article, tokens) come when asked for. An empty
 * span is null. Commitments below the least confidence are left out, and the others keep their
 * ids: "c3" is the same commitment at every threshold. same_as then names the first telling that
 * was kept.
 */
enum err summary_to_json(struct arena *a, const struct summary *s, const struct request *r,
                         const char *version, bool pretty, struct text *out);

#endif
