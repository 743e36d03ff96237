#include "server/guard.h"

#include <strings.h>

enum { LENGTH_DIGITS_MAX = 15, METHOD_MAX = 32 };

struct scan {
    const char *expect; /* where the next field's name must start */
    const char *fault;
    struct guard_body body;
    unsigned hosts;
};

/* tchar of RFC 9110, 5.6.2. */
static bool is_token(const char *s, size_t len)
{
    static const char marks[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < len; i++) {
        char c = s[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool digit = c >= '0' && c <= '9';
        if (!letter && !digit && !(c && strchr(marks, c)))
            return false;
    }
    return len > 0;
}

static bool is_visible(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (s[i] <= ' ' || s[i] > '~')
            return false;
    return len > 0;
}

static bool is_value(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (((unsigned char)s[i] < ' ' && s[i] != '\t') || s[i] == 0x7f)
            return false;
    return true;
}

static bool is_blank(const char *from, const char *to)
{
    for (; from < to; from++)
        if (*from != ' ' && *from != '\t')
            return false;
    return true;
}

static const char *take_length(struct scan *s, const char *value, size_t len)
{
    if (s->body.has_length)
        return "There are two Content-Length fields.";
    if (len == 0 || len > LENGTH_DIGITS_MAX)
        return "Content-Length must be a number of at most 15 digits.";
    uint64_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (value[i] < '0' || value[i] > '9')
            return "Content-Length must be a number of at most 15 digits.";
        n = n * 10 + (uint64_t)(value[i] - '0');
    }
    s->body.has_length = true;
    s->body.length = n;
    return NULL;
}

static const char *take_coding(struct scan *s, const char *value, size_t len)
{
    if (s->body.chunked || len != strlen("chunked") || strncasecmp(value, "chunked", len) != 0)
        return "Transfer-Encoding may only be \"chunked\", once.";
    s->body.chunked = true;
    return NULL;
}

static const char *take_host(struct scan *s, const char *value, size_t len)
{
    if (s->hosts++)
        return "There are two Host fields.";
    if (len && (!is_visible(value, len) || memchr(value, '/', len) || memchr(value, '@', len)))
        return "The Host field names no host.";
    return NULL;
}

static bool is_named(const char *name, size_t len, const char *wanted)
{
    return len == strlen(wanted) && strncasecmp(name, wanted, len) == 0;
}

static const char *check_field(struct scan *s, const char *name, size_t name_len, const char *value,
                               size_t value_len)
{
    if (name != s->expect || !is_token(name, name_len))
        return "A header field's name is malformed.";
    if (!value || value <= name + name_len || !is_blank(name + name_len + 1, value) ||
        !is_value(value, value_len))
        return "A header field's value is malformed.";
    s->expect = value + value_len + 2;

    if (is_named(name, name_len, "Content-Length"))
        return take_length(s, value, value_len);
    if (is_named(name, name_len, "Transfer-Encoding"))
        return take_coding(s, value, value_len);
    if (is_named(name, name_len, "Host"))
        return take_host(s, value, value_len);
    return NULL;
}

static enum MHD_Result on_field(void *cls, enum MHD_ValueKind kind, const char *name,
                                size_t name_len, const char *value, size_t value_len)
{
    struct scan *s = cls;
    (void)kind;
    s->fault = check_field(s, name, name_len, value, value_len);
    return s->fault ? MHD_NO : MHD_YES;
}

static size_t header_size(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info ? info->header_size : 0;
}

static const char *check_line(const char *method, const char *version, struct text target)
{
    size_t method_len = strlen(method);
    if (method_len > METHOD_MAX || !is_token(method, method_len) ||
        target.bytes != method + method_len + 1)
        return "The request line is malformed.";
    if (target.len == 0 || version != target.bytes + target.len + 1)
        return "The request target is malformed.";
    if (strcmp(version, "HTTP/1.1") != 0 && strcmp(version, "HTTP/1.0") != 0)
        return "Only HTTP/1.1 and HTTP/1.0 are spoken here.";
    return NULL;
}

static const char *check_whole(const struct scan *s, bool is_1_1)
{
    if (s->body.chunked && s->body.has_length)
        return "Content-Length and Transfer-Encoding exclude each other.";
    if (s->body.chunked && !is_1_1)
        return "Transfer-Encoding needs HTTP/1.1.";
    if (is_1_1 && s->hosts == 0)
        return "The Host field is missing.";
    return NULL;
}

const char *guard_check(struct MHD_Connection *connection, const char *method, const char *version,
                        struct text target, struct guard_body *body)
{
    struct scan s = {.expect = version + strlen(version) + 2};
    const char *fault = check_line(method, version, target);
    if (fault)
        return fault;

    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, on_field, &s);
    if (s.fault)
        return s.fault;
    if ((size_t)(s.expect + 2 - method) != header_size(connection))
        return "The header section is malformed.";
    fault = check_whole(&s, strcmp(version, "HTTP/1.1") == 0);
    if (!fault)
        *body = s.body;
    return fault;
}
