/*
 * Method and path → handler. One table; everything that asks "what is served here" reads it.
 */
#ifndef ONRECORD_HANDLERS_ROUTES_H
#define ONRECORD_HANDLERS_ROUTES_H

#include "handlers/exchange.h"

struct route {
    enum method method; /* HEAD is answered from GET */
    bool guarded;       /* for those alone who may ask, and not too often (server/access.h) */
    const char *path;
    const char *name; /* in logs and metrics: "summaries.post" */
    enum next (*step)(struct exchange *x);
    enum next (*line)(struct exchange *x); /* for a body of lines (NEXT_LINES), else NULL */
};

/*
 * The route of x->request, or NULL, and then the response is already made: 404, 405 with Allow, or
 * the answer to OPTIONS.
 */
const struct route *routes_find(struct exchange *x);

/* All routes, for metrics; the last one has path NULL. */
extern const struct route routes[];

#endif
