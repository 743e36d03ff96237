#include "base/percent.h"

#include "base/utf8.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

enum err percent_decode(struct arena *a, struct text raw, bool plus_is_space, struct text *out)
{
    char *to = arena_alloc(a, (size_t)raw.len + 1);
    uint32_t n = 0, bad_at;
    if (!to)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < raw.len; i++) {
        char c = raw.bytes[i];
        if (c == '%') {
            int high = i + 2 < raw.len ? hex_digit(raw.bytes[i + 1]) : -1;
            int low = i + 2 < raw.len ? hex_digit(raw.bytes[i + 2]) : -1;
            if (high < 0 || low < 0 || (high == 0 && low == 0))
                return ERR_BAD_ENCODING;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        to[n++] = c;
    }
    struct text decoded = {to, n};
    if (!utf8_check(decoded, &bad_at))
        return ERR_BAD_ENCODING;
    *out = decoded;
    return ERR_OK;
}
