/*
 * Who is who: names and descriptions gathered into one entry per real-world actor.
 */
#ifndef ONRECORD_PIPELINE_ACTORS_H
#define ONRECORD_PIPELINE_ACTORS_H

#include "base/arena.h"
#include "base/error.h"
#include "models/actor.h"
#include "models/commitment.h"
#include "models/document.h"

/*
 * Needs names. Actors stand in the order of their first mention; the doubtful are among them until
 * the commitments are known.
 */
enum err actors_find(struct arena *a, const struct document *doc, struct actors *out);

/*
 * Leaves out the doubtful actors that are party to no commitment, and weighs how much the text is
 * about each of the others. Indices in the actors and in `commitments` follow.
 */
enum err actors_settle(struct arena *a, const struct document *doc, struct actors *actors,
                       struct commitments *commitments);

/* The actor with a mention that overlaps `s`, the longest mention winning, or NO_ACTOR. */
uint32_t actors_at(const struct actors *actors, struct span s);

#endif
