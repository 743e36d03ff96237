#include "pipeline/lookup.h"

#include "base/hash.h"

enum err lookup_new(struct arena *a, uint32_t count, struct lookup *out)
{
    uint32_t size = 8;
    while (size < 2 * (uint64_t)count && size < UINT32_C(1) << 31)
        size *= 2;

    uint64_t *keys = ARENA_ARRAY(a, uint64_t, size);
    uint32_t *values = ARENA_ARRAY(a, uint32_t, size);
    if (!keys || !values)
        return ERR_NO_MEMORY;
    *out = (struct lookup){keys, values, size - 1};
    return ERR_OK;
}

/* The slot that holds `hash`, or the free one in which it would stand. */
static uint32_t slot_of(const struct lookup *l, uint64_t hash)
{
    uint32_t i = (uint32_t)hash & l->mask;

    /* At most half of the slots are taken, so the walk ends. */
    while (l->keys[i] && l->keys[i] != hash)
        i = (i + 1) & l->mask;
    return i;
}

static uint64_t key_hash(struct text key)
{
    return hash_bytes(key.bytes, key.len, 0) | 1;
}

uint32_t *lookup_put(struct lookup *l, struct text key, uint32_t fresh)
{
    uint64_t hash = key_hash(key);
    uint32_t i = slot_of(l, hash);

    if (!l->keys[i]) {
        l->keys[i] = hash;
        l->values[i] = fresh;
    }
    return &l->values[i];
}

uint32_t lookup_get(const struct lookup *l, struct text key, uint32_t missing)
{
    uint32_t i = slot_of(l, key_hash(key));
    return l->keys[i] ? l->values[i] : missing;
}
