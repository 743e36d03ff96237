/*
 * JSON at the door and on the way out.
 *
 * Reading: a strict gate (RFC 8259, UTF-8, bounded depth, nodes and keys) runs before cJSON, which
 * would take trailing bytes, invalid UTF-8, duplicate keys and \u0000. This file's .c files are the
 * only users of cJSON. cJSON's nodes are allocated in the arena of the call.
 *
 * Writing: struct json_writer appends compact or indented JSON to a strbuf.
 */
#ifndef ONRECORD_BASE_JSON_H
#define ONRECORD_BASE_JSON_H

#include "base/arena.h"
#include "base/error.h"
#include "base/span.h"
#include "base/strbuf.h"

enum {
    JSON_DEPTH_MAX = 64,
    JSON_NODES_MAX = 10000,
    JSON_KEY_MAX = 256, /* bytes of a key, as written */
};

/* Where and why a text is not acceptable JSON. */
struct json_fault {
    const char *reason;  /* static: "a comma or ] was expected" */
    uint32_t offset;     /* in bytes from the start */
    uint32_t line;       /* from 1 */
    uint32_t column;     /* in code points, from 1 */
    struct text pointer; /* of the member, for faults of content (ERR_INVALID_REQUEST) */
};

/*
 * One iterative pass with an explicit stack; O(n log n) in the number of keys.
 *
 * ERR_MALFORMED_JSON: breaks the grammar, or is too deep or has too many nodes. ERR_BAD_ENCODING:
 * not UTF-8. ERR_INVALID_REQUEST: grammatical, but has a duplicate key, a key over JSON_KEY_MAX, a
 * \u0000, an unpaired surrogate escape or a number of over 63 characters; fault->pointer tells
 * where (of a bad key: the object that holds it). The first fault of grammar, else the first one of
 * content is told; ERR_NO_MEMORY tells none.
 *
 * Where RFC 8259 leaves the choice (the i_ files of JSONTestSuite): a byte order mark, UTF-16 and
 * bytes that are not UTF-8 are refused as ERR_MALFORMED_JSON or ERR_BAD_ENCODING, and so is nesting
 * beyond JSON_DEPTH_MAX. Unpaired surrogate escapes are refused as ERR_INVALID_REQUEST. Numbers out
 * of the range of a double are let through: json_number() makes them infinite or 0, and whoever
 * wants a number in a range refuses them there.
 */
enum err json_check(struct arena *a, struct text body, struct json_fault *fault);

struct json; /* a parsed value; cJSON's, kept opaque */

/* json_check, then the tree. It lives in `a`. */
enum err json_parse(struct arena *a, struct text body, const struct json **out,
                    struct json_fault *fault);

enum json_type {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
};

enum json_type json_type(const struct json *v);
struct text json_string(const struct json *v); /* JSON_STRING's value */
double json_number(const struct json *v);      /* JSON_NUMBER's value; infinite if out of range */
const struct json *json_first(const struct json *v); /* first member or element, or NULL */
const struct json *json_next(const struct json *v);  /* the following one, or NULL */
struct text json_key(const struct json *v);          /* of an object's member */
const struct json *json_member(const struct json *object, const char *key); /* or NULL */

/* Writer. Commas and indentation are its business; errors stand in the strbuf. */
struct json_writer {
    struct strbuf *to;
    bool pretty;
    unsigned depth;
    bool has_item; /* something stands before the next item at this depth */
    bool after_key;
};

struct json_writer json_writer_to(struct strbuf *to, bool pretty);

void json_open_object(struct json_writer *w);
void json_close_object(struct json_writer *w);
void json_open_array(struct json_writer *w);
void json_close_array(struct json_writer *w);
void json_put_key(struct json_writer *w, const char *key);
void json_put_text(struct json_writer *w, struct text t); /* escaped; null if bytes NULL */
void json_put_str(struct json_writer *w, const char *nul_terminated); /* null if NULL */
void json_put_uint(struct json_writer *w, uint64_t n);
void json_put_int(struct json_writer *w, int64_t n);
void json_put_double(struct json_writer *w,
                     double x); /* shortest of 15 to 17 digits; null if not finite */
void json_put_bool(struct json_writer *w, bool b);
void json_put_null(struct json_writer *w);

#endif
