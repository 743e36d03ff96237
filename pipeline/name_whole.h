/*
 * Names made whole: what the learned model leaves off persons, and what a short form is short for.
 */
#ifndef ONRECORD_PIPELINE_NAME_WHOLE_H
#define ONRECORD_PIPELINE_NAME_WHOLE_H

#include "base/arena.h"
#include "base/error.h"
#include "pipeline/lexis.h"

/*
 * Needs names. "|June| Carter", "|Israel| Katz": given names of data/double-forenames.tsv join the
 * person behind them. "Kim Yo|-jong|": the rest of a hyphenated name joins the person before it.
 */
void name_complete_persons(struct document *doc);

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
