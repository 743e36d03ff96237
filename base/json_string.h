/*
 * What may stand inside a JSON string: escapes there and back, and JSON Pointers made of keys.
 */
#ifndef ONRECORD_BASE_JSON_STRING_H
#define ONRECORD_BASE_JSON_STRING_H

#include "base/span.h"
#include "base/strbuf.h"

/* The bytes that stand for `c` inside a JSON string; returns their number. */
enum { JSON_ESCAPE_MAX = 6 };
uint32_t json_escape(char c, char out[JSON_ESCAPE_MAX]);

/* The UTF-16 unit that "\uXXXX" at byte `at` of `t` writes, or -1 if that does not stand there. */
int32_t json_unit_at(struct text t, uint32_t at);

static inline bool json_unit_is_high(int32_t unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}

static inline bool json_unit_is_low(int32_t unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/*
 * The text that `raw`, the grammatical inside of a JSON string, writes; unpaired surrogates become
 * U+FFFD. Decoding never makes a string longer.
 */
enum err json_unescape(struct arena *a, struct text raw, struct text *out);

/* Appends "/" and `key` as one step of a JSON Pointer (RFC 6901): "a/b" becomes "/a~1b". */
void json_pointer_step(struct strbuf *b, struct text key);

#endif
