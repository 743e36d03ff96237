/*
 * Byte offsets into the units that clients count in: the only place where they are computed.
 */
#ifndef ONRECORD_MODELS_OFFSETS_H
#define ONRECORD_MODELS_OFFSETS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/span.h"
#include "models/request.h"

struct offsets {
    struct text text;
    enum offset_unit unit;
    const uint32_t
        *marks; /* units before byte 64*i; NULL where units are bytes or the text is ASCII */
};

/* Reads well-formed `text` once: afterwards an offset costs at most 64 bytes of walking. */
enum err offsets_prepare(struct arena *a, struct text text, enum offset_unit unit,
                         struct offsets *out);

/* The number of units before `byte`, which must be a code point's start or text.len. */
uint32_t offsets_of(const struct offsets *o, uint32_t byte);

#endif
