/*
 * Names that stand for others: short forms of bodies, and seats of governments.
 */
#ifndef ONRECORD_PIPELINE_NAME_FORMS_H
#define ONRECORD_PIPELINE_NAME_FORMS_H

#include "base/arena.h"
#include "base/error.h"
#include "pipeline/lexis.h"

/*
 * Needs names. The name in brackets behind a body's, and where it stands again: "the Film Council
 * (|Kofic|)", and the initials of a body told in full: "|NM|" after "Norland Motors".
 */
enum err name_mark_short_forms(struct arena *a, struct document *doc);

/*
 * Needs names. A seat of government that the model takes for a body or a person: "|Tehran| said",
 * and "|Paris| said" where France is named.
 */
enum err name_mark_seats(struct arena *a, struct document *doc);

#endif
