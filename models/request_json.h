/*
 * The request object of POST /v1/summaries.
 */
#ifndef ONRECORD_MODELS_REQUEST_JSON_H
#define ONRECORD_MODELS_REQUEST_JSON_H

#include "base/arena.h"
#include "models/problem.h"
#include "models/request.h"

/*
 * Reads `body`. Strings of `out` lie in `a`. On failure `out` is untouched and `why` says what is
 * wrong, naming every bad member (up to PROBLEM_ERRORS_MAX) by its JSON Pointer:
 * ERR_MALFORMED_JSON (line and column), ERR_BAD_ENCODING (byte offset), ERR_INVALID_REQUEST,
 * ERR_NO_MEMORY.
 */
enum err request_from_json(struct arena *a, struct text body, struct request *out,
                           struct problem *why);

/*
 * Sets one option by name ("published", "title", "source_url", "offsets", "id", "include",
 * "min_confidence") from a string, for query parameters and command lines. `include` takes a
 * comma-separated list. Adds to `why` under `pointer` and returns ERR_INVALID_REQUEST if the name
 * or value is wrong.
 */
enum err request_set_option(struct arena *a, struct request *r, struct text name, struct text value,
                            struct text pointer, struct problem *why);

#endif
