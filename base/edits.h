/*
 * How far a typed name is from a known one, for "did you mean".
 */
#ifndef ONRECORD_BASE_EDITS_H
#define ONRECORD_BASE_EDITS_H

#include "base/span.h"

enum { EDITS_NAME_MAX = 32, EDITS_NONE = 1000 };

/*
 * Edits (a byte in, out or changed; case does not count) that turn `typed` into `name`, or
 * EDITS_NONE if `name` has over EDITS_NAME_MAX bytes or more than a third of it would have to
 * change, so that the two have little to do with each other. Method: Wagner and Fischer, "The
 * String-to-String Correction Problem" (1974), one row at a time.
 */
unsigned edits_between(struct text typed, const char *name);

#endif
