/*
 * A table from the hash of a text to a number, of a size fixed beforehand.
 *
 * Two texts with one 64-bit hash would be taken for the same; what hangs on it is at most which
 * actor a name is counted to.
 */
#ifndef ONRECORD_PIPELINE_LOOKUP_H
#define ONRECORD_PIPELINE_LOOKUP_H

#include "base/arena.h"
#include "base/error.h"
#include "base/span.h"

struct lookup {
    uint64_t *keys;   /* 0: the slot is free */
    uint32_t *values; /* beside the keys */
    uint32_t mask;
};

/* Room for `count` different keys. */
enum err lookup_new(struct arena *a, uint32_t count, struct lookup *out);

/* The place of the value of `key`; a new key's value is `fresh`. At most `count` keys may be put.
 */
uint32_t *lookup_put(struct lookup *l, struct text key, uint32_t fresh);

/* The value of `key`, or `missing`. */
uint32_t lookup_get(const struct lookup *l, struct text key, uint32_t missing);

#endif
