/*
 * Views into bytes that somebody else owns.
 *
 * A `struct text` is a run of UTF-8 bytes, not NUL-terminated. A `struct span` is a piece of one
 * text, in BYTES, end exclusive: the only offset unit inside the program. The units that clients
 * ask for (code points, UTF-16 units) are computed in one place, models/offsets.h.
 */
#ifndef ONRECORD_BASE_SPAN_H
#define ONRECORD_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

struct text {
    const char *bytes; /* may be NULL only when len is 0 */
    uint32_t len;
};

struct span {
    uint32_t start;
    uint32_t end;
};

/* A string literal as a text, usable in static tables. */
#define TEXT(literal)                                                                              \
    {                                                                                              \
        (literal), (uint32_t)sizeof(literal) - 1                                                   \
    }

static inline struct text text_of(const char *nul_terminated)
{
    return (struct text){nul_terminated, (uint32_t)strlen(nul_terminated)};
}

static inline bool text_equal(struct text a, struct text b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.bytes, b.bytes, a.len) == 0);
}

/* True if `t` holds exactly the bytes of the NUL-terminated `s`. */
static inline bool text_is(struct text t, const char *s)
{
    return text_equal(t, text_of(s));
}

/* The same where the case of ASCII letters does not count: names of fields, media types, words. */
static inline bool text_same(struct text t, const char *s)
{
    return t.len == strlen(s) && strncasecmp(t.bytes, s, t.len) == 0;
}

static inline bool text_starts(struct text t, const char *prefix)
{
    size_t n = strlen(prefix);
    return t.len >= n && memcmp(t.bytes, prefix, n) == 0;
}

static inline bool text_ends(struct text t, const char *suffix)
{
    size_t n = strlen(suffix);
    return t.len >= n && memcmp(t.bytes + t.len - n, suffix, n) == 0;
}

/* Takes what stands before the first `stop` off `rest`, and the stop; the whole if there is none.
 */
static inline struct text text_cut(struct text *rest, char stop)
{
    const char *at = rest->len ? (const char *)memchr(rest->bytes, stop, rest->len) : NULL;
    uint32_t len = at ? (uint32_t)(at - rest->bytes) : rest->len;
    struct text piece = {rest->bytes, len};
    uint32_t gone = at ? len + 1 : len;
    *rest = (struct text){rest->bytes + gone, rest->len - gone};
    return piece;
}

/* The bytes of `in` that `s` covers; `s` must lie inside `in`. */
static inline struct text text_slice(struct text in, struct span s)
{
    return (struct text){in.bytes + s.start, s.end - s.start};
}

static inline bool span_overlaps(struct span a, struct span b)
{
    return a.start < b.end && b.start < a.end;
}

static inline bool span_contains(struct span outer, struct span inner)
{
    return outer.start <= inner.start && inner.end <= outer.end;
}

#endif
