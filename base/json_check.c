#include "base/json.h"

#include <stdlib.h>

#include "base/json_string.h"
#include "base/utf8.h"

/* One open array or object, and the child that is being read in it: a step of the pointer. */
struct frame {
    bool object;
    uint32_t index;     /* of the element, in an array */
    struct text key;    /* of the member, decoded, in an object */
    uint32_t first_key; /* where this object's keys start in scan.keys */
};

struct key {
    struct text name; /* decoded: "a" and "\u0061" are the same member */
    uint32_t at;
};

/* What may come next. */
enum state {
    WANT_VALUE,
    WANT_VALUE_OR_END, /* behind [ */
    WANT_KEY,
    WANT_KEY_OR_END, /* behind { */
    AFTER_VALUE,
    DONE,
    FAILED
};

struct scan {
    struct arena *arena;
    struct text body;
    uint32_t at;
    uint32_t nodes;
    uint32_t depth;
    struct frame frames[JSON_DEPTH_MAX];
    struct key *keys; /* of all open objects, the innermost object's last */
    uint32_t key_count;
    uint32_t key_cap;
    enum err err;
    struct json_fault fault; /* the first; one of grammar replaces one of content */
};

enum { NUMBER_MAX = 63 /* bytes; cJSON reads no more */, END = -1 };

static int peek(const struct scan *s)
{
    return s->at < s->body.len ? (unsigned char)s->body.bytes[s->at] : END;
}

static enum state fail(struct scan *s, enum err err, const char *reason)
{
    s->err = err;
    s->fault = (struct json_fault){.reason = reason, .offset = s->at};
    return FAILED;
}

static enum state malformed(struct scan *s, const char *reason)
{
    return fail(s, ERR_MALFORMED_JSON, reason);
}

/* The same inside a token, where functions tell whether they went well. */
static bool broken(struct scan *s, const char *reason)
{
    malformed(s, reason);
    return false;
}

static void put_step(struct strbuf *b, const struct frame *f)
{
    if (f->object)
        json_pointer_step(b, f->key);
    else
        strbuf_printf(b, "/%u", (unsigned)f->index);
}

/* A fault of content: noted, and the scan goes on, since a fault of grammar counts for more. */
static void refuse(struct scan *s, const char *reason, uint32_t at, uint32_t depth)
{
    if (s->err != ERR_OK)
        return;
    struct strbuf b = strbuf_in(s->arena);
    struct text pointer = {"", 0};
    for (uint32_t i = 0; i < depth; i++)
        put_step(&b, &s->frames[i]);
    strbuf_finish(&b, &pointer);
    s->err = ERR_INVALID_REQUEST;
    s->fault = (struct json_fault){.reason = reason, .offset = at, .pointer = pointer};
}

static void skip_space(struct scan *s)
{
    for (int c = peek(s); c == ' ' || c == '\n' || c == '\r' || c == '\t'; c = peek(s))
        s->at++;
}

static bool skip_char(struct scan *s, char c)
{
    if (peek(s) != c)
        return false;
    s->at++;
    return true;
}

/* Behind a backslash. `depth`: of the pointer, should the content be refused. */
static bool scan_escape(struct scan *s, uint32_t depth)
{
    uint32_t start = s->at;
    int c = ++s->at < s->body.len ? peek(s) : END;

    if (c != 'u') {
        if (c == END || c == '\0' || !strchr("\"\\/bfnrt", c))
            return broken(s, "this escape does not exist in JSON");
        s->at++;
        return true;
    }
    int32_t unit = json_unit_at(s->body, start);
    if (unit < 0)
        return broken(s, "four hexadecimal digits were expected behind \\u");
    s->at = start + 6;
    if (unit == 0)
        refuse(s, "a string must not hold \\u0000", start, depth);
    if (json_unit_is_high(unit) && json_unit_is_low(json_unit_at(s->body, s->at)))
        s->at += 6;
    else if (json_unit_is_high(unit) || json_unit_is_low(unit))
        refuse(s, "a surrogate escape stands without its partner", start, depth);
    return true;
}

/* A string from its opening quote on; *inside is what stands between the quotes, as written. */
static bool scan_string(struct scan *s, uint32_t depth, struct text *inside, bool *escaped)
{
    uint32_t start = ++s->at;

    *escaped = false;
    for (;;) {
        int c = peek(s);
        if (c == '"')
            break;
        if (c == END)
            return broken(s, "a string is not closed");
        if (c < 0x20)
            return broken(s, "a control character in a string must be escaped");
        if (c != '\\') {
            s->at++;
            continue;
        }
        *escaped = true;
        if (!scan_escape(s, depth))
            return false;
    }
    *inside = (struct text){s->body.bytes + start, s->at - start};
    s->at++;
    return true;
}

static bool skip_digits(struct scan *s)
{
    uint32_t start = s->at;
    while (peek(s) >= '0' && peek(s) <= '9')
        s->at++;
    return s->at > start;
}

static bool scan_number(struct scan *s)
{
    uint32_t start = s->at;

    skip_char(s, '-');
    if (!skip_char(s, '0') && !skip_digits(s))
        return broken(s, "a digit was expected");
    if (skip_char(s, '.') && !skip_digits(s))
        return broken(s, "a digit was expected behind the decimal point");
    if (skip_char(s, 'e') || skip_char(s, 'E')) {
        if (!skip_char(s, '+'))
            skip_char(s, '-');
        if (!skip_digits(s))
            return broken(s, "a digit was expected in the exponent");
    }
    if (s->at - start > NUMBER_MAX)
        refuse(s, "a number has more than 63 characters", start, s->depth);
    return true;
}

static bool scan_literal(struct scan *s, const char *literal)
{
    struct text rest = {s->body.bytes + s->at, s->body.len - s->at};
    if (!text_starts(rest, literal))
        return broken(s, "a value was expected");
    s->at += (uint32_t)strlen(literal);
    return true;
}

static enum state open_frame(struct scan *s, bool object)
{
    if (s->depth == JSON_DEPTH_MAX)
        return malformed(s, "arrays and objects are nested more than 64 deep");
    s->frames[s->depth++] = (struct frame){.object = object, .first_key = s->key_count};
    s->at++;
    return object ? WANT_KEY_OR_END : WANT_VALUE_OR_END;
}

static enum state want_value(struct scan *s)
{
    if (++s->nodes > JSON_NODES_MAX)
        return malformed(s, "there are more than 10,000 values");

    struct text inside;
    bool escaped;
    int c = peek(s);
    switch (c) {
    case '{':
    case '[':
        return open_frame(s, c == '{');
    case '"':
        return scan_string(s, s->depth, &inside, &escaped) ? AFTER_VALUE : FAILED;
    case 't':
        return scan_literal(s, "true") ? AFTER_VALUE : FAILED;
    case 'f':
        return scan_literal(s, "false") ? AFTER_VALUE : FAILED;
    case 'n':
        return scan_literal(s, "null") ? AFTER_VALUE : FAILED;
    case END:
        return malformed(s, s->nodes == 1 ? "the body is empty" : "the body ends too early");
    default:
        if (c == '-' || (c >= '0' && c <= '9'))
            return scan_number(s) ? AFTER_VALUE : FAILED;
        return malformed(s, "a value was expected");
    }
}

static bool note_key(struct scan *s, struct text name, uint32_t at)
{
    if (s->key_count == s->key_cap) {
        uint32_t cap = s->key_cap ? s->key_cap * 2 : 16;
        struct key *keys = arena_grow(s->arena, s->keys, s->key_cap * sizeof(struct key),
                                      cap * sizeof(struct key));
        if (!keys)
            return false;
        s->keys = keys;
        s->key_cap = cap;
    }
    s->keys[s->key_count++] = (struct key){name, at};
    return true;
}

static enum state want_key(struct scan *s)
{
    struct frame *f = &s->frames[s->depth - 1];
    struct text name;
    uint32_t start = s->at;
    bool escaped;

    if (peek(s) != '"')
        return malformed(s, "a key in quotation marks was expected");
    if (!scan_string(s, s->depth - 1, &name, &escaped))
        return FAILED;
    if (name.len > JSON_KEY_MAX) {
        refuse(s, "a key has more than 256 bytes", start, s->depth - 1);
        name.len = 0;
    }
    if ((escaped && json_unescape(s->arena, name, &name) != ERR_OK) || !note_key(s, name, start))
        return fail(s, ERR_NO_MEMORY, "out of memory");
    f->key = name;

    skip_space(s);
    if (!skip_char(s, ':'))
        return malformed(s, "a colon was expected behind the key");
    return WANT_VALUE;
}

static int compare_keys(const void *left, const void *right)
{
    const struct key *a = left, *b = right;
    uint32_t len = a->name.len < b->name.len ? a->name.len : b->name.len;
    int order = len ? memcmp(a->name.bytes, b->name.bytes, len) : 0;

    if (order == 0)
        order = (a->name.len > b->name.len) - (a->name.len < b->name.len);
    return order ? order : (a->at > b->at) - (a->at < b->at);
}

/* Sorted, because a hash could be made to collide by whoever writes the keys. */
static void check_duplicates(struct scan *s, struct frame *f)
{
    uint32_t count = s->key_count - f->first_key;

    if (count < 2 || s->err != ERR_OK)
        return; /* without keys there may be no table of them yet */
    struct key *keys = s->keys + f->first_key;
    qsort(keys, count, sizeof(*keys), compare_keys);
    for (uint32_t i = 1; i < count; i++) {
        if (text_equal(keys[i].name, keys[i - 1].name)) {
            f->key = keys[i].name;
            refuse(s, "this member is given twice", keys[i].at, s->depth);
            return;
        }
    }
}

static enum state close_frame(struct scan *s)
{
    struct frame *f = &s->frames[s->depth - 1];
    if (f->object)
        check_duplicates(s, f);
    s->key_count = f->first_key;
    s->depth--;
    s->at++;
    return AFTER_VALUE;
}

static enum state after_value(struct scan *s)
{
    if (s->depth == 0)
        return peek(s) == END ? DONE : malformed(s, "the body goes on behind its value");

    struct frame *f = &s->frames[s->depth - 1];
    if (peek(s) == (f->object ? '}' : ']'))
        return close_frame(s);
    if (!skip_char(s, ','))
        return malformed(s, f->object ? "a comma or } was expected" : "a comma or ] was expected");
    f->index++;
    return f->object ? WANT_KEY : WANT_VALUE;
}

static enum state step(struct scan *s, enum state state)
{
    skip_space(s);
    switch (state) {
    case WANT_VALUE_OR_END:
        return peek(s) == ']' ? close_frame(s) : want_value(s);
    case WANT_VALUE:
        return want_value(s);
    case WANT_KEY_OR_END:
        return peek(s) == '}' ? close_frame(s) : want_key(s);
    case WANT_KEY:
        return want_key(s);
    case AFTER_VALUE:
    case DONE:
    case FAILED:
        break;
    }
    return after_value(s);
}

/* Before a byte that is not UTF-8, columns can be counted; `offset` never lies behind one. */
static void locate(struct text body, struct json_fault *fault)
{
    uint32_t line_start = 0;

    fault->line = 1;
    fault->column = 1;
    for (uint32_t i = 0; i < fault->offset; i++) {
        if (body.bytes[i] == '\n') {
            fault->line++;
            line_start = i + 1;
        }
    }
    for (uint32_t i = line_start; i < fault->offset; i++)
        fault->column += ((unsigned char)body.bytes[i] & 0xC0) != 0x80;
}

static void scan_all(struct scan *s)
{
    uint32_t bad_at;

    if (!utf8_check(s->body, &bad_at)) {
        s->at = bad_at;
        fail(s, ERR_BAD_ENCODING, "this byte is not UTF-8");
        return;
    }
    if (text_starts(s->body, "\xEF\xBB\xBF")) {
        malformed(s, "the body starts with a byte order mark, which JSON does not allow");
        return;
    }
    enum state state = WANT_VALUE;
    while (state != DONE && state != FAILED)
        state = step(s, state);
}

enum err json_check(struct arena *a, struct text body, struct json_fault *fault)
{
    struct scan s = {.arena = a, .body = body};

    scan_all(&s);
    if (s.err != ERR_OK) {
        locate(body, &s.fault);
        *fault = s.fault;
    }
    return s.err;
}
