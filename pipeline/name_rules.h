/*
 * Names by word lists and by the company they keep: what the learned model starts from.
 */
#ifndef ONRECORD_PIPELINE_NAME_RULES_H
#define ONRECORD_PIPELINE_NAME_RULES_H

#include "base/arena.h"
#include "base/error.h"
#include "models/document.h"

/* Needs tagged tokens; sets name and name_begins of each. */
enum err name_rules_mark(struct arena *a, struct document *doc);

#endif
