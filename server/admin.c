#include <stdlib.h>
#include <unistd.h>

#include "handlers/endpoints.h"
#include "server/internal.h"

/*
 * Health and metrics on a listener and thread of their own, so that they answer while every
 * connection of the public port is taken. Each reply closes its connection: no second request, and
 * so none that could be smuggled.
 */

enum { ADMIN_CONNECTIONS = 32, ADMIN_TIMEOUT_S = 5, ADMIN_MEMORY = 1024 * 1024 };

/* A loop that has not turned for this long, though it wakes each second, is dead. */
static const int64_t dead_after_us = 15 * 1000000;

static enum next live(struct exchange *x, struct server *s)
{
    if (clock_now() - atomic_load(&s->heartbeat) > dead_after_us)
        return exchange_refuse(x, ERR_INTERNAL, "The server's loop stands still; start it again.");
    return health_live(x);
}

static enum next metrics(struct exchange *x, struct server *s)
{
    struct strbuf out = strbuf_in(x->arena);
    struct text body;
    struct metrics_gauges g = {
        .queued = pool_waiting(s->compute),
        .fetch_queued = pool_waiting(s->fetch),
        .draining = atomic_load(&s->service->draining),
        .version = s->service->version,
        .stage_costs = s->service->stage_costs,
    };
    metrics_print(&s->metrics, &g, &out);
    if (strbuf_finish(&out, &body) != ERR_OK)
        return exchange_refuse(x, ERR_NO_MEMORY, "Ask again later.");
    return exchange_reply(x, "text/plain; version=0.0.4; charset=utf-8", body);
}

static enum next answer(struct exchange *x, struct server *s)
{
    if (text_is(x->request.path, "/healthz"))
        return live(x, s);
    if (text_is(x->request.path, "/readyz"))
        return health_ready(x);
    if (text_is(x->request.path, "/metrics"))
        return metrics(x, s);
    return exchange_refuse(x, ERR_NOT_FOUND, "Here are /healthz, /readyz and /metrics.");
}

static enum MHD_Result reply(struct MHD_Connection *connection, const struct http_response *r)
{
    struct MHD_Response *m = MHD_create_response_from_buffer(
        r->body.len, (void *)(uintptr_t)r->body.bytes, MHD_RESPMEM_MUST_COPY);
    if (!m)
        return MHD_NO;
    MHD_add_response_header(m, "Content-Type", r->content_type);
    MHD_add_response_header(m, "Cache-Control", "no-store");
    MHD_add_response_header(m, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(m, "Connection", "close");
    enum MHD_Result queued = MHD_queue_response(connection, r->status, m);
    MHD_destroy_response(m);
    return queued;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_size, void **request)
{
    struct server *s = cls;
    (void)version;
    (void)upload;
    (void)request;
    *upload_size = 0; /* a body is dropped */
    struct exchange x = {.arena = arena_new(ADMIN_MEMORY), .service = s->service};
    if (!x.arena)
        return MHD_NO;
    x.request.path = text_of(url);
    if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0)
        answer(&x, s);
    else
        exchange_refuse(&x, ERR_METHOD, "Use GET or HEAD.");
    enum MHD_Result queued = reply(connection, &x.response);
    arena_free(x.arena);
    return queued;
}

struct MHD_Daemon *admin_start(struct server *s, int listen_fd)
{
    return MHD_start_daemon(MHD_USE_POLL | MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL,
                            on_request, s, MHD_OPTION_LISTEN_SOCKET, listen_fd,
                            MHD_OPTION_CONNECTION_LIMIT, (unsigned)ADMIN_CONNECTIONS,
                            MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)ADMIN_TIMEOUT_S,
                            MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
}
