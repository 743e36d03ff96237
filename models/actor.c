#include "models/actor.h"

const char *const actor_type_names[ACTOR_TYPE_COUNT] = {ACTOR_TYPES(NAMED_STRING)};

const char *const mention_kind_names[MENTION_KIND_COUNT] = {MENTION_KINDS(NAMED_STRING)};
