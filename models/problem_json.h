/*
 * A problem as application/problem+json (RFC 9457).
 */
#ifndef ONRECORD_MODELS_PROBLEM_JSON_H
#define ONRECORD_MODELS_PROBLEM_JSON_H

#include "models/problem.h"

/* `instance` (the path) and `request_id` may have bytes NULL: the member is then left out. */
enum err problem_to_json(struct arena *a, const struct problem *p, struct text instance,
                         struct text request_id, struct text *out);

#endif
