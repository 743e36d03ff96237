#include "fetcher/media_type.h"
#include "handlers/accept.h"
#include "handlers/bring_page.h"
#include "handlers/endpoints.h"
#include "handlers/newsroom.h"
#include "handlers/stage_costs.h"
#include "handlers/summary_request.h"
#include "models/request_json.h"
#include "models/summary_calendar.h"
#include "models/summary_json.h"
#include "models/summary_markdown.h"

/*
 * POST and GET /v1/summaries, each line of a batch, and the page's form. What the headers and the
 * query tell is checked before the body is read; the rest is a compute worker's, and a page is
 * brought by a fetch worker in between.
 */

enum stage { STAGE_HEADERS, STAGE_BODY, STAGE_FETCH, STAGE_READ };

/* What the answer looks like. Those that a client may ask for stand in the order of `offered`. */
enum rendering { RENDER_JSON, RENDER_CALENDAR, RENDER_MARKDOWN, RENDER_PAGE, RENDER_LINE };

static const char *const offered[] = {"application/json", "text/calendar", "text/markdown"};

/* What one step leaves for the next. */
struct work {
    enum rendering rendering;
    enum summary_form form;
    struct request request;
    struct page_source page;
    bool has_page; /* `page` says something that the request does not */
};

/* x->state, made at the first step; NULL, and the response is made, without memory. */
static struct work *begin(struct exchange *x, int rendering)
{
    if (rendering < 0) {
        exchange_refuse(x, ERR_NOT_ACCEPTABLE,
                        "Accept application/json, text/calendar or text/markdown.");
        return NULL;
    }
    struct work *w = ARENA_NEW(x->arena, struct work);
    if (w)
        w->rendering = (enum rendering)rendering;
    else
        exchange_refuse(x, ERR_NO_MEMORY, "Ask again later.");
    x->state = w;
    return w;
}

static int wanted(const struct exchange *x)
{
    return accept_choose(exchange_header(x, "Accept"), offered,
                         sizeof(offered) / sizeof(offered[0]));
}

/* What went wrong, told as the client wants to be answered. */
static enum next fail(struct exchange *x, const struct problem *p)
{
    const struct work *w = x->state;
    return w->rendering == RENDER_PAGE ? newsroom_fail(x, p) : exchange_fail(x, p);
}

static enum next refuse(struct exchange *x, enum err code, const char *detail)
{
    struct problem p = {.code = code, .detail = text_of(detail)};
    return fail(x, &p);
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
        return refuse(x, ERR_URL_NOT_ALLOWED, "This service fetches no URLs.");
    x->stage = STAGE_FETCH;
    return NEXT_FETCH;
}

static enum next fetch_page(struct exchange *x)
{
    struct work *w = x->state;
    struct problem why = {.code = ERR_OK};

    if (bring_page(x->service->fetcher, x->arena, w->request.content, &w->page, &why) != ERR_OK)
        return fail(x, &why);
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

static enum next reply(struct exchange *x, struct summary *s)
{
    static const char *const types[] = {"application/json", "text/calendar; charset=utf-8",
                                        "text/markdown; charset=utf-8"};
    struct work *w = x->state;
    struct text body;
    enum err e;

    if (w->rendering == RENDER_PAGE)
        return newsroom_reply(x, s, &w->request);
    if (w->rendering == RENDER_CALENDAR)
        e = summary_to_calendar(x->arena, s, &w->request, x->service->version, &body);
    else if (w->rendering == RENDER_MARKDOWN)
        e = summary_to_markdown(x->arena, s, &w->request, &body);
    else
        e = summary_to_json(x->arena, s, &w->request, x->service->version, false, &body);
    if (e == ERR_OK && w->rendering == RENDER_LINE)
        return exchange_reply(x, NULL, body);
    if (e != ERR_OK)
        return exchange_refuse(x, ERR_NO_MEMORY, "Send a shorter text, or ask for fewer lists.");
    if (w->rendering == RENDER_JSON)
        set_cache_headers(x, w, s);
    exchange_add_header(x, "Vary", text_of("Accept"));
    return exchange_reply(x, types[w->rendering], body);
}

static enum next summarise(struct exchange *x)
{
    struct work *w = x->state;
    struct problem why = {.code = ERR_OK};
    struct stage_meter meter;
    struct summary s;

    stage_meter_start(&meter, x);
    if (pipeline_run(x->arena, &w->request, w->has_page ? &w->page : NULL, &meter.watch, &s,
                     &why) != ERR_OK)
        return fail(x, &why);
    return reply(x, &s);
}

static enum next read_body(struct exchange *x)
{
    struct work *w = x->state;
    struct problem why = {.code = ERR_OK};

    if (w->rendering == RENDER_PAGE) {
        if (newsroom_read_form(x, &w->request, &why) != ERR_OK)
            return fail(x, &why);
    } else if (w->form == FORM_JSON) {
        if (request_from_json(x->arena, x->request.body, &w->request, &why) != ERR_OK)
            return fail(x, &why);
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
    struct work *w = begin(x, wanted(x));
    if (!w)
        return NEXT_REPLY;
    if (summary_request_form(x, &w->form, &w->page.charset, &why) != ERR_OK)
        return fail(x, &why);

    enum err e = w->form == FORM_JSON ? summary_request_no_query(x, &why)
                                      : summary_request_options(x, NULL, &w->request, &why);
    if (e != ERR_OK)
        return fail(x, &why);
    w->request.kind = w->form == FORM_HTML ? SOURCE_HTML : SOURCE_TEXT;
    w->has_page = w->form == FORM_HTML;
    x->stage = STAGE_BODY;
    return NEXT_COMPUTE;
}

static enum next read_get_headers(struct exchange *x)
{
    struct problem why = {.code = ERR_OK};
    struct work *w = begin(x, wanted(x));
    if (!w)
        return NEXT_REPLY;
    w->request.kind = SOURCE_URL;
    w->request.content = exchange_query(x, "url");
    if (!w->request.content.len)
        problem_add(&why, x->arena, text_of("/url"), "must name the page to read");
    if (summary_request_options(x, "url", &w->request, &why) != ERR_OK)
        return fail(x, &why);
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

/* The form of the newsroom page, sent by a browser without scripts. */
static enum next read_form_headers(struct exchange *x)
{
    struct media_type m = media_type_read(exchange_header(x, "Content-Type"));

    if (!begin(x, RENDER_PAGE))
        return NEXT_REPLY;
    if (!text_is(m.essence, "application/x-www-form-urlencoded"))
        return refuse(x, ERR_MEDIA_TYPE,
                      "This address takes the form of the page; see /openapi.yaml.");
    x->stage = STAGE_BODY;
    return NEXT_COMPUTE;
}

enum next summaries_form(struct exchange *x)
{
    return x->stage == STAGE_HEADERS ? read_form_headers(x) : go_on(x);
}

enum next summaries_batch(struct exchange *x)
{
    static const char *const answers[] = {"application/x-ndjson"};
    struct problem why = {.code = ERR_OK};

    if (accept_choose(exchange_header(x, "Accept"), answers, 1) < 0)
        return exchange_refuse(x, ERR_NOT_ACCEPTABLE, "Accept application/x-ndjson.");
    if (summary_request_lines(x, &why) != ERR_OK || summary_request_no_query(x, &why) != ERR_OK)
        return exchange_fail(x, &why);
    exchange_reply(x, answers[0], (struct text){NULL, 0});
    return NEXT_LINES;
}

enum next summaries_line(struct exchange *x)
{
    if (x->stage != STAGE_HEADERS)
        return go_on(x);
    if (x->request.body.len > x->service->max_body)
        return exchange_refuse(x, ERR_TOO_LARGE, "The line is longer than --max-body.");
    struct work *w = begin(x, RENDER_LINE);
    if (!w)
        return NEXT_REPLY;
    w->form = FORM_JSON;
    return read_body(x);
}
