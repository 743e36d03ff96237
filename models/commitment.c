#include "models/commitment.h"

const char *const commitment_type_names[COMMITMENT_TYPE_COUNT] = {COMMITMENT_TYPES(NAMED_STRING)};

const char *const strength_names[STRENGTH_COUNT] = {STRENGTHS(NAMED_STRING)};
