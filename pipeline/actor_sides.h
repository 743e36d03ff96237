/*
 * On whose side each actor is: the country of a minister, the firm of its chief executive, the body
 * that another is part of. What the words beside a name say comes first, then what its office or
 * name lets one expect, among those that the text speaks of.
 */
#ifndef ONRECORD_PIPELINE_ACTOR_SIDES_H
#define ONRECORD_PIPELINE_ACTOR_SIDES_H

#include "pipeline/actor_join.h"

/* Sets holder_entry of every entry; may add entries for sides that have only an adjective. */
void actor_sides_set(struct joined *j);

#endif
