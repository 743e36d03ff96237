#include "server/request.h"

#include <stdio.h>
#include <strings.h>
#include <sys/random.h>

#include "base/hash.h"
#include "base/percent.h"

static const char *read_query(struct job *j, struct text raw)
{
    struct http_field *at = NULL;
    uint32_t count = 0;
    while (raw.len) {
        struct text value = text_cut(&raw, '&');
        struct text name = text_cut(&value, '=');
        if (name.len == 0)
            continue;
        if (!at)
            at = ARENA_ARRAY(j->x.arena, struct http_field, QUERY_FIELDS_MAX);
        if (!at || count == QUERY_FIELDS_MAX)
            return "There are too many query parameters.";
        if (!percent_decode(j->x.arena, name, true, &at[count].name) ||
            !percent_decode(j->x.arena, value, true, &at[count].value))
            return "A query parameter is not percent-encoded UTF-8.";
        count++;
    }
    j->x.request.query = (struct http_fields){at, count};
    return NULL;
}

static const char *read_target(struct job *j, struct text target)
{
    struct http_request *r = &j->x.request;
    for (uint32_t i = 0; i < target.len; i++)
        if (target.bytes[i] <= ' ' || target.bytes[i] > '~')
            return "The request target may hold visible ASCII only; percent-encode the rest.";
    bool asterisk = text_is(target, "*") && r->method == METHOD_OPTIONS;
    if (!text_starts(target, "/") && !asterisk)
        return "The request target must be a path.";
    struct text path = text_cut(&target, '?');
    if (!percent_decode(j->x.arena, path, false, &r->path))
        return "The path is not percent-encoded UTF-8.";
    return read_query(j, target);
}

struct header_copy {
    struct job *job;
    struct http_field *at;
    uint32_t count;
    bool failed;
};

static struct text copy(struct arena *a, const char *bytes, size_t len)
{
    char *to = arena_alloc(a, len + 1);
    if (!to)
        return (struct text){NULL, 0};
    memcpy(to, bytes, len);
    return (struct text){to, (uint32_t)len};
}

static enum MHD_Result on_header(void *cls, enum MHD_ValueKind kind, const char *name,
                                 size_t name_len, const char *value, size_t value_len)
{
    struct header_copy *h = cls;
    (void)kind;
    if (h->count < HEADER_FIELDS_MAX) {
        struct http_field f = {copy(h->job->x.arena, name, name_len),
                               copy(h->job->x.arena, value, value_len)};
        if (f.name.bytes && f.value.bytes) {
            h->at[h->count++] = f;
            return MHD_YES;
        }
    }
    h->failed = true;
    return MHD_NO;
}

static const char *read_headers(struct job *j, struct MHD_Connection *connection)
{
    struct header_copy h = {.job = j};
    h.at = ARENA_ARRAY(j->x.arena, struct http_field, HEADER_FIELDS_MAX);
    if (!h.at)
        return "There is no memory for the headers.";
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, on_header, &h);
    if (h.failed)
        return "There are too many header fields.";
    j->x.request.headers = (struct http_fields){h.at, h.count};
    return NULL;
}

static bool is_request_id(struct text id)
{
    for (uint32_t i = 0; i < id.len; i++) {
        char c = id.bytes[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '_' && c != '-')
            return false;
    }
    return id.len > 0 && id.len <= REQUEST_ID_MAX;
}

/* Unique, not secret: a counter under a random start, mixed so that ids do not look like a count.
 */
static uint64_t next_id(void)
{
    static _Atomic uint64_t last;
    if (atomic_load(&last) == 0) {
        uint64_t random = 0, zero = 0;
        if (getrandom(&random, sizeof(random), 0) != sizeof(random))
            random = (uint64_t)(uintptr_t)&random;
        atomic_compare_exchange_strong(&last, &zero, random | 1);
    }
    return hash_mix(atomic_fetch_add(&last, 1) + 1);
}

static void choose_id(struct job *j)
{
    struct text sent = exchange_header(&j->x, "X-Request-Id");
    if (is_request_id(sent))
        memcpy(j->id, sent.bytes, sent.len);
    else
        snprintf(j->id, sizeof(j->id), "%016llx", (unsigned long long)next_id());
    j->x.request.id = text_of(j->id);
}

static enum method method_of(const char *s)
{
    static const struct {
        const char *name;
        enum method method;
    } known[] = {{"GET", METHOD_GET},
                 {"HEAD", METHOD_HEAD},
                 {"POST", METHOD_POST},
                 {"OPTIONS", METHOD_OPTIONS}};
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (strcmp(s, known[i].name) == 0)
            return known[i].method;
    return METHOD_OTHER;
}

const char *request_read(struct job *j, struct MHD_Connection *connection, const char *method,
                         struct text target)
{
    j->x.request.method = method_of(method);
    j->x.request.path = (struct text){"", 0};
    const char *fault = read_headers(j, connection);
    choose_id(j);
    const char *target_fault = read_target(j, target);
    return fault ? fault : target_fault;
}
