/*
 * Counters for Prometheus. Labels come from the table of routes and from a list of statuses, never
 * from a request, so their number is bounded. All functions are safe from any thread.
 */
#ifndef ONRECORD_SERVER_METRICS_H
#define ONRECORD_SERVER_METRICS_H

#include <stdatomic.h>

#include "base/strbuf.h"
#include "handlers/routes.h"
#include "handlers/stage_costs.h"

enum { METRIC_ROUTES = 24, METRIC_STATUSES = 21, METRIC_BUCKETS = 13 };

struct metrics {
    _Atomic uint64_t requests[METRIC_ROUTES][METRIC_STATUSES];
    _Atomic uint64_t buckets[METRIC_ROUTES][METRIC_BUCKETS + 1];
    _Atomic uint64_t micros[METRIC_ROUTES];
    _Atomic uint64_t bytes_in;
    _Atomic uint64_t bytes_out;
    _Atomic uint64_t refused;    /* queue, connections, memory or requests in flight at the limit */
    _Atomic uint64_t cut;        /* connections closed at a deadline */
    _Atomic uint64_t abandoned;  /* requests answered before their work had ended */
    _Atomic int64_t in_flight;   /* requests */
    _Atomic int64_t connections; /* open ones */
    _Atomic int64_t held;        /* bytes; server/held.h */
};

struct metrics_gauges {
    uint32_t queued;
    uint32_t fetch_queued;
    bool draining;
    const char *version;
    const struct stage_costs *stage_costs;
};

/* One finished request. `route` may be NULL: the request found none. */
void metrics_count(struct metrics *m, const struct route *route, unsigned status, int64_t micros,
                   uint64_t in, uint64_t out);

/* The text exposition format 0.0.4. */
void metrics_print(const struct metrics *m, const struct metrics_gauges *g, struct strbuf *out);

#endif
