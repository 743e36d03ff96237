#include "fetcher/resolve.h"

#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fetcher/clock.h"

/* glibc's getaddrinfo() keeps its buffers on the stack: 256 KiB leave it ample room. */
enum { NAME_MAX_ = 256, STACK_BYTES = 256 * 1024 };

struct resolver {
    pthread_mutex_t lock;
    pthread_cond_t changed; /* a look-up is done, a thread has ended, or all stops */
    unsigned threads, threads_max;
    bool stopping;
    bool freed; /* resolver_free() was called: the last thread cleans up */
};

/* Belongs to the caller and the thread; whoever lets go of it last frees it. */
struct lookup {
    struct resolver *resolver;
    char name[NAME_MAX_];
    bool done, abandoned;
    bool found;
    struct resolved result;
};

struct resolver *resolver_new(unsigned threads_max)
{
    struct resolver *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->threads_max = threads_max;
    pthread_mutex_init(&r->lock, NULL);
    if (clock_cond_init(&r->changed) != 0) {
        pthread_mutex_destroy(&r->lock);
        free(r);
        return NULL;
    }
    return r;
}

static void destroy(struct resolver *r)
{
    pthread_cond_destroy(&r->changed);
    pthread_mutex_destroy(&r->lock);
    free(r);
}

void resolver_free(struct resolver *r)
{
    if (!r)
        return;
    pthread_mutex_lock(&r->lock);
    r->freed = true;
    bool last = r->threads == 0;
    pthread_mutex_unlock(&r->lock);
    if (last)
        destroy(r);
}

void resolver_stop(struct resolver *r)
{
    pthread_mutex_lock(&r->lock);
    r->stopping = true;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
}

static bool contains(const struct resolved *all, const struct address *a)
{
    for (uint32_t i = 0; i < all->count; i++) {
        if (all->at[i].is_v6 == a->is_v6 && memcmp(all->at[i].bytes, a->bytes, 16) == 0)
            return true;
    }
    return false;
}

/* False if there are none or too many, or one that is no Internet address: whoever checks the
 * list must see all of it. */
static bool collect(const struct addrinfo *list, struct resolved *out)
{
    for (const struct addrinfo *i = list; i; i = i->ai_next) {
        struct address a;
        if (!address_of_sockaddr(i->ai_addr, &a))
            return false;
        if (contains(out, &a))
            continue;
        if (out->count == RESOLVED_MAX)
            return false;
        out->at[out->count++] = a;
    }
    return out->count > 0;
}

static void *run(void *arg)
{
    struct lookup *l = arg;
    struct resolver *r = l->resolver;
    const struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct addrinfo *list = NULL;
    struct resolved result = {.count = 0};

    bool found = getaddrinfo(l->name, NULL, &hints, &list) == 0 && collect(list, &result);
    if (list)
        freeaddrinfo(list);

    pthread_mutex_lock(&r->lock);
    l->found = found;
    l->result = result;
    l->done = true;
    bool abandoned = l->abandoned;
    bool last = --r->threads == 0 && r->freed;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
    if (abandoned)
        free(l);
    if (last)
        destroy(r);
    return NULL;
}

static bool start(struct lookup *l)
{
    pthread_attr_t attr;
    pthread_t thread;
    if (pthread_attr_init(&attr) != 0)
        return false;
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attr, STACK_BYTES);
    bool started = pthread_create(&thread, &attr, run, l) == 0;
    pthread_attr_destroy(&attr);
    return started;
}

/* With the lock held. */
static bool take_thread(struct resolver *r, int64_t deadline)
{
    const struct timespec until = clock_at(deadline);
    while (!r->stopping && r->threads >= r->threads_max) {
        if (pthread_cond_timedwait(&r->changed, &r->lock, &until) != 0)
            return false;
    }
    if (r->stopping)
        return false;
    r->threads++;
    return true;
}

/* With the lock held. False if the deadline or the stop came first: then the thread frees the
 * look-up. */
static bool wait_done(struct resolver *r, struct lookup *l, int64_t deadline)
{
    const struct timespec until = clock_at(deadline);
    bool late = false;
    while (!l->done && !late && !r->stopping)
        late = pthread_cond_timedwait(&r->changed, &r->lock, &until) != 0;
    l->abandoned = !l->done;
    return l->done;
}

static enum err lookup_locked(struct resolver *r, struct lookup *l, int64_t deadline,
                              struct fetch_error *why)
{
    if (!take_thread(r, deadline)) {
        free(l);
        return fetch_fail(why, ERR_BUSY, "Too many host names are being looked up");
    }
    if (!start(l)) {
        r->threads--;
        free(l);
        return fetch_fail(why, ERR_BUSY, "No thread to look up the host name");
    }
    if (wait_done(r, l, deadline))
        return ERR_OK;
    if (r->stopping)
        return fetch_fail(why, ERR_BUSY, "The service is stopping");
    return fetch_fail(why, ERR_UPSTREAM_TIMEOUT, "The host name was not resolved in time");
}

enum err resolver_lookup(struct resolver *r, const char *name, bool absolute, int64_t deadline,
                         struct resolved *out, struct fetch_error *why)
{
    struct lookup *l = calloc(1, sizeof *l);
    if (!l)
        return fetch_fail(why, ERR_NO_MEMORY, "No memory to look up the host name");
    l->resolver = r;
    snprintf(l->name, sizeof l->name, "%s%s", name, absolute ? "." : "");

    pthread_mutex_lock(&r->lock);
    enum err e = lookup_locked(r, l, deadline, why);
    pthread_mutex_unlock(&r->lock);
    if (e)
        return e;

    bool found = l->found;
    if (found)
        *out = l->result;
    free(l);
    return found ? ERR_OK : fetch_fail(why, ERR_UPSTREAM, "The host name could not be resolved");
}

unsigned resolver_threads(struct resolver *r)
{
    pthread_mutex_lock(&r->lock);
    unsigned threads = r->threads;
    pthread_mutex_unlock(&r->lock);
    return threads;
}
