#include "server/job.h"

#include <stddef.h>
#include <stdlib.h>

#include "server/held.h"
#include "server/payload.h"
#include "server/reply.h"
#include "server/stream.h"

enum {
    FIRST_BODY = 16 * 1024,
    HEADERS_MEMORY = 1024 * 1024, /* of a request that no worker has seen yet */
};

static bool is_wanted(const struct exchange *x)
{
    const struct job *j = (const struct job *)((const char *)x - offsetof(struct job, x));
    return atomic_load(&j->owner) != OWNER_NOBODY;
}

struct job *job_new(struct server *s, struct conn *c)
{
    struct job *j = calloc(1, sizeof(*j));
    if (!j)
        return NULL;
    j->server = s;
    j->conn = c;
    j->started = clock_now();
    j->x.service = s->service;
    j->x.wanted = is_wanted;
    j->x.arena = arena_new(HEADERS_MEMORY);
    if (j->x.arena)
        return j;
    free(j);
    return NULL;
}

void job_free(struct job *j)
{
    if (!j)
        return;
    if (j->admitted)
        atomic_fetch_sub(&j->server->metrics.in_flight, 1);
    if (j->reply)
        MHD_destroy_response(j->reply);
    job_free_work(j);
    payload_drop(j->answer);
    stream_release(j->stream);
    free(j);
}

void job_free_work(struct job *j)
{
    arena_free(j->x.arena);
    free(j->body); /* of a line NULL: its bytes are the stream's */
    held_give_back(j->server, j->body_cap + j->held);
    j->x.arena = NULL;
    j->body = NULL;
    j->body_cap = j->held = 0;
}

/*
 * The body lies outside the arena: realloc moves large blocks without copying, so that a body of
 * unknown length costs no more than its own size.
 */
static bool make_room(struct job *j, size_t need)
{
    size_t cap = j->body_cap ? j->body_cap : FIRST_BODY;
    if (j->declared.has_length)
        cap = (size_t)j->declared.length;
    while (cap < need)
        cap *= 2;
    if (cap <= j->body_cap)
        return true;
    if (!held_take(j->server, cap - j->body_cap))
        return false;
    char *body = realloc(j->body, cap);
    if (!body) {
        held_give_back(j->server, cap - j->body_cap);
        return false;
    }
    j->body = body;
    j->body_cap = cap;
    return true;
}

size_t job_body_limit(const struct job *j)
{
    const struct service *s = j->server->service;
    return j->route && j->route->line ? s->max_batch_body : s->max_body;
}

enum err job_add_body(struct job *j, const char *bytes, size_t len)
{
    size_t limit = job_body_limit(j);
    if (len > limit || j->body_len > limit - len)
        return ERR_TOO_LARGE;
    if (!make_room(j, j->body_len + len))
        return ERR_NO_MEMORY;
    memcpy(j->body + j->body_len, bytes, len);
    j->body_len += len;
    return ERR_OK;
}

/* Whoever wins the exchange owns the job; a job that the loop has let go of ends here. */
static void finish(struct job *j)
{
    int worker = OWNER_WORKER;
    if (j->stream)
        reply_line(j);
    else
        reply_make(j);
    if (atomic_compare_exchange_strong(&j->owner, &worker, OWNER_LOOP))
        loop_post(j->server, j);
    else
        job_free(j);
}

static bool push(struct job *j, enum next next, bool accepted)
{
    const struct server_settings *s = &j->server->settings;
    bool fetch = next == NEXT_FETCH;
    uint32_t limit = fetch ? s->fetch_queue : s->queue;
    j->queued = clock_now();
    bool pushed =
        pool_push(fetch ? j->server->fetch : j->server->compute, j, accepted ? UINT32_MAX : limit);
    if (!pushed)
        atomic_fetch_add(&j->server->metrics.refused, 1);
    return pushed;
}

bool job_submit(struct job *j, enum next next)
{
    if (!j->stream)
        j->x.request.body = (struct text){j->body, (uint32_t)j->body_len};
    j->submitted = true;
    atomic_store(&j->owner, OWNER_WORKER);
    bool pushed = push(j, next, j->stream != NULL); /* the batch has been taken on already */
    if (!pushed)
        atomic_store(&j->owner, OWNER_LOOP);
    return pushed;
}

/* What the job has in its arena counts while it waits; at work it is the worker's share. */
static bool hold(struct job *j)
{
    size_t used = arena_used(j->x.arena);
    if (!held_take(j->server, used))
        return false;
    j->held = used;
    return true;
}

static enum next step(struct job *j, size_t may_add, int64_t *spent)
{
    int64_t from = clock_now();
    held_give_back(j->server, j->held);
    j->held = 0;
    arena_limit(j->x.arena, arena_used(j->x.arena) + may_add);
    j->waited_us += from - j->queued;
    enum next next = j->stream ? j->route->line(&j->x) : j->route->step(&j->x);
    *spent += clock_now() - from;
    return next;
}

static void go_on(struct job *j, enum next next)
{
    if (next != NEXT_REPLY && hold(j) && push(j, next, next == NEXT_COMPUTE))
        return;
    if (next != NEXT_REPLY)
        exchange_refuse(&j->x, ERR_BUSY, "Too many pages are being fetched; ask again later.");
    finish(j);
}

void job_run_compute(void *job)
{
    struct job *j = job;
    if (atomic_load(&j->owner) == OWNER_NOBODY)
        job_free(j);
    else
        go_on(j, step(j, j->server->settings.request_memory, &j->worked_us));
}

void job_run_fetch(void *job)
{
    struct job *j = job;
    if (atomic_load(&j->owner) == OWNER_NOBODY)
        job_free(j);
    else
        go_on(j, step(j, FETCH_MEMORY, &j->fetched_us));
}

bool job_abandon(struct job *j)
{
    int worker = OWNER_WORKER;
    return atomic_compare_exchange_strong(&j->owner, &worker, OWNER_NOBODY);
}
