#include "handlers/routes.h"

#include "handlers/endpoints.h"

const struct route routes[] = {
    {METHOD_GET, false, "/", "newsroom.get", newsroom_page, NULL},
    {METHOD_POST, true, "/", "newsroom.post", summaries_form, NULL},
    {METHOD_GET, false, "/web/app.js", "newsroom.files", newsroom_asset, NULL},
    {METHOD_GET, false, "/web/example.js", "newsroom.files", newsroom_asset, NULL},
    {METHOD_GET, false, "/web/style.css", "newsroom.files", newsroom_asset, NULL},
    {METHOD_GET, false, "/web/timeline.js", "newsroom.files", newsroom_asset, NULL},
    {METHOD_GET, false, "/healthz", "healthz", health_live, NULL},
    {METHOD_GET, false, "/readyz", "readyz", health_ready, NULL},
    {METHOD_GET, false, "/openapi.yaml", "openapi", openapi_step, NULL},
    {METHOD_GET, true, "/v1/summaries", "summaries.get", summaries_get, NULL},
    {METHOD_POST, true, "/v1/summaries", "summaries.post", summaries_post, NULL},
    {METHOD_POST, true, "/v1/summaries/batch", "summaries.batch", summaries_batch, summaries_line},
    {METHOD_GET, false, "/v1/version", "version", version_step, NULL},
    {METHOD_OTHER, false, NULL, NULL, NULL, NULL},
};

static const struct route *route_for(struct text path, enum method method)
{
    for (const struct route *r = routes; r->path; r++)
        if (text_is(path, r->path) && r->method == method)
            return r;
    return NULL;
}

/* The methods that `path` knows, as the Allow field lists them; NULL if it knows none. */
static const char *allowed_methods(struct text path)
{
    bool get = route_for(path, METHOD_GET) != NULL;
    bool post = route_for(path, METHOD_POST) != NULL;
    if (get && post)
        return "GET, HEAD, POST, OPTIONS";
    if (get)
        return "GET, HEAD, OPTIONS";
    return post ? "POST, OPTIONS" : NULL;
}

/* A preflight (Fetch standard) asks for the same as Allow tells, and for the headers we read. */
static void answer_options(struct exchange *x, const char *allow)
{
    x->response.status = 204;
    exchange_add_header(x, "Allow", text_of(allow));
    if (!exchange_header(x, "Access-Control-Request-Method").bytes)
        return;
    exchange_add_header(x, "Access-Control-Allow-Methods", text_of(allow));
    exchange_add_header(
        x, "Access-Control-Allow-Headers",
        text_of("Accept, Authorization, Content-Type, If-None-Match, X-Request-Id"));
    exchange_add_header(x, "Access-Control-Max-Age", text_of("600"));
}

const struct route *routes_find(struct exchange *x)
{
    enum method method = x->request.method == METHOD_HEAD ? METHOD_GET : x->request.method;
    const struct route *found = route_for(x->request.path, method);
    if (found)
        return found;

    const char *allow = allowed_methods(x->request.path);
    if (allow && method == METHOD_OPTIONS) {
        answer_options(x, allow);
    } else if (allow) {
        exchange_add_header(x, "Allow", text_of(allow));
        exchange_refuse(x, ERR_METHOD, "Use one of the methods that the Allow field lists.");
    } else {
        exchange_refuse(x, ERR_NOT_FOUND, "See /openapi.yaml for the paths that are served.");
    }
    return NULL;
}
