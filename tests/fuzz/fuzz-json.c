/*
 * The gate and the reader behind it. What the gate lets through, cJSON reads; what it refuses it
 * places inside the text; and a tree that is written out reads back the same.
 */
#include "tests/fuzz/fuzz.h"

#include "base/json.h"
#include "base/utf8.h"

static void check_fault(struct text body, enum err err, const struct json_fault *fault)
{
    uint32_t bad_at;

    MUST(err == ERR_MALFORMED_JSON || err == ERR_BAD_ENCODING || err == ERR_INVALID_REQUEST);
    MUST(fault->reason && fault->offset <= body.len);
    MUST(fault->line >= 1 && fault->column >= 1 && fault->column <= fault->offset + 1);
    if (err == ERR_BAD_ENCODING)
        MUST(!utf8_check(body, &bad_at) && bad_at == fault->offset);
    if (err == ERR_INVALID_REQUEST)
        MUST(fault->pointer.len == 0 || fault->pointer.bytes[0] == '/');
}

static void open_value(struct json_writer *w, const struct json *v)
{
    switch (json_type(v)) {
    case JSON_NULL:
        json_put_null(w);
        break;
    case JSON_FALSE:
    case JSON_TRUE:
        json_put_bool(w, json_type(v) == JSON_TRUE);
        break;
    case JSON_NUMBER:
        json_put_double(w, json_number(v));
        break;
    case JSON_STRING:
        json_put_text(w, json_string(v));
        break;
    case JSON_ARRAY:
        json_open_array(w);
        break;
    case JSON_OBJECT:
        json_open_object(w);
        break;
    }
}

static bool is_open(const struct json *v)
{
    return json_type(v) == JSON_ARRAY || json_type(v) == JSON_OBJECT;
}

static void close_value(struct json_writer *w, const struct json *v)
{
    if (json_type(v) == JSON_ARRAY)
        json_close_array(w);
    else
        json_close_object(w);
}

static struct text write_tree(struct arena *a, const struct json *root, bool pretty)
{
    const struct json *parents[JSON_DEPTH_MAX + 1] = {NULL}, *v = root;
    struct strbuf b = strbuf_in(a);
    struct json_writer w = json_writer_to(&b, pretty);
    struct text out = {NULL, 0};
    unsigned depth = 0;

    do {
        if (v) {
            if (depth > 0 && json_type(parents[depth - 1]) == JSON_OBJECT)
                json_put_key(&w, json_key(v).bytes);
            open_value(&w, v);
            if (is_open(v)) {
                parents[depth++] = v;
                v = json_first(v);
            } else {
                v = depth > 0 ? json_next(v) : NULL;
            }
        } else {
            v = parents[--depth];
            close_value(&w, v);
            v = depth > 0 ? json_next(v) : NULL;
        }
    } while (v || depth > 0);
    MUST(strbuf_finish(&b, &out) == ERR_OK);
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(256 << 20);
    struct text body = {(const char *)data, (uint32_t)size};
    struct json_fault fault = {0};
    const struct json *root = NULL;

    enum err err = json_parse(a, body, &root, &fault);
    if (err != ERR_OK) {
        MUST(!root);
        check_fault(body, err, &fault);
        arena_free(a);
        return 0;
    }
    struct text compact = write_tree(a, root, false);
    const struct json *again;
    MUST(json_parse(a, write_tree(a, root, true), &again, &fault) == ERR_OK);
    MUST(text_equal(compact, write_tree(a, again, false)));
    arena_free(a);
    return 0;
}
