#include "base/strbuf.h"

#include <stdarg.h>
#include <stdio.h>

enum { FIRST_SIZE = 256, PRINTF_MAX = 1024 };

struct strbuf strbuf_in(struct arena *a)
{
    return (struct strbuf){.arena = a};
}

static bool reserve(struct strbuf *b, size_t more)
{
    if (b->failed)
        return false;
    if (more <= (size_t)(b->cap - b->len))
        return true;

    size_t cap = b->cap ? (size_t)b->cap * 2 : FIRST_SIZE;
    if (cap < b->len + more)
        cap = b->len + more;
    char *bytes = cap > UINT32_MAX ? NULL : arena_grow(b->arena, b->bytes, b->cap, cap);
    if (!bytes) {
        b->failed = true;
        return false;
    }
    b->bytes = bytes;
    b->cap = (uint32_t)cap;
    return true;
}

void strbuf_bytes(struct strbuf *b, const char *bytes, size_t len)
{
    if (len == 0 || !reserve(b, len))
        return;
    memcpy(b->bytes + b->len, bytes, len);
    b->len += (uint32_t)len;
}

void strbuf_text(struct strbuf *b, struct text t)
{
    strbuf_bytes(b, t.bytes, t.len);
}

void strbuf_str(struct strbuf *b, const char *nul_terminated)
{
    strbuf_bytes(b, nul_terminated, strlen(nul_terminated));
}

void strbuf_char(struct strbuf *b, char c)
{
    strbuf_bytes(b, &c, 1);
}

void strbuf_printf(struct strbuf *b, const char *format, ...)
{
    char line[PRINTF_MAX];
    va_list args;

    va_start(args, format);
    int n = vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof(line))
        b->failed = true;
    else
        strbuf_bytes(b, line, (size_t)n);
}

enum err strbuf_finish(struct strbuf *b, struct text *out)
{
    if (!reserve(b, 1))
        return ERR_NO_MEMORY;
    b->bytes[b->len] = '\0';
    *out = (struct text){b->bytes, b->len};
    return ERR_OK;
}
