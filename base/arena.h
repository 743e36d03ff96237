/*
 * One memory owner per request.
 *
 * An arena hands out zeroed memory until its budget is spent, then NULL; everything goes at once
 * with arena_free(). Nothing in models/, pipeline/ or handlers/ calls malloc. An arena belongs to
 * one thread at a time.
 *
 * Built with ONRECORD_ARENA_SYSTEM (the sanitizer builds), every allocation is a malloc of its own,
 * so that AddressSanitizer sees its bounds.
 */
#ifndef ONRECORD_BASE_ARENA_H
#define ONRECORD_BASE_ARENA_H

#include <stddef.h>

struct arena;

/* NULL if even the first block cannot be had. `budget` is in bytes, counted over all allocations.
 */
struct arena *arena_new(size_t budget);

/* Frees all that was handed out, and the arena. NULL is allowed. */
void arena_free(struct arena *a);

/* `size` zeroed bytes aligned for any type, or NULL once the budget is spent. */
void *arena_alloc(struct arena *a, size_t size);

/* `count` zeroed elements of `size` bytes; NULL also where the product overflows. */
void *arena_array(struct arena *a, size_t count, size_t size);

/*
 * A copy of `old_size` bytes at `old` in a new place of `size` >= old_size bytes; in place where
 * `old` was the last allocation and there is room. `old` may be NULL with old_size 0.
 */
void *arena_grow(struct arena *a, void *old, size_t old_size, size_t size);

/* Sets another budget for the bytes that are handed out in all, also below what has been already.
 */
void arena_limit(struct arena *a, size_t budget);

/* Bytes handed out so far, and those that may still be. */
size_t arena_used(const struct arena *a);
size_t arena_left(const struct arena *a);

#define ARENA_NEW(a, type)          ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, count) ((type *)arena_array((a), (count), sizeof(type)))

#endif
