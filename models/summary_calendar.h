/*
 * The dated commitments of one article as a calendar (RFC 5545): an all-day VEVENT for each
 * commitment whose due date names a day, month or year; the others have none, and their `missing`
 * says "due" in the JSON.
 */
#ifndef ONRECORD_MODELS_SUMMARY_CALENDAR_H
#define ONRECORD_MODELS_SUMMARY_CALENDAR_H

#include "base/arena.h"
#include "base/error.h"
#include "models/request.h"
#include "models/summary.h"

/*
 * The same summary gives the same bytes: DTSTAMP is the day of reference, and an event's UID is
 * made of the article's text and where in it the commitment stands. "By May 1" is an event on May
 * 1, "in April" one from April 1 to 30. ERR_NO_MEMORY.
 */
enum err summary_to_calendar(struct arena *a, const struct summary *s, const struct request *r,
                             const char *version, struct text *out);

#endif
