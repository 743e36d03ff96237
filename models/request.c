#include "models/request.h"

const char *const source_kind_names[SOURCE_KIND_COUNT] = {SOURCE_KINDS(NAMED_STRING)};

const char *const offset_unit_names[OFFSET_UNIT_COUNT] = {OFFSET_UNITS(NAMED_STRING)};
