#include "fetcher/transfer.h"

#include <stdio.h>

#include "fetcher/clock.h"
#include "fetcher/field.h"

enum { CONNECT_MS = 3000, BODY_FIRST = 64 * 1024 };

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
            found |= field_is(coding, known[i]);
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

/* One line, from the status line to the empty one, of every response: also of 103s before it. */
// NOLINTNEXTLINE(readability-non-const-parameter): libcurl's signature
static size_t on_header(char *bytes, size_t one, size_t size, void *data)
{
    struct transfer *t = data;
    struct transfer_response *r = &t->response;
    struct text line = {bytes, (uint32_t)size}, value;
    (void)one;

    t->header_bytes += size;
    if (t->header_bytes > HEADER_BYTES_MAX || ++t->header_lines > HEADER_LINES_MAX)
        return stop_with(t, ERR_UPSTREAM, "The page's server sent too many headers");
    if (t->in_body)
        return size;
    if (text_starts(line, "HTTP/")) {
        long status = 0;
        curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
        *r = (struct transfer_response){.status = (unsigned)status};
        return size;
    }
    bool copied = true;
    if ((header_value(line, "content-encoding:", &value) ||
         header_value(line, "transfer-encoding:", &value)) &&
        !coding_is_known(value))
        return stop_with(t, ERR_UPSTREAM, "The page's server used a compression not asked for");
    if (header_value(line, "content-type:", &value))
        copied = copy_text(t->arena, value, &r->content_type);
    else if (header_value(line, "location:", &value))
        copied = copy_text(t->arena, value, &r->location);
    if (!copied)
        return stop_with(t, ERR_NO_MEMORY, "No memory for the page's headers");

    bool is_end = line.len <= 2 && (bytes[0] == '\r' || bytes[0] == '\n');
    return is_end && r->status >= 200 ? judge_headers(t, size) : size;
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

struct long_option {
    CURLoption option;
    long value;
};

/* What libcurl must do and leave for every page; the reasons stand in docs/decisions/0006. */
static const struct long_option fixed_longs[] = {
    {CURLOPT_DISALLOW_USERNAME_IN_URL, 1},
    {CURLOPT_FOLLOWLOCATION, 0}, /* each hop is checked from the start */
    {CURLOPT_MAXREDIRS, 0},
    {CURLOPT_DNS_CACHE_TIMEOUT, 0},
    {CURLOPT_NOSIGNAL, 1},
    {CURLOPT_QUICK_EXIT, 1},
    {CURLOPT_HTTP_TRANSFER_DECODING, 1},
    {CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1},
    {CURLOPT_HTTP09_ALLOWED, 0},
    {CURLOPT_FRESH_CONNECT, 1},
    {CURLOPT_FORBID_REUSE, 1},
    {CURLOPT_SSL_SESSIONID_CACHE, 0},
    {CURLOPT_HTTPAUTH, CURLAUTH_NONE},
    {CURLOPT_PROXYAUTH, CURLAUTH_BASIC},
    {CURLOPT_NETRC, CURL_NETRC_IGNORED},
    {CURLOPT_UNRESTRICTED_AUTH, 0},
    {CURLOPT_AUTOREFERER, 0},
    {CURLOPT_SSL_VERIFYPEER, 1},
    {CURLOPT_SSL_VERIFYHOST, 2},
    {CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
    {CURLOPT_HTTPGET, 1},
    {CURLOPT_BUFFERSIZE, 32768},
    {CURLOPT_PATH_AS_IS, 0},
    {CURLOPT_SUPPRESS_CONNECT_HEADERS, 1},
    {CURLOPT_NOPROGRESS, 0},
    /* The wait for the first byte counts too, and a page may take seconds to be made. */
    {CURLOPT_LOW_SPEED_LIMIT, 500},
    {CURLOPT_LOW_SPEED_TIME, 5},
};

static const struct {
    CURLoption option;
    const char *value;
} fixed_strings[] = {
    {CURLOPT_PROTOCOLS_STR, "http,https"},
    {CURLOPT_REDIR_PROTOCOLS_STR, "http,https"},
    {CURLOPT_DEFAULT_PROTOCOL, "https"},
    {CURLOPT_PRE_PROXY, NULL},
    {CURLOPT_ACCEPT_ENCODING, "gzip"}, /* see coding_is_known() */
    {CURLOPT_COOKIEFILE, NULL},
    {CURLOPT_CAPATH, NULL}, /* one CA file, so that libcurl may keep it parsed */
};

static bool set_fixed(CURL *easy)
{
    CURLcode rc = CURLE_OK;
    for (size_t i = 0; !rc && i < sizeof fixed_longs / sizeof *fixed_longs; i++)
        rc = curl_easy_setopt(easy, fixed_longs[i].option, fixed_longs[i].value);
    for (size_t i = 0; !rc && i < sizeof fixed_strings / sizeof *fixed_strings; i++)
        rc = curl_easy_setopt(easy, fixed_strings[i].option, fixed_strings[i].value);
    return rc == CURLE_OK;
}

static bool set_settings(CURL *easy, const struct transfer_settings *s)
{
    const char *proxy = s->egress_proxy ? s->egress_proxy : "";
    /* An empty name list, not "*": with a proxy nothing may go around it. */
    return !curl_easy_setopt(easy, CURLOPT_PROXY, proxy) &&
           !curl_easy_setopt(easy, CURLOPT_NOPROXY, s->egress_proxy ? "" : "*") &&
           !curl_easy_setopt(easy, CURLOPT_CAINFO, s->ca_file) &&
           !curl_easy_setopt(easy, CURLOPT_USERAGENT, s->user_agent);
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

static bool set_request(CURL *easy, const struct transfer_request *r, const struct curl_slist *pins,
                        const struct curl_slist *headers)
{
    int64_t left = r->deadline - clock_ms();
    if (left < 1)
        left = 1; /* 0 would mean for ever */
    return !curl_easy_setopt(easy, CURLOPT_URL, r->target->url.bytes) &&
           !curl_easy_setopt(easy, CURLOPT_RESOLVE, pins) &&
           !curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers) &&
           !curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)left) &&
           !curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                             (long)(left < CONNECT_MS ? left : CONNECT_MS));
}

static bool append(struct curl_slist **list, const char *line)
{
    struct curl_slist *longer = curl_slist_append(*list, line);
    if (longer)
        *list = longer;
    return longer != NULL;
}

/* "host:443:192.0.2.7,[2001:db8::7]" */
static bool append_pin(struct curl_slist **list, const struct transfer_request *r)
{
    char pin[URL_HOST_MAX + 8 + RESOLVED_MAX * (ADDRESS_TEXT_SIZE + 3)];
    size_t len = (size_t)snprintf(pin, sizeof pin, "%s:%u", r->target->host, r->target->port);
    for (uint32_t i = 0; i < r->addresses->count; i++) {
        const struct address *a = &r->addresses->at[i];
        char text[ADDRESS_TEXT_SIZE];
        address_format(a, text);
        len += (size_t)snprintf(pin + len, sizeof pin - len, a->is_v6 ? "%c[%s]" : "%c%s",
                                i == 0 ? ':' : ',', text);
    }
    return append(list, pin);
}

/* A used handle still holds the pin of its last page: it goes before the new one comes. */
static bool make_pins(struct curl_slist **list, struct transfer_pin *pin,
                      const struct transfer_request *r)
{
    if (pin->remove[0] && !append(list, pin->remove))
        return false;
    pin->remove[0] = '\0';
    if (!r->addresses)
        return true;
    snprintf(pin->remove, sizeof pin->remove, "-%s:%u", r->target->host, r->target->port);
    return append_pin(list, r);
}

static bool set_all(struct transfer *t, struct transfer_pin *pin, struct curl_slist **pins,
                    struct curl_slist **headers)
{
    CURL *easy = t->easy;
    curl_easy_reset(easy);
    return make_pins(pins, pin, t->request) &&
           append(headers, "Accept: text/html, application/xhtml+xml, text/plain;q=0.5") &&
           append(headers, "Accept-Language: en, *;q=0.5") && set_fixed(easy) &&
           set_settings(easy, t->request->settings) && set_callbacks(easy, t) &&
           set_request(easy, t->request, *pins, *headers);
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
    struct curl_slist *pins = NULL, *headers = NULL;
    CURLcode rc = CURLE_OUT_OF_MEMORY;
    if (set_all(t, pin, &pins, &headers))
        rc = curl_easy_perform(t->easy);
    curl_slist_free_all(pins);
    curl_slist_free_all(headers);
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
