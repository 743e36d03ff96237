/*
 * Percent-encoding of URLs and forms (RFC 3986, 2.1; application/x-www-form-urlencoded).
 */
#ifndef ONRECORD_BASE_PERCENT_H
#define ONRECORD_BASE_PERCENT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/span.h"

/*
 * Decodes "%41+b" to "A b" in the arena. ERR_BAD_ENCODING: a broken escape, %00, not UTF-8;
 * ERR_NO_MEMORY.
 */
enum err percent_decode(struct arena *a, struct text raw, bool plus_is_space, struct text *out);

#endif
