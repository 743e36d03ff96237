#include "handlers/newsroom.h"

#include "base/percent.h"
#include "handlers/endpoints.h"
#include "models/request_json.h"
#include "models/summary_html.h"

/* web/ of the source tree, put into the binary by tools/embed.py. */
#define ASSETS(X)                                                                                  \
    X(app_js, "/web/app.js", "text/javascript")                                                    \
    X(example_js, "/web/example.js", "text/javascript")                                            \
    X(timeline_js, "/web/timeline.js", "text/javascript")                                          \
    X(style_css, "/web/style.css", "text/css")

#define DECLARE(symbol, path, type)                                                                \
    extern const char embedded_##symbol[], embedded_##symbol##_end[];
ASSETS(DECLARE)
extern const char embedded_index_html[], embedded_index_html_end[];

#define ROW(symbol, path, type)                                                                    \
    {path, type "; charset=utf-8", embedded_##symbol, embedded_##symbol##_end},

static const struct asset {
    const char *path;
    const char *type;
    const char *bytes;
    const char *end;
} assets[] = {ASSETS(ROW)};

enum { FORM_FIELDS_MAX = 16 };

/* Nothing but our own files: a finding that slipped through as markup would still not run. */
static const char policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

static struct text between(const char *start, const char *end)
{
    return (struct text){start, (uint32_t)(end - start)};
}

static void add_page_headers(struct exchange *x)
{
    exchange_add_header(x, "Content-Security-Policy", text_of(policy));
    exchange_add_header(x, "Cache-Control", text_of("no-cache"));
    exchange_add_header(x, "Referrer-Policy", text_of("no-referrer"));
}

enum next newsroom_asset(struct exchange *x)
{
    for (size_t i = 0; i < sizeof(assets) / sizeof(assets[0]); i++)
        if (text_is(x->request.path, assets[i].path)) {
            exchange_add_header(x, "Cache-Control", text_of("no-cache"));
            return exchange_reply(x, assets[i].type, between(assets[i].bytes, assets[i].end));
        }
    return exchange_refuse(x, ERR_NOT_FOUND, "See /openapi.yaml for the paths that are served.");
}

/* Appends the page up to the mark `<!--NAME-->` and moves behind it. */
static void put_up_to(struct strbuf *b, struct text *page, const char *mark)
{
    const char *at = memmem(page->bytes, page->len, mark, strlen(mark));
    uint32_t len = at ? (uint32_t)(at - page->bytes) : page->len;
    uint32_t gone = at ? len + (uint32_t)strlen(mark) : len;

    strbuf_bytes(b, page->bytes, len);
    *page = (struct text){page->bytes + gone, page->len - gone};
}

/* The page with `text` in its field and `result` below it. */
static enum next reply_page(struct exchange *x, unsigned status, struct text text,
                            struct text result)
{
    struct strbuf b = strbuf_in(x->arena);
    struct text page = between(embedded_index_html, embedded_index_html_end), body;

    put_up_to(&b, &page, "<!--text-->");
    html_put(&b, text);
    put_up_to(&b, &page, "<!--result-->");
    strbuf_text(&b, result);
    strbuf_text(&b, page);
    if (strbuf_finish(&b, &body) != ERR_OK)
        return exchange_refuse(x, ERR_NO_MEMORY, "Send a shorter text.");
    add_page_headers(x);
    exchange_reply(x, "text/html; charset=utf-8", body);
    x->response.status = status;
    return NEXT_REPLY;
}

enum next newsroom_page(struct exchange *x)
{
    struct text none = {NULL, 0};
    return reply_page(x, 200, none, none);
}

enum err newsroom_read_form(struct exchange *x, struct request *r, struct problem *why)
{
    struct text rest = x->request.body, text = {NULL, 0}, url = {NULL, 0}, published = {NULL, 0};
    bool known = false;

    for (int n = 0; rest.len && n < FORM_FIELDS_MAX; n++) {
        struct text value = text_cut(&rest, '&'), name = text_cut(&value, '=');
        struct text *to = text_is(name, "text")        ? &text
                          : text_is(name, "url")       ? &url
                          : text_is(name, "published") ? &published
                                                       : NULL;
        known |= to != NULL;
        if (to && percent_decode(x->arena, value, true, to) != ERR_OK)
            return problem_set(why, x->arena, ERR_BAD_ENCODING,
                               "The form's field %.*s is not percent-encoded UTF-8.", (int)name.len,
                               name.bytes);
    }
    if (!known)
        return problem_set(why, x->arena, ERR_MALFORMED_FORM,
                           "The form has none of the fields text, url and published.");
    r->kind = url.len ? SOURCE_URL : SOURCE_TEXT;
    r->content = url.len ? url : text;
    if (!r->content.len)
        return problem_set(why, x->arena, ERR_EMPTY_TEXT, "Paste an article, or give its address.");
    return published.len ? request_set_option(x->arena, r, text_of("published"), published,
                                              text_of("/published"), why)
                         : ERR_OK;
}

enum next newsroom_reply(struct exchange *x, const struct summary *s, const struct request *r)
{
    struct strbuf b = strbuf_in(x->arena);
    struct text result;

    summary_to_html(&b, s, r);
    if (strbuf_finish(&b, &result) != ERR_OK)
        return exchange_refuse(x, ERR_NO_MEMORY, "Send a shorter text.");
    return reply_page(x, 200, s->document.text, result);
}

enum next newsroom_fail(struct exchange *x, const struct problem *p)
{
    struct strbuf b = strbuf_in(x->arena);
    struct text result, none = {NULL, 0};

    problem_to_html(&b, p);
    if (strbuf_finish(&b, &result) != ERR_OK)
        return exchange_fail(x, p);
    x->response.log_code = err_name(p->code);
    return reply_page(x, err_status(p->code), none, result);
}
