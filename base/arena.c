#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A block's payload follows its header; both are aligned for any type. */
struct block {
    alignas(max_align_t) struct block *next;
    size_t size;
    size_t used;
};

struct arena {
    struct block *head;
    size_t budget;
    size_t used;
};

enum { FIRST_BLOCK = 64 * 1024, LARGEST_BLOCK = 4 * 1024 * 1024 };

static size_t aligned(size_t size)
{
    size_t unit = alignof(max_align_t);
    return (size + unit - 1) / unit * unit;
}

size_t arena_left(const struct arena *a)
{
    return a->used < a->budget ? a->budget - a->used : 0;
}

static char *payload(struct block *b)
{
    return (char *)(b + 1);
}

/* calloc gives fresh pages from the kernel zeroed without touching them. */
static bool add_block(struct arena *a, size_t at_least)
{
    size_t size = a->head ? a->head->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
#ifdef ONRECORD_ARENA_SYSTEM
    size = at_least;
#endif
    if (size < at_least)
        size = at_least;

    struct block *b = calloc(1, sizeof(struct block) + size);
    if (!b)
        return false;
    b->size = size;
    b->next = a->head;
    a->head = b;
    return true;
}

struct arena *arena_new(size_t budget)
{
    struct arena *a = calloc(1, sizeof(*a));
    if (!a)
        return NULL;
    a->budget = budget;
    return a;
}

void arena_free(struct arena *a)
{
    if (!a)
        return;
    for (struct block *b = a->head, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    free(a);
}

void *arena_alloc(struct arena *a, size_t size)
{
    if (size > arena_left(a) || size > PTRDIFF_MAX)
        return NULL;
    size_t need = aligned(size ? size : 1);
    if (need > arena_left(a))
        return NULL;
    if ((!a->head || need > a->head->size - a->head->used) && !add_block(a, need))
        return NULL;

    char *at = payload(a->head) + a->head->used;
    a->head->used += need;
    a->used += need;
    return at;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total))
        return NULL;
    return arena_alloc(a, total);
}

void *arena_grow(struct arena *a, void *old, size_t old_size, size_t size)
{
    struct block *b = a->head;
    size_t have = aligned(old_size ? old_size : 1);
    bool last = old && b && (char *)old + have == payload(b) + b->used;

    if (last && size <= PTRDIFF_MAX) {
        size_t need = aligned(size ? size : 1);
        size_t more = need > have ? need - have : 0;
        if (more <= b->size - b->used && more <= arena_left(a)) {
            b->used += more;
            a->used += more;
            return old;
        }
    }
    void *fresh = arena_alloc(a, size);
    if (fresh && old)
        memcpy(fresh, old, old_size);
    return fresh;
}

void arena_limit(struct arena *a, size_t budget)
{
    a->budget = budget;
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}
