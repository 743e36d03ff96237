#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json_string.h"

struct json_writer json_writer_to(struct strbuf *to, bool pretty)
{
    return (struct json_writer){.to = to, .pretty = pretty};
}

static void new_line(struct json_writer *w)
{
    strbuf_char(w->to, '\n');
    for (unsigned i = 0; i < w->depth; i++)
        strbuf_bytes(w->to, "  ", 2);
}

/* What stands between the item before and the one that follows. */
static void start_item(struct json_writer *w)
{
    if (w->after_key) {
        w->after_key = false;
        return;
    }
    if (w->has_item)
        strbuf_char(w->to, ',');
    if (w->pretty && w->depth > 0)
        new_line(w);
    w->has_item = true;
}

static void open_with(struct json_writer *w, char bracket)
{
    start_item(w);
    strbuf_char(w->to, bracket);
    w->depth++;
    w->has_item = false;
}

static void close_with(struct json_writer *w, char bracket)
{
    w->depth--;
    if (w->pretty && w->has_item)
        new_line(w);
    strbuf_char(w->to, bracket);
    w->has_item = true;
}

void json_open_object(struct json_writer *w)
{
    open_with(w, '{');
}

void json_close_object(struct json_writer *w)
{
    close_with(w, '}');
}

void json_open_array(struct json_writer *w)
{
    open_with(w, '[');
}

void json_close_array(struct json_writer *w)
{
    close_with(w, ']');
}

static bool is_plain(char c)
{
    return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

/* Runs of plain bytes go out in one piece: an article is little else. */
static void put_quoted(struct strbuf *to, struct text t)
{
    uint32_t from = 0;

    strbuf_char(to, '"');
    for (uint32_t i = 0; i < t.len; i++) {
        if (is_plain(t.bytes[i]))
            continue;
        char escape[JSON_ESCAPE_MAX];
        strbuf_bytes(to, t.bytes + from, i - from);
        strbuf_bytes(to, escape, json_escape(t.bytes[i], escape));
        from = i + 1;
    }
    strbuf_bytes(to, t.bytes + from, t.len - from);
    strbuf_char(to, '"');
}

void json_put_key(struct json_writer *w, const char *key)
{
    start_item(w);
    put_quoted(w->to, text_of(key));
    strbuf_str(w->to, w->pretty ? ": " : ":");
    w->after_key = true;
}

void json_put_text(struct json_writer *w, struct text t)
{
    if (!t.bytes) {
        json_put_null(w);
        return;
    }
    start_item(w);
    put_quoted(w->to, t);
}

void json_put_str(struct json_writer *w, const char *nul_terminated)
{
    json_put_text(w, nul_terminated ? text_of(nul_terminated) : (struct text){NULL, 0});
}

static void put_digits(struct json_writer *w, bool negative, uint64_t n)
{
    char digits[21], *first = digits + sizeof(digits);

    do
        *--first = (char)('0' + n % 10);
    while ((n /= 10) > 0);
    if (negative)
        *--first = '-';
    start_item(w);
    strbuf_bytes(w->to, first, (size_t)(digits + sizeof(digits) - first));
}

void json_put_uint(struct json_writer *w, uint64_t n)
{
    put_digits(w, false, n);
}

void json_put_int(struct json_writer *w, int64_t n)
{
    put_digits(w, n < 0, n < 0 ? -(uint64_t)n : (uint64_t)n);
}

void json_put_double(struct json_writer *w, double x)
{
    char digits[32];

    if (!isfinite(x)) {
        json_put_null(w);
        return;
    }
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof(digits), "%.*g", precision, x);
        if (strtod(digits, NULL) == x)
            break;
    }
    start_item(w);
    strbuf_str(w->to, digits);
}

void json_put_bool(struct json_writer *w, bool b)
{
    start_item(w);
    strbuf_str(w->to, b ? "true" : "false");
}

void json_put_null(struct json_writer *w)
{
    start_item(w);
    strbuf_str(w->to, "null");
}
