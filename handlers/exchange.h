/*
 * One HTTP request and the value that answers it. Handlers know no HTTP library: the server fills
 * the request, calls the route's step function and sends the response.
 *
 * A step function does the work of one stage and says where the exchange goes next. The first call
 * is on the I/O thread, before the body has been read, and must be cheap: what can be refused by
 * the headers is refused there. What costs CPU asks for NEXT_COMPUTE and goes on there on a compute
 * worker, with the body; what waits for the network asks for NEXT_FETCH and waits on a fetch
 * worker, so that a slow site never holds a compute worker. `stage` is the handler's own: 0 at the
 * first call.
 *
 *   POST {"url": …}:  step 0 (I/O: Content-Type, Accept) → NEXT_COMPUTE
 *                     step 1 (compute: read the JSON)    → NEXT_FETCH
 *                     step 2 (fetch: bring the page)     → NEXT_COMPUTE
 *                     step 3 (compute: pipeline, JSON)   → NEXT_REPLY
 */
#ifndef ONRECORD_HANDLERS_EXCHANGE_H
#define ONRECORD_HANDLERS_EXCHANGE_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/span.h"
#include "models/problem.h"

enum method { METHOD_GET, METHOD_HEAD, METHOD_POST, METHOD_OPTIONS, METHOD_OTHER };

struct http_field {
    struct text name;  /* of a header: as sent, to be compared without case */
    struct text value; /* of a query parameter: percent-decoded, well-formed UTF-8 */
};

struct http_fields {
    const struct http_field *at;
    uint32_t count;
};

struct http_request {
    enum method method;
    struct text path; /* without the query, percent-decoded */
    struct http_fields query;
    struct http_fields headers;
    struct text body; /* empty until the second step */
    struct text id;   /* X-Request-Id, taken over or made */
};

enum { RESPONSE_HEADERS_MAX = 12 };

struct http_response {
    unsigned status;
    const char *content_type;
    struct text body; /* in the exchange's arena, or static */
    struct http_field headers[RESPONSE_HEADERS_MAX];
    uint32_t header_count;
    struct text etag_of;  /* the bytes that the ETag stands for; bytes NULL: the body */
    struct text log_host; /* host of the URL that was asked for, for the log line */
    const char *log_code; /* name of the error, or NULL */
};

/*
 * NEXT_LINES is for a first step alone: every line of the body is an exchange of its own, whose
 * steps are the route's `line`, and the reply is the stream of their bodies, in order, one a line.
 */
enum next { NEXT_REPLY, NEXT_COMPUTE, NEXT_FETCH, NEXT_LINES };

/* What handlers may know of the running service. Set before the first request; flags change. */
struct service {
    const char *version;
    const char *build;
    const char *model;               /* names the trained weights */
    const char *training_data;       /* what they were trained from, in a line */
    size_t max_body;                 /* bytes */
    size_t max_batch_body;           /* of a body whose lines are exchanges of their own */
    const char *const *cors_origins; /* exact origins, NULL-terminated */
    atomic_bool draining;
    atomic_bool queue_full;  /* kept by the server: the compute queue is over nine tenths */
    struct fetcher *fetcher; /* NULL: URLs are refused */
    struct stage_costs *stage_costs;
};

struct exchange {
    struct arena *arena;
    const struct service *service;
    struct http_request request;
    struct http_response response;
    /* False once nobody waits for the answer; NULL: always true. From any thread. */
    bool (*wanted)(const struct exchange *x);
    unsigned stage;
    void *state; /* the handler's, in the arena */
};

/* Header or query parameter by name (headers without case); bytes NULL if absent. */
struct text exchange_header(const struct exchange *x, const char *name);
struct text exchange_query(const struct exchange *x, const char *name);

/* Adds a response header; `value` must live in the arena or be static. */
void exchange_add_header(struct exchange *x, const char *name, struct text value);

/* Makes the response the problem document of `p`. Returns NEXT_REPLY. */
enum next exchange_fail(struct exchange *x, const struct problem *p);

/* The same for a problem that is only a code and a static sentence saying what to change. */
enum next exchange_refuse(struct exchange *x, enum err code, const char *detail);

/* Makes the response a 200. Returns NEXT_REPLY. */
enum next exchange_reply(struct exchange *x, const char *content_type, struct text body);

#endif
