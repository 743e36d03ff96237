#include "handlers/routes.h"

#include "handlers/endpoints.h"

const struct route routes[] = {
    {METHOD_GET, "/", "newsroom.get", false, newsroom_page, NULL},
    {METHOD_POST, "/", "newsroom.post", true, summaries_form, NULL},
    {METHOD_GET, "/web/app.js", "newsroom.files", false, newsroom_asset, NULL},
    {METHOD_GET, "/web/example.js", "newsroom.files", false, newsroom_asset, NULL},
    {METHOD_GET, "/web/style.css", "newsroom.files", false, newsroom_asset, NULL},
    {METHOD_GET, "/web/timeline.js", "newsroom.files", false, newsroom_asset, NULL},
    {METHOD_GET, "/healthz", "healthz", false, health_live, NULL},
    {METHOD_GET, "/readyz", "readyz", false, health_ready, NULL},
    {METHOD_GET, "/openapi.yaml", "openapi", false, openapi_step, NULL},
    {METHOD_GET, "/v1/summaries", "summaries.get", true, summaries_get, NULL},
    {METHOD_POST, "/v1/summaries", "summaries.post", true, summaries_post, NULL},
    {METHOD_POST, "/v1/summaries/batch", "summaries.batch", true, summaries_batch, summaries_line},
    {METHOD_GET, "/v1/version", "version", false, version_step, NULL},
    {METHOD_OTHER, NULL, NULL, false, NULL, NULL},
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
