#include "server/metrics.h"

#include <inttypes.h>

/* The last row stands for every status that is not listed. */
static const unsigned statuses[METRIC_STATUSES] = {200, 204, 303, 304, 400, 401, 404,
                                                   405, 406, 408, 413, 414, 415, 422,
                                                   429, 431, 500, 502, 503, 504, 0};

static const int64_t bounds_us[METRIC_BUCKETS] = {1000,    2500,    5000,    10000,  25000,
                                                  50000,   100000,  250000,  500000, 1000000,
                                                  2500000, 5000000, 10000000};

/* Row 0 is for requests without a route. */
static unsigned row_of(const struct route *route)
{
    size_t row = route ? (size_t)(route - routes) + 1 : 0;
    return row < METRIC_ROUTES ? (unsigned)row : 0;
}

static unsigned column_of(unsigned status)
{
    unsigned c = 0;
    while (c < METRIC_STATUSES - 1 && statuses[c] != status)
        c++;
    return c;
}

void metrics_count(struct metrics *m, const struct route *route, unsigned status, int64_t micros,
                   uint64_t in, uint64_t out)
{
    unsigned row = row_of(route), bucket = 0;
    while (bucket < METRIC_BUCKETS && micros > bounds_us[bucket])
        bucket++;
    atomic_fetch_add(&m->requests[row][column_of(status)], 1);
    atomic_fetch_add(&m->buckets[row][bucket], 1);
    atomic_fetch_add(&m->micros[row], (uint64_t)micros);
    atomic_fetch_add(&m->bytes_in, in);
    atomic_fetch_add(&m->bytes_out, out);
}

static void print_head(struct strbuf *out, const char *name, const char *type, const char *help)
{
    strbuf_printf(out, "# HELP onrecord_%s %s\n# TYPE onrecord_%s %s\n", name, help, name, type);
}

static const char *name_of(unsigned row)
{
    return row ? routes[row - 1].name : "none";
}

static unsigned row_count(void)
{
    unsigned n = 0;
    while (routes[n].path)
        n++;
    return n + 1 < METRIC_ROUTES ? n + 1 : METRIC_ROUTES;
}

static void print_requests(const struct metrics *m, struct strbuf *out)
{
    print_head(out, "http_requests_total", "counter", "Requests answered, by route and status.");
    for (unsigned row = 0; row < row_count(); row++)
        for (unsigned c = 0; c < METRIC_STATUSES; c++)
            if (atomic_load(&m->requests[row][c]))
                strbuf_printf(
                    out, "onrecord_http_requests_total{route=\"%s\",status=\"%u\"} %" PRIu64 "\n",
                    name_of(row), statuses[c], atomic_load(&m->requests[row][c]));
}

static void print_histogram(const struct metrics *m, unsigned row, struct strbuf *out)
{
    static const char name[] = "onrecord_http_request_seconds";
    uint64_t sum = 0;
    for (unsigned b = 0; b <= METRIC_BUCKETS; b++) {
        sum += atomic_load(&m->buckets[row][b]);
        if (b < METRIC_BUCKETS)
            strbuf_printf(out, "%s_bucket{route=\"%s\",le=\"%g\"} %" PRIu64 "\n", name,
                          name_of(row), (double)bounds_us[b] / 1e6, sum);
    }
    strbuf_printf(out, "%s_bucket{route=\"%s\",le=\"+Inf\"} %" PRIu64 "\n", name, name_of(row),
                  sum);
    strbuf_printf(out, "%s_sum{route=\"%s\"} %.6f\n", name, name_of(row),
                  (double)atomic_load(&m->micros[row]) / 1e6);
    strbuf_printf(out, "%s_count{route=\"%s\"} %" PRIu64 "\n", name, name_of(row), sum);
}

static void print_stages(const struct stage_costs *costs, struct strbuf *out)
{
    print_head(out, "stage_cpu_seconds_total", "counter", "CPU time of the pipeline, by stage.");
    for (unsigned i = 0; i < PIPELINE_STAGES; i++)
        strbuf_printf(out, "onrecord_stage_cpu_seconds_total{stage=\"%s\"} %.6f\n",
                      pipeline_stage_name(i), (double)atomic_load(&costs->ns[i]) / 1e9);
}

struct sample {
    const char *name;
    const char *type;
    const char *help;
    int64_t value;
};

static void print_samples(const struct sample *at, unsigned count, struct strbuf *out)
{
    for (unsigned i = 0; i < count; i++) {
        print_head(out, at[i].name, at[i].type, at[i].help);
        strbuf_printf(out, "onrecord_%s %" PRId64 "\n", at[i].name, at[i].value);
    }
}

void metrics_print(const struct metrics *m, const struct metrics_gauges *g, struct strbuf *out)
{
    const struct sample samples[] = {
        {"http_request_bytes_total", "counter", "Bytes of request bodies.",
         (int64_t)atomic_load(&m->bytes_in)},
        {"http_response_bytes_total", "counter", "Bytes of response bodies.",
         (int64_t)atomic_load(&m->bytes_out)},
        {"http_refused_total", "counter", "Requests refused because a limit was reached.",
         (int64_t)atomic_load(&m->refused)},
        {"http_cut_total", "counter", "Connections closed at a deadline.",
         (int64_t)atomic_load(&m->cut)},
        {"http_abandoned_total", "counter", "Requests answered before their work had ended.",
         (int64_t)atomic_load(&m->abandoned)},
        {"http_in_flight", "gauge", "Requests from their headers to the end of their work.",
         atomic_load(&m->in_flight)},
        {"http_connections", "gauge", "Open connections.", atomic_load(&m->connections)},
        {"held_bytes", "gauge", "Memory of requests and replies that wait.", atomic_load(&m->held)},
        {"queue_depth", "gauge", "Requests that wait for a compute worker.", g->queued},
        {"fetch_queue_depth", "gauge", "Requests that wait for a fetch worker.", g->fetch_queued},
        {"draining", "gauge", "1 while the service is shutting down.", g->draining},
    };

    print_head(out, "build_info", "gauge", "The version that runs.");
    strbuf_printf(out, "onrecord_build_info{version=\"%s\"} 1\n", g->version);
    print_requests(m, out);
    print_head(out, "http_request_seconds", "histogram",
               "From the headers to the end of the reply.");
    for (unsigned row = 0; row < row_count(); row++)
        print_histogram(m, row, out);
    print_stages(g->stage_costs, out);
    print_samples(samples, sizeof(samples) / sizeof(samples[0]), out);
}
