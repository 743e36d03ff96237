/*
 * A growing string in an arena.
 *
 * Appending never fails at the call: once memory runs out the buffer is marked `failed`, further
 * appends do nothing, and strbuf_text() says so. One check at the end instead of one a line.
 */
#ifndef ONRECORD_BASE_STRBUF_H
#define ONRECORD_BASE_STRBUF_H

#include "base/arena.h"
#include "base/error.h"
#include "base/span.h"

struct strbuf {
    struct arena *arena;
    char *bytes;
    uint32_t len;
    uint32_t cap;
    bool failed;
};

struct strbuf strbuf_in(struct arena *a);

void strbuf_bytes(struct strbuf *b, const char *bytes, size_t len);
void strbuf_text(struct strbuf *b, struct text t);
void strbuf_str(struct strbuf *b, const char *nul_terminated);
void strbuf_char(struct strbuf *b, char c);

/* printf into the buffer; the result of one call is at most 1 KiB, longer ones mark it failed. */
void strbuf_printf(struct strbuf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The whole, also NUL-terminated behind its last byte. ERR_NO_MEMORY if an append failed. */
enum err strbuf_finish(struct strbuf *b, struct text *out);

#endif
