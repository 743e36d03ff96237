#include "handlers/accept.h"
#include "handlers/bring_page.h"
#include "handlers/endpoints.h"
#include "handlers/stage_costs.h"
#include "handlers/summary_request.h"
#include "models/request_json.h"
#include "models/summary_json.h"

/*
 * POST and GET /v1/summaries. What the headers and the query tell is checked before the body is
 * read; the rest is a compute worker's, and a page is brought by a fetch worker in between.
 */

enum stage { STAGE_HEADERS, STAGE_BODY, STAGE_FETCH, STAGE_READ };

/* What one step leaves for the next. */
struct work {
    enum summary_form form;
    struct request request;
    struct page_source page;
    bool has_page; /* `page` says something that the request does not */
};

static const char *const offered[] = {"application/json"};

/* x->state, made at the first step; NULL, and the response is made, without memory. */
static struct work *begin(struct exchange *x)
{
    if (accept_choose(exchange_header(x, "Accept"), offered, 1) < 0) {
        exchange_refuse(x, ERR_NOT_ACCEPTABLE, "Accept application/json.");
        return NULL;
    }
    x->state = ARENA_NEW(x->arena, struct work);
    if (!x->state)
        exchange_refuse(x, ERR_NO_MEMORY, "Ask again later.");
    return x->state;
}

/* The host alone: a path or a query may tell what nobody should read in a log. */
static struct text host_of(struct text url)
{
    uint32_t start = 0, end;
    for (uint32_t i = 0; i + 3 <= url.len && start == 0; i++)
        if (memcmp(url.bytes + i, "://", 3) == 0)
            start = i + 3;
    for (end = start; end < url.len && !strchr("/?#", url.bytes[end]); end++)
        if (url.bytes[end] == '@')
            start = end + 1;
    return (struct text){url.bytes + start, end - start};
}

static enum next fetch_next(struct exchange *x)
{
    struct work *w = x->state;
    x->response.log_host = host_of(w->request.content);
    if (!x->service->fetcher)
        return exchange_refuse(x, ERR_URL_NOT_ALLOWED, "This service fetches no URLs.");
    x->stage = STAGE_FETCH;
    return NEXT_FETCH;
}

static enum next fetch_page(struct exchange *x)
{
    struct work *w = x->state;
    struct problem why = {.code = ERR_OK};

    if (bring_page(x->service->fetcher, x->arena, w->request.content, &w->page, &why) != ERR_OK)
        return exchange_fail(x, &why);
    w->has_page = true;
    x->stage = STAGE_READ;
    return NEXT_COMPUTE;
}

static void set_cache_headers(struct exchange *x, const struct work *w, struct summary *s)
{
    if (w->request.kind != SOURCE_URL)
        return;
    /* The time of fetching makes no other summary of it, and so no other ETag. */
    s->source.fetched_at = (struct text){NULL, 0};
    if (summary_to_json(x->arena, s, &w->request, x->service->version, false,
                        &x->response.etag_of) != ERR_OK)
        x->response.etag_of = (struct text){NULL, 0};
    if (x->request.method != METHOD_POST)
        exchange_add_header(x, "Cache-Control", text_of("public, max-age=300"));
}

static enum next summarise(struct exchange *x)
{
    struct work *w = x->state;
    struct problem why = {.code = ERR_OK};
    struct stage_meter meter;
    struct summary s;
    struct text body;

    stage_meter_start(&meter, x->service->stage_costs);
    if (pipeline_run(x->arena, &w->request, w->has_page ? &w->page : NULL, &meter.watch, &s,
                     &why) != ERR_OK)
        return exchange_fail(x, &why);
    if (summary_to_json(x->arena, &s, &w->request, x->service->version, false, &body) != ERR_OK)
        return exchange_refuse(x, ERR_NO_MEMORY, "Send a shorter text, or ask for fewer lists.");
    set_cache_headers(x, w, &s);
    return exchange_reply(x, "application/json", body);
}

static enum next read_body(struct exchange *x)
{
    struct work *w = x->state;
    struct problem why = {.code = ERR_OK};

    if (w->form == FORM_JSON) {
        if (request_from_json(x->arena, x->request.body, &w->request, &why) != ERR_OK)
            return exchange_fail(x, &why);
        w->page = page_in_json();
        w->has_page = w->request.kind == SOURCE_HTML;
    } else {
        w->request.content = x->request.body;
    }
    return w->request.kind == SOURCE_URL ? fetch_next(x) : summarise(x);
}

static enum next read_post_headers(struct exchange *x)
{
    struct problem why = {.code = ERR_OK};
    struct work *w = begin(x);
    if (!w)
        return NEXT_REPLY;
    if (summary_request_form(x, &w->form, &w->page.charset, &why) != ERR_OK)
        return exchange_fail(x, &why);

    enum err e = w->form == FORM_JSON ? summary_request_no_query(x, &why)
                                      : summary_request_options(x, NULL, &w->request, &why);
    if (e != ERR_OK)
        return exchange_fail(x, &why);
    w->request.kind = w->form == FORM_HTML ? SOURCE_HTML : SOURCE_TEXT;
    w->has_page = w->form == FORM_HTML;
    x->stage = STAGE_BODY;
    return NEXT_COMPUTE;
}

static enum next read_get_headers(struct exchange *x)
{
    struct problem why = {.code = ERR_OK};
    struct work *w = begin(x);
    if (!w)
        return NEXT_REPLY;
    w->request.kind = SOURCE_URL;
    w->request.content = exchange_query(x, "url");
    if (!w->request.content.len)
        problem_add(&why, x->arena, text_of("/url"), "must name the page to read");
    if (summary_request_options(x, "url", &w->request, &why) != ERR_OK)
        return exchange_fail(x, &why);
    return fetch_next(x);
}

static enum next go_on(struct exchange *x)
{
    switch ((enum stage)x->stage) {
    case STAGE_BODY:
        return read_body(x);
    case STAGE_FETCH:
        return fetch_page(x);
    case STAGE_READ:
    case STAGE_HEADERS:
        break;
    }
    return summarise(x);
}

enum next summaries_post(struct exchange *x)
{
    return x->stage == STAGE_HEADERS ? read_post_headers(x) : go_on(x);
}

enum next summaries_get(struct exchange *x)
{
    return x->stage == STAGE_HEADERS ? read_get_headers(x) : go_on(x);
}
