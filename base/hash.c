#include "base/hash.h"

/* Read byte by byte in little-endian order: the compiler makes one load of it where it can. */
static uint64_t load(const unsigned char *p, size_t n)
{
    uint64_t x = 0;
    for (size_t i = 0; i < n; i++)
        x |= (uint64_t)p[i] << (8 * i);
    return x;
}

/* The last 1 to 7 bytes as load() has them, by reads that overlap instead of a loop. */
static uint64_t load_rest(const unsigned char *p, size_t n)
{
    if (n >= 4)
        return load(p, 4) | load(p + n - 4, 4) << (8 * (n - 4));
    return p[0] | (uint64_t)p[n / 2] << (8 * (n / 2)) | (uint64_t)p[n - 1] << (8 * (n - 1));
}

uint64_t hash_bytes(const void *bytes, size_t len, uint64_t seed)
{
    const unsigned char *p = bytes;
    uint64_t h = seed ^ UINT64_C(0xcbf29ce484222325) ^ hash_mix(len);

    for (; len >= 8; p += 8, len -= 8)
        h = hash_mix(h ^ load(p, 8)) * UINT64_C(0x100000001b3);
    if (len > 0)
        h = hash_mix(h ^ load_rest(p, len)) * UINT64_C(0x100000001b3);
    return hash_mix(h);
}
