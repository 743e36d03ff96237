#include "fetcher/media_type.h"

#include "fetcher/field.h"

/* Cuts the part before the next `;` outside quotes off `rest`. */
static struct text next_part(struct text *rest)
{
    bool quoted = false;
    uint32_t i = 0;
    if (rest->len == 0)
        return *rest; /* its bytes may be NULL */
    for (; i < rest->len && (quoted || rest->bytes[i] != ';'); i++)
        quoted ^= rest->bytes[i] == '"';
    struct text head = {rest->bytes, i};
    uint32_t skip = i < rest->len ? i + 1 : i;
    *rest = (struct text){rest->bytes + skip, rest->len - skip};
    return field_trim(head);
}

/* "charset=utf-8" → "utf-8", `charset="utf-8"` → "utf-8"; bytes NULL for other parameters. */
static struct text charset_of(struct text parameter)
{
    const struct text none = {NULL, 0};
    if (!text_same(field_next(&parameter, '='), "charset"))
        return none;
    struct text value = field_trim(parameter);
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
    return text_same(m->essence, "text/html") || text_same(m->essence, "application/xhtml+xml") ||
           text_same(m->essence, "text/plain");
}
