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
 *
 * What the contract leaves open:
 * - null is refused, except for id, title, published and source_url, where it means "not given";
 * - an empty title counts as none; an empty text is read (and refused later, as empty), an empty
 *   url is refused here;
 * - source_url is an http or https URL, and stands beside text or html only;
 * - include may name a thing twice; min_confidence lies between 0 and 1, both included.
 */
enum err request_from_json(struct arena *a, struct text body, struct request *out,
                           struct problem *why);

/*
 * Sets one option by name ("published", "title", "source_url", "offsets", "id", "include",
 * "min_confidence") from a string, for query parameters and command lines; the string must outlive
 * `r`. `include` takes a comma-separated list. An empty value leaves the option as it was, since an
 * HTML form sends all its fields. If the name or value is wrong, sets the code and detail of `why`,
 * adds an error under `pointer` and returns ERR_INVALID_REQUEST; errors of several calls add up.
 */
enum err request_set_option(struct arena *a, struct request *r, struct text name, struct text value,
                            struct text pointer, struct problem *why);

#endif
