#include "server/server.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "server/internal.h"
#include "server/stream.h"

/*
 * Beyond the settings' number of connections the server still answers, with 503; beyond these spare
 * ones the library lets new connections wait unanswered.
 */
enum { SPARE_CONNECTIONS = 64, BACKLOG = 1024, CONNECTION_MEMORY = 32 * 1024 };

static bool watch(int epoll, int fd)
{
    struct epoll_event e = {.events = EPOLLIN, .data.u64 = (uint64_t)fd};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e) == 0;
}

static void ignore_message(void *cls, const char *format, va_list arguments)
{
    (void)cls;
    (void)format;
    (void)arguments;
}

static struct MHD_Daemon *start_daemon(struct server *s)
{
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    return MHD_start_daemon(
        flags, 0, NULL, NULL, connection_request, s, MHD_OPTION_EXTERNAL_LOGGER, ignore_message,
        NULL, MHD_OPTION_LISTEN_SOCKET, s->listen_fd, MHD_OPTION_CONNECTION_LIMIT,
        s->settings.connections + SPARE_CONNECTIONS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)CONNECTION_MEMORY, MHD_OPTION_CONNECTION_MEMORY_INCREMENT, (size_t)4096,
        MHD_OPTION_NOTIFY_CONNECTION, connection_changed, s, MHD_OPTION_NOTIFY_COMPLETED,
        connection_completed, s, MHD_OPTION_URI_LOG_CALLBACK, connection_target, s, MHD_OPTION_END);
}

static bool start_pools(struct server *s)
{
    const struct server_settings *set = &s->settings;
    /* Room for all that may ever wait, so that what has been taken on is never turned away. */
    uint32_t most = set->in_flight * (1 + stream_window(set)) + 1;
    s->compute = pool_new("compute", set->workers, most, job_run_compute);
    s->fetch = pool_new("fetch", set->fetch_workers, most, job_run_fetch);
    return s->compute && s->fetch;
}

static bool start_loop(struct server *s)
{
    s->epoll = epoll_create1(EPOLL_CLOEXEC);
    s->mailbox.event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    pthread_mutex_init(&s->mailbox.lock, NULL);
    linger_init(&s->linger, s->epoll);
    const int64_t limits[PHASE_COUNT] = {
        [PHASE_HEADER] = s->settings.header_us, [PHASE_BODY] = s->settings.body_us,
        [PHASE_WORK] = s->settings.deadline_us, [PHASE_LINE] = s->settings.deadline_us,
        [PHASE_WRITE] = s->settings.write_us,   [PHASE_IDLE] = s->settings.idle_us,
    };
    reaper_init(&s->reaper, limits);
    atomic_store(&s->heartbeat, clock_now());

    s->daemon = start_daemon(s);
    const union MHD_DaemonInfo *info =
        s->daemon ? MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD) : NULL;
    return info && watch(s->epoll, info->epoll_fd) && watch(s->epoll, s->mailbox.event) &&
           pthread_create(&s->thread, NULL, loop_thread, s) == 0;
}

/* Both sockets, before anything else is made that a failure would have to undo. */
static bool open_sockets(struct server *s, const char **why)
{
    *why = "The address to listen on cannot be had";
    s->admin_fd = -1;
    s->listen_fd = endpoint_listen(&s->settings.listen, BACKLOG);
    if (s->listen_fd < 0 || !s->settings.admin.len)
        return s->listen_fd >= 0;
    *why = "The admin address to listen on cannot be had";
    s->admin_fd = endpoint_listen(&s->settings.admin, BACKLOG);
    if (s->admin_fd >= 0)
        return true;
    int reason = errno;
    close(s->listen_fd);
    errno = reason;
    return false;
}

static bool start_admin(struct server *s)
{
    if (s->admin_fd < 0)
        return true;
    s->admin = admin_start(s, s->admin_fd);
    return s->admin != NULL;
}

struct server *server_start(const struct server_settings *settings, struct service *service,
                            const char **why)
{
    struct server *s = calloc(1, sizeof(*s));
    errno = 0;
    *why = "There is no memory";
    if (!s)
        return NULL;
    s->settings = *settings;
    s->service = service;
    if (!open_sockets(s, why)) {
        free(s);
        return NULL;
    }
    /* A system that grants no thread: the process ends, and nothing need be undone. */
    s->access = access_new(settings->tokens, settings->rate, settings->rate_burst);
    if (!s->access)
        return NULL;
    *why = "The server's threads cannot be started";
    return start_pools(s) && start_loop(s) && start_admin(s) ? s : NULL;
}

struct endpoint server_listens(const struct server *s)
{
    return s->settings.listen;
}

struct endpoint server_admin(const struct server *s)
{
    return s->settings.admin;
}

void server_drain(struct server *s)
{
    atomic_store(&s->service->draining, true);
}

void server_stop(struct server *s, unsigned wait_ms)
{
    server_drain(s);
    s->end_at = clock_now() + (int64_t)wait_ms * 1000;
    atomic_store(&s->order, wait_ms ? LOOP_QUIESCE : LOOP_END);
    loop_wake(s);
    pthread_join(s->thread, NULL);
    MHD_stop_daemon(s->daemon);
    close(s->listen_fd);
    if (s->admin)
        MHD_stop_daemon(s->admin);
    linger_close(&s->linger);
}

bool server_free(struct server *s)
{
    enum { WORKERS_MS = 3000 };
    bool idle = pool_stop(s->fetch, WORKERS_MS);
    idle = pool_stop(s->compute, WORKERS_MS) && idle;
    if (!idle)
        return false;
    close(s->epoll);
    close(s->mailbox.event);
    pthread_mutex_destroy(&s->mailbox.lock);
    access_free(s->access);
    free(s);
    return true;
}

uint64_t server_memory_bound(const struct server_settings *set, uint64_t base)
{
    uint64_t connections = (uint64_t)set->connections + SPARE_CONNECTIONS;
    return base + connections * CONNECTION_MEMORY + set->workers * (uint64_t)set->request_memory +
           set->fetch_workers * (uint64_t)FETCH_MEMORY + set->held_memory;
}
