/*
 * How many fetches at once: in all, and to one host. We are a guest at other people's servers, and
 * one slow site must not take every place.
 */
#ifndef ONRECORD_FETCHER_SLOTS_H
#define ONRECORD_FETCHER_SLOTS_H

#include <stdint.h>

#include "fetcher/fetch_error.h"

struct slots;

/* NULL without memory. At most half of `total` may wait for one host. */
struct slots *slots_new(unsigned total, unsigned per_host);

/* No place may be taken any more. NULL is allowed. */
void slots_free(struct slots *s);

/* Whoever waits for a host is told ERR_BUSY now, and later ones at once. */
void slots_stop(struct slots *s);

/* Takes one of the places 0 … total-1 for a whole fetch, at once or ERR_BUSY. */
enum err slots_enter(struct slots *s, unsigned *place, struct fetch_error *why);
void slots_leave(struct slots *s, unsigned place);

/*
 * Waits until `host` may have one more connection. Only the holder of `place` may call it, for one
 * host at a time. ERR_BUSY at the deadline (of clock_ms()), or at once if too many wait already.
 */
enum err slots_take_host(struct slots *s, unsigned place, const char *host, int64_t deadline,
                         struct fetch_error *why);
void slots_give_host(struct slots *s, unsigned place);

#endif
