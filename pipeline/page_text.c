#include "pipeline/page_text.h"

#include <strings.h>

#include "base/utf8.h"

struct squeezer squeezer_to(struct strbuf *to)
{
    return (struct squeezer){.to = to, .start = to->len};
}

void squeezer_part(struct squeezer *s, bool line)
{
    if (s->to->len > s->start && s->space != '\n')
        s->space = line ? '\n' : ' ';
}

/* Soft hyphens, zero width spaces and joiners, marks of direction, byte order marks. */
static bool has_no_width(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF;
}

static void put(struct squeezer *s, const char *bytes, uint32_t len)
{
    if (s->space)
        strbuf_char(s->to, s->space);
    s->space = 0;
    strbuf_bytes(s->to, bytes, len);
}

static bool is_plain(unsigned char c)
{
    return c > ' ' && c < 0x7F;
}

void squeezer_add(struct squeezer *s, struct text t)
{
    for (uint32_t i = 0, size; i < t.len; i += size) {
        for (size = 0; i + size < t.len && is_plain((unsigned char)t.bytes[i + size]);)
            size++;
        if (size) {
            put(s, t.bytes + i, size);
            continue;
        }
        uint32_t c = utf8_at(t, i, &size);
        if (has_no_width(c))
            continue;
        if (utf8_is_space(c) || c < ' ')
            squeezer_part(s, false);
        else
            put(s, t.bytes + i, size);
    }
}

enum err text_squeezed(struct arena *a, struct text t, struct text *out)
{
    struct strbuf b = strbuf_in(a);
    struct squeezer s = squeezer_to(&b);

    squeezer_add(&s, t);
    return strbuf_finish(&b, out);
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct text text_trimmed(struct text t)
{
    while (t.len && is_blank(t.bytes[t.len - 1]))
        t.len--;
    while (t.len && is_blank(*t.bytes))
        t.bytes++, t.len--;
    return t;
}

bool text_equal_but_case(struct text a, struct text b)
{
    return a.len == b.len && strncasecmp(a.bytes, b.bytes, a.len) == 0;
}

bool text_begins(struct text t, const char *prefix)
{
    size_t n = strlen(prefix);
    return t.len >= n && strncasecmp(t.bytes, prefix, n) == 0;
}

uint32_t text_find(struct text t, const char *part)
{
    for (uint32_t i = 0; i < t.len; i++)
        if (text_begins((struct text){t.bytes + i, t.len - i}, part))
            return i;
    return t.len;
}
