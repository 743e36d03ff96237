#include "models/date.h"

const char *const date_type_names[DATE_TYPE_COUNT] = {DATE_TYPES(NAMED_STRING)};

const char *const date_mod_names[DATE_MOD_COUNT] = {DATE_MODS(NAMED_STRING)};
