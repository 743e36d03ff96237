#include "fetcher/slots.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "fetcher/clock.h"

enum { HOST_BYTES = 256 };

enum stage { PLACE_FREE, PLACE_IDLE, PLACE_WAITS, PLACE_RUNS };

struct place {
    enum stage stage;
    char host[HOST_BYTES]; /* of PLACE_WAITS and PLACE_RUNS */
};

struct slots {
    pthread_mutex_t lock;
    pthread_cond_t given; /* a host was given back, or all stops */
    unsigned total, per_host;
    bool stopping;
    struct place places[];
};

struct slots *slots_new(unsigned total, unsigned per_host)
{
    struct slots *s = calloc(1, sizeof *s + total * sizeof(struct place));
    if (!s)
        return NULL;
    s->total = total;
    s->per_host = per_host;
    pthread_mutex_init(&s->lock, NULL);
    if (clock_cond_init(&s->given) != 0) {
        pthread_mutex_destroy(&s->lock);
        free(s);
        return NULL;
    }
    return s;
}

void slots_free(struct slots *s)
{
    if (!s)
        return;
    pthread_cond_destroy(&s->given);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

void slots_stop(struct slots *s)
{
    pthread_mutex_lock(&s->lock);
    s->stopping = true;
    pthread_cond_broadcast(&s->given);
    pthread_mutex_unlock(&s->lock);
}

enum err slots_enter(struct slots *s, unsigned *place, struct fetch_error *why)
{
    unsigned i = 0;
    pthread_mutex_lock(&s->lock);
    while (i < s->total && s->places[i].stage != PLACE_FREE)
        i++;
    if (i < s->total)
        s->places[i].stage = PLACE_IDLE;
    pthread_mutex_unlock(&s->lock);

    if (i == s->total)
        return fetch_fail(why, ERR_BUSY, "Too many pages are being fetched");
    *place = i;
    return ERR_OK;
}

void slots_leave(struct slots *s, unsigned place)
{
    pthread_mutex_lock(&s->lock);
    s->places[place].stage = PLACE_FREE;
    pthread_mutex_unlock(&s->lock);
}

/* Places in `stage` for `host`. The table is as small as the pool: a walk is cheaper than a hash.
 */
static unsigned count(const struct slots *s, const char *host, enum stage stage)
{
    unsigned n = 0;
    for (unsigned i = 0; i < s->total; i++)
        n += s->places[i].stage == stage && strcmp(s->places[i].host, host) == 0;
    return n;
}

/* With the lock held. */
static bool wait_turn(struct slots *s, const char *host, int64_t deadline)
{
    const struct timespec until = clock_at(deadline);
    while (!s->stopping && count(s, host, PLACE_RUNS) >= s->per_host) {
        if (pthread_cond_timedwait(&s->given, &s->lock, &until) != 0)
            return false;
    }
    return !s->stopping;
}

enum err slots_take_host(struct slots *s, unsigned place, const char *host, int64_t deadline,
                         struct fetch_error *why)
{
    struct place *own = &s->places[place];
    pthread_mutex_lock(&s->lock);
    bool taken = strlen(host) < HOST_BYTES && count(s, host, PLACE_WAITS) < (s->total + 1) / 2;
    if (taken) {
        memcpy(own->host, host, strlen(host) + 1);
        own->stage = PLACE_WAITS;
        taken = wait_turn(s, own->host, deadline);
        own->stage = taken ? PLACE_RUNS : PLACE_IDLE;
    }
    pthread_mutex_unlock(&s->lock);
    return taken ? ERR_OK
                 : fetch_fail(why, ERR_BUSY, "Too many pages of this site are being fetched");
}

void slots_give_host(struct slots *s, unsigned place)
{
    pthread_mutex_lock(&s->lock);
    s->places[place].stage = PLACE_IDLE;
    pthread_cond_broadcast(&s->given);
    pthread_mutex_unlock(&s->lock);
}
