#include <stdlib.h>
#include <sys/socket.h>

#include "base/log.h"
#include "server/internal.h"
#include "server/reply.h"
#include "server/request.h"
#include "server/stream.h"

enum { WASTE_MAX = 64 * 1024 }; /* bytes of a body that is read though nobody wants it */

static struct conn *conn_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void open_connection(struct server *s, struct MHD_Connection *connection, void **context)
{
    struct conn *c = calloc(1, sizeof(*c));
    *context = c;
    if (!c)
        return;
    c->server = s;
    c->connection = connection;
    c->fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    reaper_enter(&s->reaper, &c->link, PHASE_HEADER, clock_now());
    atomic_fetch_add(&s->metrics.connections, 1);
}

static void close_connection(struct server *s, struct conn *c)
{
    if (!c)
        return;
    if (c->refused)
        linger_keep(&s->linger, c->fd, clock_now());
    reaper_leave(&c->link);
    job_free(c->job);
    free(c->target);
    free(c);
    atomic_fetch_sub(&s->metrics.connections, 1);
}

void connection_changed(void *server, struct MHD_Connection *connection, void **socket_context,
                        enum MHD_ConnectionNotificationCode what)
{
    if (what == MHD_CONNECTION_NOTIFY_STARTED)
        open_connection(server, connection, socket_context);
    else
        close_connection(server, *socket_context);
}

/* Called before the library cuts the target up in place. Its value becomes *request. */
void *connection_target(void *server, const char *target, struct MHD_Connection *connection)
{
    struct conn *c = conn_of(connection);
    (void)server;
    if (!c)
        return NULL;
    free(c->target);
    c->target = strdup(target);
    c->target_at = text_of(target);
    c->shown = false;
    return c;
}

static bool has_body(const struct job *j)
{
    return j->declared.chunked || j->declared.length > 0;
}

static enum MHD_Result send_reply(struct conn *c)
{
    struct job *j = c->job;
    if (!j->reply)
        return MHD_NO;
    if (j->close || atomic_load(&c->server->service->draining))
        MHD_add_response_header(j->reply, "Connection", "close");
    /* The library closes after an early reply; what the client still sends must not reset it. */
    c->refused = j->close && has_body(j);
    reaper_enter(&c->server->reaper, &c->link, PHASE_WRITE, clock_now());
    return MHD_queue_response(c->connection, j->status, j->reply);
}

static enum MHD_Result refuse(struct conn *c, enum err code, const char *detail)
{
    exchange_refuse(&c->job->x, code, detail);
    reply_make(c->job);
    return send_reply(c);
}

/* A limit of the server's that stands against taking this request on; NULL if none does. */
static const char *limit_reached(struct server *s)
{
    const struct metrics *m = &s->metrics;
    if (atomic_load(&m->connections) > s->settings.connections)
        return "Too many connections are open; ask again later.";
    if (atomic_load(&m->in_flight) >= s->settings.in_flight)
        return "Too many requests are being answered; ask again later.";
    return NULL;
}

static enum MHD_Result wait_for_body(struct conn *c)
{
    reaper_enter(&c->server->reaper, &c->link, PHASE_BODY, clock_now());
    return MHD_YES;
}

static enum MHD_Result admit(struct conn *c)
{
    struct job *j = c->job;
    struct server *s = c->server;
    const char *limit = limit_reached(s);

    j->close = has_body(j);
    if (j->declared.length > job_body_limit(j))
        return refuse(c, ERR_TOO_LARGE,
                      "Send a smaller body, or use the command line for archives.");
    if (limit) {
        atomic_fetch_add(&s->metrics.refused, 1);
        return refuse(c, ERR_BUSY, limit);
    }
    j->close = false;
    j->admitted = true;
    atomic_fetch_add(&s->metrics.in_flight, 1);
    return wait_for_body(c);
}

static bool is_allowed(struct job *j)
{
    const union MHD_ConnectionInfo *from =
        MHD_get_connection_info(j->conn->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return access_allows(j->server->access, &j->x, from ? from->client_addr : NULL, clock_now());
}

static enum next first_step(struct job *j)
{
    j->route = routes_find(&j->x);
    if (!j->route || (j->route->guarded && !is_allowed(j)))
        return NEXT_REPLY;
    return j->route->step(&j->x);
}

/*
 * A reply before the body ends the connection, since the library then reads no further. Where the
 * body is small the reply waits for its end, and the connection lives on.
 */
static bool reply_early(const struct job *j)
{
    return j->declared.length > WASTE_MAX || j->expects_continue;
}

/* The headers are there, the body is not. */
static enum MHD_Result begin(struct conn *c, const char *method, const char *version)
{
    struct job *j = c->job = job_new(c->server, c);
    struct text target = c->target ? text_of(c->target) : (struct text){NULL, 0};
    const char *why = "";
    if (!j)
        return MHD_NO;
    j->close = true;
    const char *fault = guard_check(c->connection, method, version, c->target_at, &j->declared);
    enum err readable = request_read(j, c->connection, method, target, &why);
    j->expects_continue = exchange_header(&j->x, "Expect").len > 0;
    if (fault || readable != ERR_OK)
        return refuse(c, fault ? ERR_BAD_HTTP : readable, fault ? fault : why);

    j->next_step = first_step(j);
    if (j->next_step != NEXT_REPLY)
        return admit(c);
    j->close = reply_early(j);
    reply_make(j);
    return j->close ? send_reply(c) : wait_for_body(c);
}

/* Refuses in the middle of a body, where the library takes no reply. */
static enum MHD_Result cut_off(struct conn *c, enum err code, const char *detail)
{
    struct job *j = c->job;
    reply_raw(c->fd, code, detail, j->id);
    c->refused = true;
    j->status = err_status(code);
    j->log_code = err_name(code);
    return MHD_NO;
}

/* The reply is made already; a small body is read all the same. */
static enum err waste_body(struct job *j, size_t len)
{
    j->body_len += len;
    return j->body_len > WASTE_MAX ? ERR_TOO_LARGE : ERR_OK;
}

static enum MHD_Result take_body(struct conn *c, const char *bytes, size_t *len)
{
    struct job *j = c->job;
    enum err e = j->answered ? waste_body(j, *len) : job_add_body(j, bytes, *len);
    *len = 0;
    if (e == ERR_TOO_LARGE)
        return cut_off(c, e, "Send a smaller body, or use the command line for archives.");
    return e == ERR_OK ? MHD_YES : cut_off(c, ERR_BUSY, "The service is short of memory.");
}

static enum MHD_Result hand_over(struct conn *c)
{
    if (c->job->next_step == NEXT_LINES)
        return stream_start(c) ? send_reply(c)
                               : refuse(c, ERR_BUSY, "The service is short of memory.");
    if (!job_submit(c->job, c->job->next_step))
        return refuse(c, ERR_BUSY, "The queue is full; ask again later.");
    reaper_enter(&c->server->reaper, &c->link, PHASE_WORK, clock_now());
    MHD_suspend_connection(c->connection);
    return MHD_YES;
}

enum MHD_Result connection_request(void *server, struct MHD_Connection *connection, const char *url,
                                   const char *method, const char *version, const char *upload,
                                   size_t *upload_size, void **request)
{
    struct conn *c = *request;
    (void)server;
    (void)connection;
    (void)url;
    if (!c)
        return MHD_NO;
    if (!c->shown) {
        c->shown = true;
        return begin(c, method, version);
    }
    if (!c->job)
        return MHD_NO;
    if (*upload_size)
        return take_body(c, upload, upload_size);
    return c->job->answered ? send_reply(c) : hand_over(c);
}

void connection_done(struct job *j)
{
    if (j->stream)
        stream_line_done(j);
    else
        MHD_resume_connection(j->conn->connection);
}

/* A job without work that tells the client that its request took too long. */
static struct job *excuse(struct conn *c, const struct job *lost)
{
    struct job *j = job_new(c->server, c);
    if (!j)
        return NULL;
    memcpy(j->id, lost->id, sizeof(j->id));
    j->x.request.id = text_of(j->id);
    j->route = lost->route;
    j->started = lost->started;
    exchange_refuse(&j->x, ERR_DEADLINE, "Send a shorter text, or ask again later.");
    reply_make(j);
    return j;
}

void connection_give_up(struct conn *c)
{
    struct job *lost = c->job;
    struct job *answer = excuse(c, lost); /* reads of `lost` what the worker does not write */
    if (!job_abandon(lost)) {
        job_free(answer); /* it is done after all; its reply lies in the mailbox */
        reaper_enter(&c->server->reaper, &c->link, PHASE_CUT, clock_now());
        return;
    }
    atomic_fetch_add(&c->server->metrics.abandoned, 1);
    c->job = answer; /* NULL closes the connection */
    reaper_enter(&c->server->reaper, &c->link, PHASE_WRITE, clock_now());
    MHD_resume_connection(c->connection);
}

void connection_overdue(struct conn *c)
{
    enum phase phase = c->link.phase;
    if (phase == PHASE_WORK) {
        connection_give_up(c);
        return;
    }
    if (phase == PHASE_LINE) {
        stream_give_up_line(c->stream);
        return;
    }
    if (phase == PHASE_BODY)
        cut_off(c, ERR_REQUEST_TIMEOUT, "Send the body faster.");
    else if (phase == PHASE_HEADER)
        reply_raw(c->fd, ERR_REQUEST_TIMEOUT, "Send the headers faster.", "");
    atomic_fetch_add(&c->server->metrics.cut, phase != PHASE_IDLE);
    reaper_enter(&c->server->reaper, &c->link, PHASE_CUT, clock_now());
    shutdown(c->fd, SHUT_RDWR);
}

static void log_request(const struct job *j, int64_t micros)
{
    const char *route = j->route ? j->route->name : "none";
    struct log_field fields[8] = {
        {"id", LOG_TEXT, text_of(j->id), 0},
        {"route", LOG_TEXT, text_of(route), 0},
        {"status", LOG_INT, {NULL, 0}, j->status},
        {"ms", LOG_MS, {NULL, 0}, micros},
        {"in", LOG_INT, {NULL, 0}, (int64_t)j->body_len},
        {"out", LOG_INT, {NULL, 0}, (int64_t)j->reply_bytes},
    };
    unsigned count = 6;
    if (j->log_host[0])
        fields[count++] = (struct log_field){"host", LOG_TEXT, text_of(j->log_host), 0};
    if (j->log_code)
        fields[count++] = (struct log_field){"code", LOG_TEXT, text_of(j->log_code), 0};

    /* Probes ask every few seconds, and only a failing one is news. */
    bool probe = j->route && strstr(j->route->name, "z") && j->status == 200;
    log_event(probe ? LOG_DEBUG : LOG_INFO, "request", fields, count);
}

void connection_completed(void *server, struct MHD_Connection *connection, void **request,
                          enum MHD_RequestTerminationCode how)
{
    struct conn *c = *request;
    struct server *s = server;
    (void)connection;
    (void)how;
    if (!c || !c->job)
        return;
    struct job *j = c->job;
    int64_t micros = clock_now() - j->started;
    metrics_count(&s->metrics, j->route, j->status, micros, j->body_len, j->reply_bytes);
    log_request(j, micros);
    stream_leave(c);
    c->job = NULL;
    *request = NULL;
    job_free(j);
    if (c->link.phase != PHASE_CUT)
        reaper_enter(&s->reaper, &c->link, PHASE_IDLE, clock_now());
}
