#include "server/pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

/* Deep enough for every stage and small enough for hundreds of threads; no stage recurses. */
enum { STACK_BYTES = 1024 * 1024 };

struct pool {
    struct queue *queue;
    void (*run)(void *);
    unsigned count;
    pthread_t threads[];
};

static void *work(void *arg)
{
    struct pool *p = arg;
    for (void *item = queue_pop(p->queue); item; item = queue_pop(p->queue))
        p->run(item);
    return NULL;
}

static bool add_thread(struct pool *p, const char *name)
{
    pthread_attr_t attr;
    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, STACK_BYTES);
    bool made = pthread_create(&p->threads[p->count], &attr, work, p) == 0;
    pthread_attr_destroy(&attr);
    if (made)
        pthread_setname_np(p->threads[p->count++], name);
    return made;
}

struct pool *pool_new(const char *name, unsigned threads, uint32_t capacity, void (*run)(void *))
{
    struct pool *p = calloc(1, sizeof(*p) + threads * sizeof(p->threads[0]));
    if (!p)
        return NULL;
    p->run = run;
    p->queue = queue_new(capacity);
    bool complete = p->queue != NULL;
    for (unsigned i = 0; i < threads && complete; i++)
        complete = add_thread(p, name);
    if (complete)
        return p;
    if (p->queue)
        pool_stop(p, 1000);
    else
        free(p);
    return NULL;
}

bool pool_push(struct pool *p, void *item, uint32_t limit)
{
    return queue_push(p->queue, item, limit);
}

uint32_t pool_waiting(const struct pool *p)
{
    return queue_depth(p->queue);
}

bool pool_stop(struct pool *p, unsigned wait_ms)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until); /* the clock of pthread_timedjoin_np */
    until.tv_sec += wait_ms / 1000;
    until.tv_nsec += (long)(wait_ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }

    queue_close(p->queue);
    bool all = true;
    for (unsigned i = 0; i < p->count; i++)
        all = pthread_timedjoin_np(p->threads[i], NULL, &until) == 0 && all;
    if (!all)
        return false;
    queue_free(p->queue);
    free(p);
    return true;
}
