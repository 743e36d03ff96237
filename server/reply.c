#include "server/reply.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <zlib.h>

#include "base/hash.h"
#include "handlers/accept.h"
#include "server/internal.h"
#include "server/payload.h"

enum {
    GZIP_WORTH = 1024,
    GZIP_LEVEL = 4,
    GZIP_WINDOW = 15 + 16, /* zlib's way to ask for a gzip wrapper */
    ETAG_MAX = 32,
};

static struct payload *plain(struct server *s, struct text body)
{
    struct payload *p = payload_new(s, body.len);
    if (p && body.len)
        memcpy(p->bytes, body.bytes, body.len);
    return p;
}

/* NULL where it cannot be had or would not be smaller. */
static struct payload *compressed(struct server *s, struct text body)
{
    z_stream z = {.next_in = (Bytef *)(uintptr_t)body.bytes, .avail_in = body.len};
    struct payload *p = payload_new(s, body.len);
    if (!p)
        return NULL;
    z.next_out = (Bytef *)p->bytes;
    z.avail_out = body.len;
    int done = deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY);
    if (done == Z_OK) {
        done = deflate(&z, Z_FINISH);
        deflateEnd(&z);
    }
    if (done == Z_STREAM_END)
        return payload_trim(p, z.total_out);
    payload_drop(p);
    return NULL;
}

static bool has_header(const struct http_response *r, const char *name)
{
    for (uint32_t i = 0; i < r->header_count; i++)
        if (text_is(r->headers[i].name, name))
            return true;
    return false;
}

static bool is_stored(const struct http_response *r)
{
    for (uint32_t i = 0; i < r->header_count; i++)
        if (text_is(r->headers[i].name, "Cache-Control"))
            return !text_is(r->headers[i].value, "no-store");
    return true;
}

/* The opaque part of the tag, without quotes; "" for a reply that has none. */
static void make_etag(const struct http_response *r, char tag[ETAG_MAX])
{
    tag[0] = '\0';
    struct text of = r->etag_of.bytes ? r->etag_of : r->body;
    if (r->status == 200 && of.len && is_stored(r))
        snprintf(tag, ETAG_MAX, "%016" PRIx64, hash_bytes(of.bytes, of.len, 0));
}

/* Weak comparison (RFC 9110, 13.1.2): the coding's suffix and W/ make no difference. */
static bool matches(struct text if_none_match, const char *tag)
{
    size_t len = strlen(tag);
    if (!len || !if_none_match.len)
        return false;
    if (text_is(if_none_match, "*"))
        return true;
    for (uint32_t i = 0; i + len <= if_none_match.len; i++)
        if (memcmp(if_none_match.bytes + i, tag, len) == 0 && i &&
            if_none_match.bytes[i - 1] == '"')
            return true;
    return false;
}

static bool is_safe(enum method m)
{
    return m == METHOD_GET || m == METHOD_HEAD;
}

/* Without memory a header is left out; false tells so. */
static bool put(struct job *j, const char *name, const char *value)
{
    return j->reply && MHD_add_response_header(j->reply, name, value) == MHD_YES;
}

/* Zipped bytes that do not say so are no answer: then the reply goes, and with it the connection.
 */
static void put_coding(struct job *j)
{
    if (put(j, "Content-Encoding", "gzip"))
        return;
    MHD_destroy_response(j->reply);
    j->reply = NULL;
}

static bool origin_allowed(const struct service *service, struct text origin)
{
    for (const char *const *o = service->cors_origins; o && *o; o++)
        if (text_is(origin, *o))
            return true;
    return false;
}

static void put_cors(struct job *j)
{
    struct text origin = exchange_header(&j->x, "Origin");
    char value[256];
    if (!j->x.service->cors_origins || !j->x.service->cors_origins[0])
        return;
    put(j, "Vary", "Origin");
    if (!origin_allowed(j->x.service, origin) || origin.len >= sizeof(value))
        return;
    memcpy(value, origin.bytes, origin.len);
    value[origin.len] = '\0';
    put(j, "Access-Control-Allow-Origin", value);
    put(j, "Access-Control-Expose-Headers", "ETag, Retry-After, Server-Timing, X-Request-Id");
}

static void put_timing(struct job *j)
{
    char value[128];
    if (!j->submitted)
        return;
    snprintf(value, sizeof(value), "queue;dur=%.3f, fetch;dur=%.3f, work;dur=%.3f",
             (double)j->waited_us / 1e3, (double)j->fetched_us / 1e3, (double)j->worked_us / 1e3);
    put(j, "Server-Timing", value);
}

static void put_own(struct job *j)
{
    char name[64], value[1024];
    const struct http_response *r = &j->x.response;
    for (uint32_t i = 0; i < r->header_count; i++) {
        snprintf(name, sizeof(name), "%.*s", (int)r->headers[i].name.len, r->headers[i].name.bytes);
        snprintf(value, sizeof(value), "%.*s", (int)r->headers[i].value.len,
                 r->headers[i].value.bytes);
        put(j, name, value);
    }
}

static void put_headers(struct job *j, const char *tag, bool gzip)
{
    const struct http_response *r = &j->x.response;
    char etag[ETAG_MAX + 8];
    if (r->content_type && j->status != 304)
        put(j, "Content-Type", r->content_type);
    if (tag[0]) {
        snprintf(etag, sizeof(etag), gzip ? "\"%s-gzip\"" : "\"%s\"", tag);
        put(j, "ETag", etag);
    }
    if (gzip && j->status != 304)
        put_coding(j);
    if (r->body.len >= GZIP_WORTH)
        put(j, "Vary", "Accept-Encoding");
    put(j, "X-Request-Id", j->id);
    put(j, "X-Content-Type-Options", "nosniff");
    if (!has_header(r, "Content-Security-Policy"))
        put(j, "Content-Security-Policy", "default-src 'none'");
    put_cors(j);
    put_timing(j);
    put_own(j);
}

static void note_for_log(struct job *j)
{
    struct text host = j->x.response.log_host;
    size_t len = host.len < LOG_HOST_MAX ? host.len : LOG_HOST_MAX - 1;
    if (len)
        memcpy(j->log_host, host.bytes, len);
    j->log_host[len] = '\0';
    j->log_code = j->x.response.log_code;
}

/* The body as it is sent; *gzip says which. */
static struct payload *choose_body(struct job *j, bool *gzip)
{
    struct text body = j->x.response.body;
    struct payload *p = NULL;
    *gzip =
        body.len >= GZIP_WORTH && accept_coding(exchange_header(&j->x, "Accept-Encoding"), "gzip");
    if (*gzip)
        p = compressed(j->server, body);
    *gzip = p != NULL;
    return p ? p : plain(j->server, body);
}

static struct payload *choose_reply(struct job *j, char tag[ETAG_MAX], bool *gzip)
{
    struct http_response *r = &j->x.response;
    make_etag(r, tag);
    if (is_safe(j->x.request.method) && matches(exchange_header(&j->x, "If-None-Match"), tag)) {
        j->status = 304;
        *gzip = r->body.len >= GZIP_WORTH &&
                accept_coding(exchange_header(&j->x, "Accept-Encoding"), "gzip");
        return plain(j->server, (struct text){NULL, 0});
    }
    struct payload *p = choose_body(j, gzip);
    if (p)
        return p;
    tag[0] = '\0';
    r->header_count = 0;
    exchange_refuse(&j->x, ERR_BUSY, "Too many replies wait to be read; ask again later.");
    atomic_fetch_add(&j->server->metrics.refused, 1);
    j->status = r->status;
    return plain(j->server, r->body);
}

/* What every reply ends with, once its body is chosen. */
static void conclude(struct job *j, const char *tag, bool gzip)
{
    if (j->reply)
        put_headers(j, tag, gzip);
    note_for_log(j);
    j->answered = true;
    job_free_work(j);
}

bool reply_stream(struct job *j, MHD_ContentReaderCallback read, MHD_ContentReaderFreeCallback drop,
                  void *cls)
{
    enum { PIECE = 32 * 1024 };
    j->status = j->x.response.status;
    j->reply = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, read, cls, drop);
    if (!j->reply)
        return false;
    conclude(j, "", false);
    return true;
}

void reply_make(struct job *j)
{
    char tag[ETAG_MAX];
    bool gzip;
    j->status = j->x.response.status;
    struct payload *p = choose_reply(j, tag, &gzip);
    if (p) {
        j->reply_bytes = p->len;
        j->reply = MHD_create_response_from_buffer_with_free_callback_cls(p->len, p->bytes,
                                                                          payload_drop, p);
        if (!j->reply)
            payload_drop(p);
    }
    conclude(j, tag, gzip);
}

/* Problem documents of errors that need no escaping: all their words are the program's own. */
static int print_problem(char *to, size_t size, enum err code, const char *detail, const char *id)
{
    return snprintf(
        to, size,
        "{\"type\":\"/problems/%s\",\"title\":\"%s\",\"status\":%u,\"detail\":\"%s\"%s%s%s}",
        err_name(code), err_title(code), err_status(code), detail, *id ? ",\"request_id\":\"" : "",
        id, *id ? "\"" : "");
}

/* The body with its line end; NULL as payload_new(). */
static struct payload *as_line(struct server *s, struct text body)
{
    struct payload *p = payload_new(s, (size_t)body.len + 1);
    if (!p)
        return NULL;
    memcpy(p->bytes, body.bytes, body.len);
    p->bytes[body.len] = '\n';
    return p;
}

struct payload *reply_line_problem(struct server *s, enum err code, const char *detail,
                                   const char *id)
{
    char problem[512];
    print_problem(problem, sizeof(problem), code, detail, id);
    return as_line(s, text_of(problem));
}

void reply_line(struct job *j)
{
    j->status = j->x.response.status;
    j->answer = as_line(j->server, j->x.response.body);
    if (!j->answer)
        j->answer = reply_line_problem(j->server, ERR_BUSY,
                                       "Too many replies wait to be read; ask again later.", j->id);
    job_free_work(j);
}

void reply_raw(int fd, enum err code, const char *detail, const char *id)
{
    char body[512], whole[1024];
    unsigned status = err_status(code);
    int len = print_problem(body, sizeof(body), code, detail, id);
    int all = snprintf(whole, sizeof(whole),
                       "HTTP/1.1 %u %s\r\nContent-Type: application/problem+json\r\n"
                       "X-Content-Type-Options: nosniff\r\n%s%s%s%s"
                       "Content-Length: %d\r\nConnection: close\r\n\r\n%s",
                       status, MHD_get_reason_phrase_for(status), *id ? "X-Request-Id: " : "", id,
                       *id ? "\r\n" : "", status == 503 ? "Retry-After: 1\r\n" : "", len, body);
    if (len > 0 && (size_t)len < sizeof(body) && all > 0 && (size_t)all < sizeof(whole))
        send(fd, whole, (size_t)all, MSG_NOSIGNAL | MSG_DONTWAIT);
}
