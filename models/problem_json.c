#include "models/problem_json.h"

#include "base/json.h"

static void put_type(struct arena *a, struct json_writer *w, enum err code)
{
    struct strbuf b = strbuf_in(a);
    struct text type = {NULL, 0};
    strbuf_printf(&b, "/problems/%s", err_name(code));
    strbuf_finish(&b, &type);
    json_put_key(w, "type");
    json_put_text(w, type);
}

static void put_optional(struct json_writer *w, const char *key, struct text value)
{
    if (!value.bytes)
        return;
    json_put_key(w, key);
    json_put_text(w, value);
}

static void put_errors(struct json_writer *w, const struct problem *p)
{
    json_put_key(w, "errors");
    json_open_array(w);
    for (uint32_t i = 0; i < p->error_count; i++) {
        json_open_object(w);
        json_put_key(w, "pointer");
        json_put_text(w, p->errors[i].pointer);
        json_put_key(w, "detail");
        json_put_text(w, p->errors[i].detail);
        json_close_object(w);
    }
    json_close_array(w);
}

enum err problem_to_json(struct arena *a, const struct problem *p, struct text instance,
                         struct text request_id, struct text *out)
{
    struct strbuf b = strbuf_in(a);
    struct json_writer w = json_writer_to(&b, false);

    json_open_object(&w);
    put_type(a, &w, p->code);
    json_put_key(&w, "title");
    json_put_str(&w, err_title(p->code));
    json_put_key(&w, "status");
    json_put_uint(&w, err_status(p->code));
    put_optional(&w, "detail", p->detail);
    put_optional(&w, "instance", instance);
    put_optional(&w, "request_id", request_id);
    if (p->error_count > 0)
        put_errors(&w, p);
    json_close_object(&w);
    return strbuf_finish(&b, out);
}
