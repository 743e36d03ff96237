#include "server/request.h"

#include <stdio.h>
#include <strings.h>
#include <sys/random.h>

#include "base/hash.h"
#include "base/percent.h"

static enum err fault(const char **why, const char *what)
{
    *why = what;
    return ERR_BAD_HTTP;
}

static enum err no_memory(const char **why)
{
    *why = "Ask again later.";
    return ERR_NO_MEMORY;
}

static enum err decode(struct job *j, struct text raw, bool in_query, struct text *out,
                       const char **why)
{
    enum err e = percent_decode(j->x.arena, raw, in_query, out);
    if (e == ERR_NO_MEMORY)
        return no_memory(why);
    return e == ERR_OK ? e
                       : fault(why, in_query ? "A query parameter is not percent-encoded UTF-8."
                                             : "The path is not percent-encoded UTF-8.");
}

static enum err read_query(struct job *j, struct text raw, const char **why)
{
    struct http_field *at = NULL;
    uint32_t count = 0;
    enum err e = ERR_OK;
    while (raw.len && e == ERR_OK) {
        struct text value = text_cut(&raw, '&');
        struct text name = text_cut(&value, '=');
        if (name.len == 0)
            continue;
        if (!at && !(at = ARENA_ARRAY(j->x.arena, struct http_field, QUERY_FIELDS_MAX)))
            return no_memory(why);
        if (count == QUERY_FIELDS_MAX)
            return fault(why, "There are too many query parameters.");
        e = decode(j, name, true, &at[count].name, why);
        if (e == ERR_OK)
            e = decode(j, value, true, &at[count].value, why);
        count++;
    }
    if (e == ERR_OK)
        j->x.request.query = (struct http_fields){at, count};
    return e;
}

static enum err read_target(struct job *j, struct text target, const char **why)
{
    struct http_request *r = &j->x.request;
    if (!target.bytes)
        return no_memory(why);
    for (uint32_t i = 0; i < target.len; i++)
        if (target.bytes[i] <= ' ' || target.bytes[i] > '~')
            return fault(
                why, "The request target may hold visible ASCII only; percent-encode the rest.");
    bool asterisk = text_is(target, "*") && r->method == METHOD_OPTIONS;
    if (!text_starts(target, "/") && !asterisk)
        return fault(why, "The request target must be a path.");
    enum err e = decode(j, text_cut(&target, '?'), false, &r->path, why);
    return e == ERR_OK ? read_query(j, target, why) : e;
}

struct header_copy {
    struct job *job;
    struct http_field *at;
    uint32_t count;
    bool no_memory;
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
    if (h->count == HEADER_FIELDS_MAX)
        return MHD_NO;
    struct http_field f = {copy(h->job->x.arena, name, name_len),
                           copy(h->job->x.arena, value, value_len)};
    h->no_memory = !f.name.bytes || !f.value.bytes;
    if (h->no_memory)
        return MHD_NO;
    h->at[h->count++] = f;
    return MHD_YES;
}

static enum err read_headers(struct job *j, struct MHD_Connection *connection, const char **why)
{
    struct header_copy h = {.job = j};
    h.at = ARENA_ARRAY(j->x.arena, struct http_field, HEADER_FIELDS_MAX);
    int seen = h.at ? MHD_get_connection_values_n(connection, MHD_HEADER_KIND, on_header, &h) : 0;
    if (!h.at || h.no_memory)
        return no_memory(why);
    if (seen > HEADER_FIELDS_MAX)
        return fault(why, "There are too many header fields.");
    j->x.request.headers = (struct http_fields){h.at, h.count};
    return ERR_OK;
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

enum err request_read(struct job *j, struct MHD_Connection *connection, const char *method,
                      struct text target, const char **why)
{
    const char *of_target = "";
    j->x.request.method = method_of(method);
    j->x.request.path = (struct text){"", 0};
    enum err headers = read_headers(j, connection, why);
    choose_id(j);
    enum err e = read_target(j, target, &of_target);
    if (headers != ERR_OK)
        return headers;
    *why = of_target;
    return e;
}
