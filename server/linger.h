/*
 * Closing so that the last words arrive.
 *
 * If a server closes a socket while the client still sends, the kernel answers with a reset, and
 * the client may lose the reply that told it why. So the socket is kept for a moment after the
 * library has closed its own descriptor of it, and what still comes is read and thrown away.
 */
#ifndef ONRECORD_SERVER_LINGER_H
#define ONRECORD_SERVER_LINGER_H

#include <stdbool.h>
#include <stdint.h>

enum { LINGER_MAX = 64, LINGER_US = 2000000 };

struct lingering {
    int epoll;
    struct {
        int fd; /* -1: free */
        int64_t until;
    } at[LINGER_MAX];
};

void linger_init(struct lingering *l, int epoll);

/*
 * Keeps a copy of `fd` open for LINGER_US at most. With LINGER_MAX kept already the client has to
 * live with the reset. The copy's epoll event carries slot + `LINGER_TAG` in data.u64.
 */
#define LINGER_TAG UINT64_C(0x100000000)
void linger_keep(struct lingering *l, int fd, int64_t now);

/* Reads from the socket of an event and drops it; lets go of it at its end. */
void linger_read(struct lingering *l, uint64_t tag);

/* Lets go of the overdue ones; the return value is the next deadline, or INT64_MAX. */
int64_t linger_expire(struct lingering *l, int64_t now);

void linger_close(struct lingering *l);

#endif
