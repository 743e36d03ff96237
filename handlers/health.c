#include "handlers/endpoints.h"

/*
 * Liveness: the process answers. Readiness: it also wants work. A load balancer takes an unready
 * replica out of its list; only a dead one is started again.
 */

static enum next no_store(struct exchange *x)
{
    exchange_add_header(x, "Cache-Control", text_of("no-store"));
    return NEXT_REPLY;
}

enum next health_live(struct exchange *x)
{
    exchange_reply(x, "application/json", text_of("{\"status\":\"ok\"}\n"));
    return no_store(x);
}

enum next health_ready(struct exchange *x)
{
    if (atomic_load(&x->service->draining))
        exchange_refuse(x, ERR_BUSY, "The service is shutting down; ask another replica.");
    else if (atomic_load(&x->service->queue_full))
        exchange_refuse(x, ERR_BUSY, "The queue is full; ask again in a moment.");
    else
        exchange_reply(x, "application/json", text_of("{\"status\":\"ready\"}\n"));
    return no_store(x);
}
