#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "server/internal.h"
#include "server/stream.h"

enum { EVENTS = 64, LONGEST_SLEEP_MS = 1000 };

/*
 * The library is driven from here: it says through its epoll descriptor that sockets are ready, and
 * MHD_run() serves them without waiting. Only this thread calls it for the public port; workers
 * leave their jobs in the mailbox.
 */

void loop_wake(struct server *s)
{
    uint64_t one = 1;
    while (write(s->mailbox.event, &one, sizeof(one)) < 0 && errno == EINTR)
        ;
}

void loop_post(struct server *s, struct job *j)
{
    pthread_mutex_lock(&s->mailbox.lock);
    bool was_empty = s->mailbox.first == NULL;
    j->next = s->mailbox.first;
    s->mailbox.first = j;
    pthread_mutex_unlock(&s->mailbox.lock);
    if (was_empty)
        loop_wake(s);
}

static void empty_mailbox(struct server *s)
{
    uint64_t count;
    if (read(s->mailbox.event, &count, sizeof(count)) < 0)
        return; /* nothing new */
    pthread_mutex_lock(&s->mailbox.lock);
    struct job *j = s->mailbox.first;
    s->mailbox.first = NULL;
    pthread_mutex_unlock(&s->mailbox.lock);
    for (struct job *next; j; j = next) {
        next = j->next;
        connection_done(j);
    }
}

static void reap(struct server *s, int64_t now)
{
    for (struct reaper_link *l = reaper_due(&s->reaper, now); l; l = reaper_due(&s->reaper, now))
        connection_overdue((struct conn *)l);
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int sleep_ms(struct server *s, int64_t lingering)
{
    MHD_UNSIGNED_LONG_LONG library;
    int64_t until = least(reaper_next(&s->reaper), lingering);
    int64_t ms = LONGEST_SLEEP_MS;
    if (until != INT64_MAX)
        ms = least(ms, (until - clock_now()) / 1000 + 1);
    if (MHD_get_timeout(s->daemon, &library) == MHD_YES && library < (unsigned)LONGEST_SLEEP_MS)
        ms = least(ms, (int64_t)library);
    return ms > 0 ? (int)ms : 0;
}

static void wait_for_events(struct server *s, int timeout)
{
    struct epoll_event events[EVENTS];
    int n = epoll_wait(s->epoll, events, EVENTS, timeout);
    for (int i = 0; i < n; i++)
        if (events[i].data.u64 >= LINGER_TAG)
            linger_read(&s->linger, events[i].data.u64);
}

/* For readiness, which is also asked for on the admin listener's thread. */
static void watch_queue(struct server *s)
{
    bool full = pool_waiting(s->compute) * 10 >= s->settings.queue * 9;
    atomic_store(&s->service->queue_full, full);
}

static void run_once(struct server *s)
{
    int64_t now = clock_now();
    atomic_store(&s->heartbeat, now);
    empty_mailbox(s);
    reap(s, now);
    MHD_run(s->daemon); /* after what resumes connections: it does not wake us for that */
    watch_queue(s);
    wait_for_events(s, sleep_ms(s, linger_expire(&s->linger, now)));
}

static unsigned open_connections(struct server *s)
{
    return (unsigned)atomic_load(&s->metrics.connections);
}

/*
 * No more connections are accepted. Idle ones have been told to leave with their last reply, or
 * have not asked for anything during the drain; they get a second more.
 */
static void quiesce(struct server *s)
{
    enum { LAST_IDLE_US = 1000000 };
    MHD_quiesce_daemon(s->daemon);
    s->reaper.limits[PHASE_IDLE] = least(s->reaper.limits[PHASE_IDLE], LAST_IDLE_US);
    s->reaper.limits[PHASE_HEADER] = least(s->reaper.limits[PHASE_HEADER], LAST_IDLE_US);
    while (open_connections(s) && clock_now() < s->end_at && atomic_load(&s->order) != LOOP_END)
        run_once(s);
}

/* The library panics if it is stopped while a connection is suspended. */
static void give_up_the_rest(struct server *s)
{
    const struct reaper_link *head = &s->reaper.heads[PHASE_WORK];
    while (head->next != head)
        connection_give_up((struct conn *)head->next);
    head = &s->reaper.heads[PHASE_LINE];
    while (head->next != head)
        stream_end(((struct conn *)head->next)->stream);
    for (int rounds = 0; rounds < 20 && open_connections(s); rounds++) {
        empty_mailbox(s);
        MHD_run(s->daemon);
        usleep(5000);
    }
    empty_mailbox(s);
}

void *loop_thread(void *server)
{
    struct server *s = server;
    while (atomic_load(&s->order) == LOOP_RUN)
        run_once(s);
    quiesce(s);
    give_up_the_rest(s);
    return NULL;
}
