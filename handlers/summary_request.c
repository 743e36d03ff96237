#include "handlers/summary_request.h"

#include "base/strbuf.h"
#include "fetcher/media_type.h"
#include "models/request_json.h"

static enum err check_coding(const struct exchange *x, struct problem *why)
{
    struct text coding = exchange_header(x, "Content-Encoding");
    if (!coding.len || text_same(coding, "identity"))
        return ERR_OK;
    return problem_set(why, x->arena, ERR_MEDIA_TYPE, "Send the body without compression.");
}

static enum err check_charset(const struct exchange *x, enum summary_form form, struct text charset,
                              struct problem *why)
{
    bool utf8 = !charset.bytes || text_same(charset, "utf-8") || text_same(charset, "utf8") ||
                text_same(charset, "us-ascii");
    if (utf8 || form == FORM_HTML) /* the page stage knows other character sets */
        return ERR_OK;
    return problem_set(why, x->arena, ERR_MEDIA_TYPE, "Send the text in UTF-8, not in %.*s.",
                       (int)(charset.len < 40 ? charset.len : 40), charset.bytes);
}

enum err summary_request_form(const struct exchange *x, enum summary_form *form,
                              struct text *charset, struct problem *why)
{
    static const struct {
        const char *type;
        enum summary_form form;
    } rows[] = {{"application/json", FORM_JSON},
                {"text/plain", FORM_TEXT},
                {"text/html", FORM_HTML},
                {"application/xhtml+xml", FORM_HTML}};
    struct media_type m = media_type_read(exchange_header(x, "Content-Type"));

    if (check_coding(x, why) != ERR_OK)
        return why->code;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (!text_same(m.essence, rows[i].type))
            continue;
        enum err e = check_charset(x, rows[i].form, m.charset, why);
        if (e != ERR_OK)
            return e;
        *form = rows[i].form;
        *charset = m.charset;
        return ERR_OK;
    }
    return problem_set(why, x->arena, ERR_MEDIA_TYPE,
                       "Say with Content-Type what the body is: application/json, text/plain or "
                       "text/html.");
}

enum err summary_request_lines(const struct exchange *x, struct problem *why)
{
    struct media_type m = media_type_read(exchange_header(x, "Content-Type"));

    if (check_coding(x, why) != ERR_OK)
        return why->code;
    if (!text_same(m.essence, "application/x-ndjson"))
        return problem_set(why, x->arena, ERR_MEDIA_TYPE,
                           "Send application/x-ndjson: one request object a line.");
    return check_charset(x, FORM_JSON, m.charset, why);
}

/* "published" -> "/published": a query parameter is pointed to as if it were a member. */
static struct text pointer_to(struct arena *a, struct text name)
{
    struct strbuf b = strbuf_in(a);
    struct text pointer;
    strbuf_char(&b, '/');
    for (uint32_t i = 0; i < name.len; i++) {
        char c = name.bytes[i];
        if (c == '~' || c == '/')
            strbuf_str(&b, c == '~' ? "~0" : "~1");
        else
            strbuf_char(&b, c);
    }
    return strbuf_finish(&b, &pointer) == ERR_OK ? pointer : name;
}

static bool is_repeated(const struct http_fields *query, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++)
        if (text_equal(query->at[i].name, query->at[at].name))
            return true;
    return false;
}

static enum err conclude(const struct exchange *x, struct problem *why)
{
    if (why->error_count == 0)
        return ERR_OK;
    return problem_set(why, x->arena, ERR_INVALID_REQUEST, "%s",
                       why->error_count == 1 ? "One query parameter is wrong."
                                             : "Several query parameters are wrong.");
}

enum err summary_request_options(const struct exchange *x, const char *taken, struct request *r,
                                 struct problem *why)
{
    const struct http_fields *query = &x->request.query;
    for (uint32_t i = 0; i < query->count; i++) {
        const struct http_field *f = &query->at[i];
        struct text pointer = pointer_to(x->arena, f->name);
        if (is_repeated(query, i))
            problem_add(why, x->arena, pointer, "is given twice");
        else if (!taken || !text_is(f->name, taken))
            request_set_option(x->arena, r, f->name, f->value, pointer, why);
    }
    return conclude(x, why);
}

enum err summary_request_no_query(const struct exchange *x, struct problem *why)
{
    const struct http_fields *query = &x->request.query;
    for (uint32_t i = 0; i < query->count; i++)
        problem_add(why, x->arena, pointer_to(x->arena, query->at[i].name),
                    "must be a member of the JSON body");
    return conclude(x, why);
}
