/*
 * A fast 64-bit hash of bytes: the same value on every machine, so that ids and feature rows are
 * reproducible. Not for secrets, and not safe against chosen collisions.
 * Method: FNV-1a's loop over eight bytes at a time with the finishing mix of MurmurHash3.
 */
#ifndef ONRECORD_BASE_HASH_H
#define ONRECORD_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t hash_bytes(const void *bytes, size_t len, uint64_t seed);

/* Spreads every bit of `x` over the whole word. */
static inline uint64_t hash_mix(uint64_t x)
{
    x ^= x >> 33;
    x *= UINT64_C(0xff51afd7ed558ccd);
    x ^= x >> 33;
    x *= UINT64_C(0xc4ceb9fe1a85ec53);
    x ^= x >> 33;
    return x;
}

#endif
