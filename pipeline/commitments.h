/*
 * Who will do what, for whom, by when.
 */
#ifndef ONRECORD_PIPELINE_COMMITMENTS_H
#define ONRECORD_PIPELINE_COMMITMENTS_H

#include "base/arena.h"
#include "base/error.h"
#include "models/actor.h"
#include "models/commitment.h"
#include "models/date.h"
#include "models/document.h"
#include "pipeline/commitment_parts.h"

/* The probability from which on a candidate is taken for a commitment. */
extern const double commitments_accept_from;

/*
 * "Analysts |expect| that prices will rise": refused whatever the probability, unless one speaks of
 * what one will do oneself; "asked |whether| Moe will resign" and "prices will rise, |economists|
 * said" in any case.
 */
bool commitment_is_forecast(const struct scene *s, const struct candidate *c,
                            const struct parts *parts);

/* "The |storm| will reach the coast": what a thing will do, and nobody that it might belong to.
 * Somebody unknown may be bound: "She will pay", "The bank will pay". */
bool commitment_binds_nobody(const struct scene *s, const struct candidate *c,
                             const struct parts *p);

enum err commitments_find(struct arena *a, const struct document *doc, const struct actors *actors,
                          const struct dates *dates, struct commitments *out);

#endif
