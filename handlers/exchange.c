#include "handlers/exchange.h"

#include "models/problem_json.h"

struct text exchange_header(const struct exchange *x, const char *name)
{
    const struct http_fields *f = &x->request.headers;
    for (uint32_t i = 0; i < f->count; i++)
        if (text_same(f->at[i].name, name))
            return f->at[i].value;
    return (struct text){NULL, 0};
}

struct text exchange_query(const struct exchange *x, const char *name)
{
    const struct http_fields *f = &x->request.query;
    for (uint32_t i = 0; i < f->count; i++)
        if (text_is(f->at[i].name, name))
            return f->at[i].value;
    return (struct text){NULL, 0};
}

void exchange_add_header(struct exchange *x, const char *name, struct text value)
{
    struct http_response *r = &x->response;
    if (r->header_count < RESPONSE_HEADERS_MAX)
        r->headers[r->header_count++] = (struct http_field){text_of(name), value};
}

/* Sent where not even the problem document finds memory. */
static const char last_words[] =
    "{\"type\":\"/problems/out-of-memory\",\"title\":\"The request needs more memory than it may "
    "use\",\"status\":503}";

enum next exchange_fail(struct exchange *x, const struct problem *p)
{
    struct http_response *r = &x->response;
    struct text body;
    enum err code = p->code;

    if (problem_to_json(x->arena, p, x->request.path, x->request.id, &body) != ERR_OK) {
        code = ERR_NO_MEMORY;
        body = text_of(last_words);
    }
    r->status = err_status(code);
    r->content_type = "application/problem+json";
    r->body = body;
    r->log_code = err_name(code);
    if (r->status == 503)
        exchange_add_header(x, "Retry-After", text_of("1"));
    return NEXT_REPLY;
}

enum next exchange_refuse(struct exchange *x, enum err code, const char *detail)
{
    struct problem p = {.code = code, .detail = text_of(detail)};
    return exchange_fail(x, &p);
}

enum next exchange_reply(struct exchange *x, const char *content_type, struct text body)
{
    x->response.status = 200;
    x->response.content_type = content_type;
    x->response.body = body;
    return NEXT_REPLY;
}
