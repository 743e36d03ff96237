/*
 * From what a family found to what is published.
 */
#ifndef ONRECORD_PIPELINE_DATES_FINISH_H
#define ONRECORD_PIPELINE_DATES_FINISH_H

#include "base/arena.h"
#include "base/error.h"
#include "pipeline/dates_scan.h"

/* Writes the values of `f`, which covers `span`, into `out`. */
enum err found_finish(struct arena *a, const struct found *f, struct span span, struct date *out);

#endif
