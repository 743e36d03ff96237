/*
 * Absolute deadlines of connections.
 *
 * A client that drips one byte a second is never inactive, so an inactivity timeout does not end
 * it. Here each phase of a connection has a time limit from its beginning. Since all connections in
 * a phase have the same limit, a list in order of entry is a list in order of deadline, and finding
 * who is due costs nothing. Belongs to one thread.
 */
#ifndef ONRECORD_SERVER_REAPER_H
#define ONRECORD_SERVER_REAPER_H

#include <stddef.h>
#include <stdint.h>

enum phase {
    PHASE_HEADER, /* from accept to the end of the first request's headers */
    PHASE_BODY,   /* to the end of its body */
    PHASE_WORK,   /* in queues and on workers */
    PHASE_LINE,   /* a batch's next answer is awaited from the workers */
    PHASE_WRITE,  /* from the reply's first byte to its last */
    PHASE_IDLE,   /* from a reply to the end of the next request's headers */
    PHASE_CUT,    /* past a deadline, and waiting to be closed; no limit */
    PHASE_COUNT
};

struct reaper_link {
    struct reaper_link *next;
    struct reaper_link *previous;
    enum phase phase;
    int64_t since; /* clock_now() */
};

struct reaper {
    struct reaper_link heads[PHASE_COUNT];
    int64_t limits[PHASE_COUNT]; /* in microseconds; 0: none */
};

void reaper_init(struct reaper *r, const int64_t limits[PHASE_COUNT]);

/* Puts a zeroed or already linked connection into `phase`, whose limit starts to count at `now`. */
void reaper_enter(struct reaper *r, struct reaper_link *l, enum phase phase, int64_t now);

/* Forgets the connection. */
void reaper_leave(struct reaper_link *l);

/* One connection that is past its deadline, or NULL. The caller moves it on. */
struct reaper_link *reaper_due(const struct reaper *r, int64_t now);

/* The earliest deadline, or INT64_MAX. */
int64_t reaper_next(const struct reaper *r);

#endif
