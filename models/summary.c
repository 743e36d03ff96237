#include "models/summary.h"

const char *const reference_from_names[REFERENCE_FROM_COUNT] = {REFERENCES(NAMED_STRING)};
