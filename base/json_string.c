#include "base/json_string.h"

#include "base/utf8.h"

uint32_t json_escape(char c, char out[JSON_ESCAPE_MAX])
{
    static const char hex[] = "0123456789abcdef";
    static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
    unsigned char byte = (unsigned char)c;
    const char *found = byte ? strchr(from, c) : NULL;

    if (found) {
        out[0] = '\\';
        out[1] = to[found - from];
        return 2;
    }
    if (byte >= 0x20) {
        out[0] = c;
        return 1;
    }
    const char written[JSON_ESCAPE_MAX] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
    memcpy(out, written, sizeof(written));
    return 6;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
        return (c | 0x20) - 'a' + 10;
    return -1;
}

int32_t json_unit_at(struct text t, uint32_t at)
{
    int32_t unit = 0;

    if (t.len < 6 || at > t.len - 6 || t.bytes[at] != '\\' || t.bytes[at + 1] != 'u')
        return -1;
    for (uint32_t i = at + 2; i < at + 6; i++) {
        int digit = hex_value(t.bytes[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

/* Reads "\uXXXX", or a pair of them, at *at and steps over it. */
static uint32_t take_units(struct text raw, uint32_t *at)
{
    int32_t high = json_unit_at(raw, *at), low = json_unit_at(raw, *at + 6);

    *at += 6;
    if (json_unit_is_high(high) && json_unit_is_low(low)) {
        *at += 6;
        return 0x10000u + ((uint32_t)(high - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
    }
    return json_unit_is_high(high) || json_unit_is_low(high) ? 0xFFFDu : (uint32_t)high;
}

static char unescaped(char letter)
{
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    const char *found = strchr(from, letter);
    return found ? to[found - from] : letter;
}

enum err json_unescape(struct arena *a, struct text raw, struct text *out)
{
    char *bytes = arena_alloc(a, raw.len);
    uint32_t len = 0;

    if (!bytes)
        return ERR_NO_MEMORY;
    for (uint32_t at = 0; at < raw.len;) {
        if (raw.bytes[at] != '\\') {
            bytes[len++] = raw.bytes[at++];
        } else if (raw.bytes[at + 1] == 'u') {
            len += utf8_put(take_units(raw, &at), bytes + len);
        } else {
            bytes[len++] = unescaped(raw.bytes[at + 1]);
            at += 2;
        }
    }
    *out = (struct text){bytes, len};
    return ERR_OK;
}

void json_pointer_step(struct strbuf *b, struct text key)
{
    strbuf_char(b, '/');
    for (uint32_t i = 0; i < key.len; i++) {
        if (key.bytes[i] == '~')
            strbuf_str(b, "~0");
        else if (key.bytes[i] == '/')
            strbuf_str(b, "~1");
        else
            strbuf_char(b, key.bytes[i]);
    }
}
