/*
 * Names: persons, organisations, places, countries, nationalities.
 */
#ifndef ONRECORD_PIPELINE_NAMES_H
#define ONRECORD_PIPELINE_NAMES_H

#include "base/arena.h"
#include "base/error.h"
#include "models/document.h"

/* Needs tagged tokens; sets name and name_begins of each. */
enum err names_mark(struct arena *a, struct document *doc);

#endif
