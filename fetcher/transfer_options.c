#include "fetcher/transfer_options.h"

#include <stdio.h>

#include "fetcher/clock.h"

enum { CONNECT_MS = 3000 };

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

static bool set_request(CURL *easy, const struct transfer_request *r,
                        const struct transfer_lists *lists)
{
    int64_t left = r->deadline - clock_ms();
    if (left < 1)
        left = 1; /* 0 would mean for ever */
    return !curl_easy_setopt(easy, CURLOPT_URL, r->target->url.bytes) &&
           !curl_easy_setopt(easy, CURLOPT_RESOLVE, lists->pins) &&
           !curl_easy_setopt(easy, CURLOPT_HTTPHEADER, lists->headers) &&
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

bool transfer_set_options(CURL *easy, struct transfer_pin *pin,
                          const struct transfer_request *request, struct transfer_lists *lists)
{
    curl_easy_reset(easy);
    return make_pins(&lists->pins, pin, request) &&
           append(&lists->headers, "Accept: text/html, application/xhtml+xml, text/plain;q=0.5") &&
           append(&lists->headers, "Accept-Language: en, *;q=0.5") && set_fixed(easy) &&
           set_settings(easy, request->settings) && set_request(easy, request, lists);
}
