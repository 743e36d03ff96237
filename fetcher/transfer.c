#include "fetcher/transfer.h"

#include "fetcher/field.h"
#include "fetcher/transfer_options.h"

enum { BODY_FIRST = 64 * 1024 };

struct transfer {
    const struct transfer_request *request;
    CURL *easy;
    struct arena *arena;
    char *body;
    size_t body_len, body_cap;
    size_t header_bytes, header_lines;
    struct transfer_response response;
    bool in_body;            /* headers from now on are trailers: they change nothing */
    bool complete;           /* all that is wanted is there: the rest is not read */
    struct fetch_error *why; /* set by the callback that ends the transfer */
    bool failed;
};

/* Ends the transfer out of a callback: any count but the one given makes libcurl stop. */
static size_t stop_with(struct transfer *t, enum err code, const char *detail)
{
    fetch_fail(t->why, code, detail);
    t->why->upstream_status = t->response.status;
    t->failed = true;
    return 0;
}

static bool is_redirect(unsigned status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static bool copy_text(struct arena *a, struct text from, struct text *out)
{
    char *bytes = arena_alloc(a, (size_t)from.len + 1);
    if (!bytes)
        return false;
    memcpy(bytes, from.bytes, from.len);
    *out = (struct text){bytes, from.len};
    return true;
}

/* The value of header line `line` if its name is `name` (lower case, with its colon). */
static bool header_value(struct text line, const char *name, struct text *out)
{
    uint32_t len = (uint32_t)strlen(name);
    if (line.len < len || strncasecmp(line.bytes, name, len) != 0)
        return false;
    *out = field_trim((struct text){line.bytes + len, line.len - len});
    return true;
}

/* libcurl would decode whatever coding it was built with, asked for or not; what we did not ask for
 * does not get to its decoder. */
static bool coding_is_known(struct text list)
{
    static const char *const known[] = {"gzip", "x-gzip", "deflate", "chunked", "identity", ""};
    while (list.len > 0) {
        struct text coding = field_next(&list, ',');
        bool found = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            found |= text_same(coding, known[i]);
        if (!found)
            return false;
    }
    return true;
}

/* At the empty line: is this a page that we want? Then the body may come. */
static size_t judge_headers(struct transfer *t, size_t size)
{
    struct transfer_response *r = &t->response;
    if (is_redirect(r->status) && r->location.bytes) {
        t->complete = true;
        return 0;
    }
    t->in_body = true;
    if (r->status != 200 && r->status != 203)
        return stop_with(t, ERR_UPSTREAM, "The page's server did not answer with a page");
    if (t->request->any_type)
        return size;

    struct media_type type = media_type_read(r->content_type);
    if (!media_type_is_page(&type))
        return stop_with(t, ERR_NOT_A_PAGE,
                         "The URL must lead to HTML or plain text, by its Content-Type");
    curl_off_t length = -1;
    curl_easy_getinfo(t->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    if (length > 0 && (size_t)length > t->request->body_max)
        return stop_with(t, ERR_PAGE_TOO_LARGE, "The page is larger than this service fetches");
    return size;
}

/* A field that matters for what comes, kept or judged. 0 ends the transfer. */
static size_t read_field(struct transfer *t, struct text line)
{
    struct transfer_response *r = &t->response;
    struct text value;
    bool copied = true;
    if ((header_value(line, "content-encoding:", &value) ||
         header_value(line, "transfer-encoding:", &value)) &&
        !coding_is_known(value))
        return stop_with(t, ERR_UPSTREAM, "The page's server used a compression not asked for");
    if (header_value(line, "content-type:", &value))
        copied = copy_text(t->arena, value, &r->content_type);
    else if (header_value(line, "location:", &value))
        copied = copy_text(t->arena, value, &r->location);
    return copied ? line.len : stop_with(t, ERR_NO_MEMORY, "No memory for the page's headers");
}

static size_t begin_response(struct transfer *t, size_t size)
{
    long status = 0;
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    t->response = (struct transfer_response){.status = (unsigned)status};
    return size;
}

/* One line, from the status line to the empty one, of every response: also of 103s before it. */
// NOLINTNEXTLINE(readability-non-const-parameter): libcurl's signature
static size_t on_header(char *bytes, size_t one, size_t size, void *data)
{
    struct transfer *t = data;
    struct text line = {bytes, (uint32_t)size};
    (void)one;

    t->header_bytes += size;
    if (t->header_bytes > HEADER_BYTES_MAX || ++t->header_lines > HEADER_LINES_MAX)
        return stop_with(t, ERR_UPSTREAM, "The page's server sent too many headers");
    if (t->in_body)
        return size;
    if (text_starts(line, "HTTP/"))
        return begin_response(t, size);
    if (bytes[0] == '\r' || bytes[0] == '\n')
        return t->response.status >= 200 ? judge_headers(t, size) : size;
    return read_field(t, line);
}

/* Fourfold steps: the arena keeps what is outgrown, so that a page costs a third more than its
 * bytes, where doubling would cost them once more. One byte is left for the NUL. */
static bool reserve(struct transfer *t, size_t more)
{
    size_t need = t->body_len + more + 1, cap = t->body_cap ? t->body_cap : BODY_FIRST;
    if (need <= t->body_cap)
        return true;
    while (cap < need)
        cap *= 4;
    if (cap >= t->request->body_max)
        cap = t->request->body_max + 1;
    char *bytes = arena_grow(t->arena, t->body, t->body_cap, cap);
    if (!bytes)
        return false;
    t->body = bytes;
    t->body_cap = cap;
    return true;
}

/* Counts decoded bytes: 50 kB of gzip may hold 50 MB, and a chunked body tells no length. */
static size_t on_body(char *bytes, size_t one, size_t size, void *data)
{
    struct transfer *t = data;
    (void)one;
    if (size > t->request->body_max - t->body_len) {
        if (!t->request->any_type)
            return stop_with(t, ERR_PAGE_TOO_LARGE, "The page is larger than this service fetches");
        t->complete = true;
        size = t->request->body_max - t->body_len;
    }
    if (!reserve(t, size))
        return stop_with(t, ERR_NO_MEMORY, "No memory for the page");
    memcpy(t->body + t->body_len, bytes, size);
    t->body_len += size;
    return t->complete ? 0 : size;
}

static bool may_connect(struct transfer *t, const struct address *a)
{
    const struct transfer_settings *s = t->request->settings;
    if (s->egress_proxy || address_allowed(&s->addresses, a))
        return true;
    url_guard_refuse(t->why);
    t->failed = true;
    return false;
}

static curl_socket_t on_open_socket(void *data, curlsocktype purpose, struct curl_sockaddr *peer)
{
    struct transfer *t = data;
    struct address a;
    if (purpose != CURLSOCKTYPE_IPCXN || !address_of_sockaddr(&peer->addr, &a) ||
        !may_connect(t, &a))
        return CURL_SOCKET_BAD;
    return socket(peer->family, peer->socktype | SOCK_CLOEXEC, peer->protocol);
}

// NOLINTNEXTLINE(readability-non-const-parameter): libcurl's signature
static int on_connected(void *data, char *peer, char *local, int peer_port, int local_port)
{
    struct transfer *t = data;
    struct address a;
    (void)local;
    (void)peer_port;
    (void)local_port;
    if (!address_parse(peer, &a) || !may_connect(t, &a))
        return CURL_PREREQFUNC_ABORT;
    return CURL_PREREQFUNC_OK;
}

static int on_progress(void *data, curl_off_t dl_total, curl_off_t dl, curl_off_t ul_total,
                       curl_off_t ul)
{
    struct transfer *t = data;
    (void)dl_total;
    (void)dl;
    (void)ul_total;
    (void)ul;
    if (!atomic_load(t->request->settings->stopping))
        return 0;
    stop_with(t, ERR_BUSY, "The service is stopping");
    return 1;
}

static bool set_callbacks(CURL *easy, struct transfer *t)
{
    return !curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header) &&
           !curl_easy_setopt(easy, CURLOPT_HEADERDATA, t) &&
           !curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body) &&
           !curl_easy_setopt(easy, CURLOPT_WRITEDATA, t) &&
           !curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open_socket) &&
           !curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, t) &&
           !curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_connected) &&
           !curl_easy_setopt(easy, CURLOPT_PREREQDATA, t) &&
           !curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, on_progress) &&
           !curl_easy_setopt(easy, CURLOPT_XFERINFODATA, t);
}

static const struct {
    CURLcode rc;
    enum err code;
    const char *detail;
} outcomes[] = {
    {CURLE_OPERATION_TIMEDOUT, ERR_UPSTREAM_TIMEOUT, "The page did not arrive in time"},
    {CURLE_OUT_OF_MEMORY, ERR_NO_MEMORY, "No memory to fetch the page"},
    {CURLE_URL_MALFORMAT, ERR_URL_NOT_ALLOWED, "The URL is not well-formed"},
    {CURLE_COULDNT_CONNECT, ERR_UPSTREAM, "The page's server cannot be reached"},
    {CURLE_COULDNT_RESOLVE_PROXY, ERR_UPSTREAM, "The egress proxy cannot be reached"},
    {CURLE_PEER_FAILED_VERIFICATION, ERR_UPSTREAM,
     "The certificate of the page's server is not valid"},
    {CURLE_SSL_CONNECT_ERROR, ERR_UPSTREAM, "The page's server does not speak TLS 1.2 or later"},
    {CURLE_PARTIAL_FILE, ERR_UPSTREAM, "The page ended too early"},
    {CURLE_GOT_NOTHING, ERR_UPSTREAM, "The page's server closed the connection without an answer"},
    {CURLE_BAD_CONTENT_ENCODING, ERR_UPSTREAM, "The page's compression is broken"},
};

/* A proxy that enforces the rules for us answers CONNECT with 403, smokescreen with 407. */
static bool proxy_refused(CURL *easy)
{
    long code = 0;
    curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &code);
    return code == 403 || code == 407;
}

static enum err explain(const struct transfer *t, CURLcode rc)
{
    if (t->failed)
        return t->why->code;
    if (proxy_refused(t->easy))
        return url_guard_refuse(t->why);
    enum err code = ERR_UPSTREAM;
    const char *detail = "The page's server does not answer as HTTP asks";
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
        if (outcomes[i].rc == rc) {
            code = outcomes[i].code;
            detail = outcomes[i].detail;
        }
    }
    fetch_fail(t->why, code, detail);
    t->why->upstream_status = t->response.status;
    return code;
}

static enum err perform(struct transfer *t, struct transfer_pin *pin)
{
    struct transfer_lists lists = {NULL, NULL};
    CURLcode rc = CURLE_OUT_OF_MEMORY;
    if (transfer_set_options(t->easy, pin, t->request, &lists) && set_callbacks(t->easy, t))
        rc = curl_easy_perform(t->easy);
    curl_slist_free_all(lists.pins);
    curl_slist_free_all(lists.headers);
    return rc == CURLE_OK || t->complete ? ERR_OK : explain(t, rc);
}

enum err transfer_run(struct arena *a, CURL *easy, struct transfer_pin *pin,
                      const struct transfer_request *request, struct transfer_response *out,
                      struct fetch_error *why)
{
    struct transfer t = {.request = request, .easy = easy, .arena = a, .why = why};
    enum err e = perform(&t, pin);
    if (e)
        return e;
    t.response.body = (struct text){t.body ? t.body : "", (uint32_t)t.body_len};
    *out = t.response;
    return ERR_OK;
}
