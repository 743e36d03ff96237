/*
 * Names into addresses, with a deadline.
 *
 * getaddrinfo() cannot be interrupted and may hang for half a minute, so every look-up runs on a
 * thread of its own. A caller waits until its deadline and then goes; the thread stays behind until
 * getaddrinfo() returns. The number of threads is bounded: while all of them hang, further
 * look-ups wait for one, and fail at their deadline.
 */
#ifndef ONRECORD_FETCHER_RESOLVE_H
#define ONRECORD_FETCHER_RESOLVE_H

#include "fetcher/address.h"
#include "fetcher/fetch_error.h"

enum { RESOLVED_MAX = 32 };

struct resolved {
    struct address at[RESOLVED_MAX]; /* without doubles */
    uint32_t count;
};

struct resolver;

/* NULL without memory. */
struct resolver *resolver_new(unsigned threads_max);

/* Does not wait for threads that hang: the last of them frees what is shared. NULL is allowed. */
void resolver_free(struct resolver *r);

/* Whoever waits for a look-up is told ERR_BUSY now, and later ones at once. */
void resolver_stop(struct resolver *r);

/*
 * All addresses of `name` (ASCII, without brackets). An `absolute` name is asked of the DNS as it
 * stands; otherwise /etc/hosts and the search list of resolv.conf take part, which no stranger's
 * URL should reach. `deadline` is of clock_ms().
 *
 * ERR_UPSTREAM: no such name, or more than RESOLVED_MAX addresses. ERR_UPSTREAM_TIMEOUT. ERR_BUSY:
 * no thread came free in time, or resolver_stop(). ERR_NO_MEMORY.
 */
enum err resolver_lookup(struct resolver *r, const char *name, bool absolute, int64_t deadline,
                         struct resolved *out, struct fetch_error *why);

/* Threads that are in a look-up now. */
unsigned resolver_threads(struct resolver *r);

#endif
