/*
 * The memory of what waits: bodies that come in, requests between two stages, replies that go out.
 *
 * A request at work may use a lot, but only as many are at work as there are workers. Those that
 * wait are many, so they share one budget, and who finds none left is answered 503.
 */
#ifndef ONRECORD_SERVER_HELD_H
#define ONRECORD_SERVER_HELD_H

#include "server/internal.h"

static inline void held_give_back(struct server *s, size_t bytes)
{
    atomic_fetch_sub(&s->metrics.held, (int64_t)bytes);
}

/* False, with nothing taken, if it would pass the budget. */
static inline bool held_take(struct server *s, size_t bytes)
{
    int64_t before = atomic_fetch_add(&s->metrics.held, (int64_t)bytes);
    if ((uint64_t)before + bytes <= s->settings.held_memory)
        return true;
    held_give_back(s, bytes);
    return false;
}

#endif
