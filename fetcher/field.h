/*
 * Pieces of header fields and of lines like them.
 */
#ifndef ONRECORD_FETCHER_FIELD_H
#define ONRECORD_FETCHER_FIELD_H

#include "base/span.h"

static inline bool field_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Without the blanks and line ends around it. */
static inline struct text field_trim(struct text t)
{
    while (t.len > 0 && field_is_blank(t.bytes[0]))
        t = (struct text){t.bytes + 1, t.len - 1};
    while (t.len > 0 && field_is_blank(t.bytes[t.len - 1]))
        t.len--;
    return t;
}

/* Cuts what stands before the first `separator` off `rest`, and trims it. */
static inline struct text field_next(struct text *rest, char separator)
{
    const char *end = rest->len ? memchr(rest->bytes, separator, rest->len) : NULL;
    uint32_t len = end ? (uint32_t)(end - rest->bytes) : rest->len;
    struct text head = {rest->bytes, len};
    len += end != NULL;
    *rest = (struct text){rest->bytes + len, rest->len - len};
    return field_trim(head);
}

#endif
