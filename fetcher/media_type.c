#include "fetcher/media_type.h"

#include <strings.h>

static struct text trim(struct text t)
{
    while (t.len > 0 && (t.bytes[0] == ' ' || t.bytes[0] == '\t'))
        t = (struct text){t.bytes + 1, t.len - 1};
    while (t.len > 0 && strchr(" \t\r\n", t.bytes[t.len - 1]))
        t.len--;
    return t;
}

/* Cuts the part before the next `;` outside quotes off `rest`. */
static struct text next_part(struct text *rest)
{
    bool quoted = false;
    uint32_t i = 0;
    for (; i < rest->len && (quoted || rest->bytes[i] != ';'); i++)
        quoted ^= rest->bytes[i] == '"';
    struct text head = {rest->bytes, i};
    uint32_t skip = i < rest->len ? i + 1 : i;
    *rest = (struct text){rest->bytes + skip, rest->len - skip};
    return trim(head);
}

static bool same_but_case(struct text t, const char *lower)
{
    return t.len == strlen(lower) && strncasecmp(t.bytes, lower, t.len) == 0;
}

/* "charset=utf-8" → "utf-8", `charset="utf-8"` → "utf-8"; bytes NULL for other parameters. */
static struct text charset_of(struct text parameter)
{
    const struct text none = {NULL, 0};
    const char *equals = parameter.len ? memchr(parameter.bytes, '=', parameter.len) : NULL;
    if (!equals)
        return none;
    uint32_t at = (uint32_t)(equals - parameter.bytes);
    if (!same_but_case(trim((struct text){parameter.bytes, at}), "charset"))
        return none;
    struct text value = trim((struct text){equals + 1, parameter.len - at - 1});
    if (value.len >= 2 && value.bytes[0] == '"' && value.bytes[value.len - 1] == '"')
        value = (struct text){value.bytes + 1, value.len - 2};
    return value.len ? value : none;
}

struct media_type media_type_read(struct text value)
{
    struct media_type m = {.charset = {NULL, 0}};
    m.essence = next_part(&value);
    while (value.len > 0 && !m.charset.bytes)
        m.charset = charset_of(next_part(&value));
    return m;
}

bool media_type_is_page(const struct media_type *m)
{
    return same_but_case(m->essence, "text/html") ||
           same_but_case(m->essence, "application/xhtml+xml") ||
           same_but_case(m->essence, "text/plain");
}
