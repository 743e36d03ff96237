#include "fetcher/url_guard.h"

#include <curl/curl.h>
#include <idn2.h>
#include <stdlib.h>
#include <strings.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const uint16_t usual_ports[] = {80, 443, 8080, 8443};

/* Domains that mean another machine on every network, or none on the public one. A name is refused
 * if it is one of these or ends in one: "metadata" has no dot and needs no row. */
static const char *const private_domains[] = {
    "cluster.local", "corp",    "home",    "home.arpa", "i2p",         "internal",
    "intranet",      "invalid", "lan",     "local",     "localdomain", "localhost",
    "metadata.goog", "onion",   "private", "svc",       "test",
};

enum err url_guard_refuse(struct fetch_error *why)
{
    return fetch_fail(why, ERR_URL_NOT_ALLOWED,
                      "The URL must lead to a page on a public host of the Internet");
}

static enum err refuse_form(struct fetch_error *why, const char *detail)
{
    return fetch_fail(why, ERR_URL_NOT_ALLOWED, detail);
}

static enum err no_memory(struct fetch_error *why)
{
    return fetch_fail(why, ERR_NO_MEMORY, "No memory to read the URL");
}

static char *terminated(struct arena *a, struct text t)
{
    char *bytes = arena_alloc(a, (size_t)t.len + 1);
    return bytes ? memcpy(bytes, t.bytes, t.len) : NULL;
}

/* The length of "http://" or "https://" at the start, or 0. libcurl itself would also take
 * "http:/host", "http:///host" and "host". */
static uint32_t scheme_length(struct text url)
{
    static const char *const schemes[] = {"http://", "https://"};
    for (size_t i = 0; i < COUNT(schemes); i++) {
        size_t len = strlen(schemes[i]);
        if (url.len > len && strncasecmp(url.bytes, schemes[i], len) == 0)
            return (uint32_t)len;
    }
    return 0;
}

/* What lies between "://" and the path. Parsers disagree about '@', '\' and '%' in it, and no
 * honest link to an article needs them. */
static bool authority_is_plain(struct text rest)
{
    for (uint32_t i = 0; i < rest.len; i++) {
        char c = rest.bytes[i];
        if (c == '/' || c == '?' || c == '#')
            return i > 0;
        if (c == '@' || c == '\\' || c == '%')
            return false;
    }
    return true;
}

static bool has_control(struct text url)
{
    for (uint32_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.bytes[i];
        if (c < 0x20 || c == 0x7f)
            return true;
    }
    return false;
}

static enum err check_form(struct text url, struct fetch_error *why)
{
    if (url.len > URL_BYTES_MAX)
        return refuse_form(why, "The URL must have at most 8192 bytes");
    uint32_t scheme = scheme_length(url);
    if (scheme == 0)
        return refuse_form(why, "The URL must begin with http:// or https://");
    if (has_control(url) || memchr(url.bytes, ' ', url.len))
        return refuse_form(why, "The URL must not contain spaces or control characters");
    if (!authority_is_plain((struct text){url.bytes + scheme, url.len - scheme}))
        return refuse_form(why, "The URL must name a host, without user name or escapes");
    return ERR_OK;
}

static bool is_ascii(const char *s)
{
    for (; *s; s++) {
        if ((unsigned char)*s >= 0x80)
            return false;
    }
    return true;
}

/* "bücher.example" → "xn--bcher-kva.example", and "①②⑦。⓪。⓪。①" → "127.0.0.1". libcurl would do
 * this by the locale of the process; here it is the same everywhere. */
static bool to_ascii(const char *host, char *out, size_t size)
{
    uint8_t *ascii = NULL;
    int rc = idn2_lookup_u8((const uint8_t *)host, &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    size_t len = rc == IDN2_OK ? strlen((const char *)ascii) : size;
    if (len < size)
        memcpy(out, ascii, len + 1);
    idn2_free(ascii);
    return len < size;
}

static bool copy_ascii(const char *host, char *out, size_t size)
{
    size_t len = strlen(host);
    if (len < size)
        memcpy(out, host, len + 1);
    return len < size;
}

static void lower(char *s)
{
    for (; *s; s++) {
        if (*s >= 'A' && *s <= 'Z')
            *s = (char)(*s - 'A' + 'a');
    }
}

/* The host as it will be looked up: ASCII, lower case, without the root's dot or brackets. */
static bool host_normalise(const char *host, char out[URL_HOST_MAX + 1])
{
    char name[URL_HOST_MAX + 2]; /* one more for the dot of the root */
    bool fits =
        is_ascii(host) ? copy_ascii(host, name, sizeof name) : to_ascii(host, name, sizeof name);
    size_t len = fits ? strlen(name) : 0;
    if (len > 0 && name[len - 1] == '.')
        name[--len] = '\0';
    if (len == 0 || len > URL_HOST_MAX)
        return false;

    lower(name);
    if (name[0] == '[' && name[len - 1] == ']') {
        name[len - 1] = '\0';
        return copy_ascii(name + 1, out, URL_HOST_MAX + 1);
    }
    return copy_ascii(name, out, URL_HOST_MAX + 1);
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* Letters, digits, hyphens and underscores in labels of 1 to 63 bytes. */
static bool labels_are_sound(const char *name)
{
    size_t label = 0;
    for (const char *p = name; *p; p++) {
        if (*p == '.') {
            if (label == 0)
                return false;
            label = 0;
        } else if (!is_name_char(*p) || (label == 0 && *p == '-') || ++label > 63) {
            return false;
        }
    }
    return label > 0;
}

/* "1.2.3.4.5" and "0x7f.1" are no names: some resolvers take them for addresses. */
static bool ends_in_number(const char *name)
{
    const char *dot = strrchr(name, '.');
    const char *last = dot ? dot + 1 : name;
    return last[strspn(last, "0123456789")] == '\0' ||
           (last[0] == '0' && last[1] == 'x' &&
            last[2 + strspn(last + 2, "0123456789abcdef")] == 0);
}

static bool is_private_name(const char *name)
{
    size_t len = strlen(name);
    for (size_t i = 0; i < COUNT(private_domains); i++) {
        size_t tail = strlen(private_domains[i]);
        if (len >= tail && strcmp(name + len - tail, private_domains[i]) == 0 &&
            (len == tail || name[len - tail - 1] == '.'))
            return true;
    }
    return false;
}

static bool is_listed(const struct url_rules *rules, const char *name)
{
    for (uint32_t i = 0; i < rules->host_count; i++) {
        if (strcmp(rules->hosts[i], name) == 0)
            return true;
    }
    return false;
}

static bool host_allowed(const struct url_rules *rules, struct url_target *t)
{
    t->is_literal = address_parse(t->host, &t->address);
    if (t->is_literal)
        return address_allowed(&rules->addresses, &t->address);
    if (!labels_are_sound(t->host) || ends_in_number(t->host))
        return false;
    t->is_listed = is_listed(rules, t->host);
    return t->is_listed || (strchr(t->host, '.') && !is_private_name(t->host));
}

static bool port_allowed(const struct url_rules *rules, uint16_t port)
{
    for (size_t i = 0; i < COUNT(usual_ports); i++) {
        if (port == usual_ports[i])
            return true;
    }
    for (uint32_t i = 0; i < rules->port_count; i++) {
        if (port == rules->ports[i])
            return true;
    }
    return false;
}

/* One part of `u` into `out`; false if it is absent or does not fit. */
static bool part(CURLU *u, CURLUPart what, unsigned flags, char *out, size_t size)
{
    char *value = NULL;
    if (curl_url_get(u, what, &value, flags) != CURLUE_OK)
        return false;
    size_t len = strlen(value);
    if (len < size)
        memcpy(out, value, len + 1);
    curl_free(value);
    return len < size;
}

static enum err copy_url(struct arena *a, CURLU *u, struct text *out, struct fetch_error *why)
{
    char *value = NULL;
    if (curl_url_get(u, CURLUPART_URL, &value, 0) != CURLUE_OK)
        return refuse_form(why, "The URL is not well-formed");
    struct text url = text_of(value);
    url.bytes = terminated(a, url);
    curl_free(value);
    if (!url.bytes)
        return no_memory(why);
    *out = url;
    return ERR_OK;
}

static bool has_zone(CURLU *u)
{
    char *zone = NULL;
    bool has = curl_url_get(u, CURLUPART_ZONEID, &zone, 0) == CURLUE_OK;
    curl_free(zone);
    return has;
}

static enum err check_parts(const struct url_rules *rules, CURLU *u, struct url_target *t,
                            struct fetch_error *why)
{
    char scheme[8], port[8], host[URL_BYTES_MAX + 1];

    if (!part(u, CURLUPART_SCHEME, 0, scheme, sizeof scheme) ||
        !part(u, CURLUPART_HOST, 0, host, sizeof host) ||
        !part(u, CURLUPART_PORT, CURLU_DEFAULT_PORT, port, sizeof port))
        return refuse_form(why, "The URL is not well-formed");
    t->is_https = strcmp(scheme, "https") == 0;
    if (!t->is_https && strcmp(scheme, "http") != 0)
        return refuse_form(why, "The URL must begin with http:// or https://");
    t->port = (uint16_t)strtoul(port, NULL, 10);
    if (!port_allowed(rules, t->port))
        return refuse_form(why, "The URL names a port at which no page is fetched");
    if (has_zone(u) || !host_normalise(host, t->host) || !host_allowed(rules, t))
        return url_guard_refuse(why);
    return ERR_OK;
}

/* What is fetched is what was checked: the URL is put together again from the checked host. */
static enum err rebuild(struct arena *a, CURLU *u, struct url_target *t, struct fetch_error *why)
{
    bool is_v6 = t->is_literal && t->address.is_v6;
    if (!is_v6 && curl_url_set(u, CURLUPART_HOST, t->host, 0) != CURLUE_OK)
        return refuse_form(why, "The URL is not well-formed");
    curl_url_set(u, CURLUPART_FRAGMENT, NULL, 0);
    return copy_url(a, u, &t->url, why);
}

static enum err check_parsed(struct arena *a, const struct url_rules *rules, const char *url,
                             struct url_target *t, struct fetch_error *why)
{
    CURLU *u = curl_url();
    if (!u)
        return no_memory(why);
    CURLUcode parsed = curl_url_set(u, CURLUPART_URL, url, CURLU_DISALLOW_USER | CURLU_URLENCODE);
    enum err e;
    if (parsed == CURLUE_OUT_OF_MEMORY)
        e = no_memory(why);
    else if (parsed != CURLUE_OK)
        e = refuse_form(why, "The URL is not well-formed");
    else
        e = check_parts(rules, u, t, why);
    if (!e)
        e = rebuild(a, u, t, why);
    curl_url_cleanup(u);
    return e;
}

/* "0127.0.0.1" is 87.0.0.1 for some and 127.0.0.1 for others: IPv4 must be written as four plain
 * decimal numbers, so that what libcurl made of it still stands in the URL. */
static bool literal_is_plain(const char *url, const struct url_target *t)
{
    const char *authority = strstr(url, "://") + 3;
    return !t->is_literal || t->address.is_v6 || strncmp(authority, t->host, strlen(t->host)) == 0;
}

enum err url_guard_check(struct arena *a, const struct url_rules *rules, struct text url,
                         struct url_target *out, struct fetch_error *why)
{
    enum err e = check_form(url, why);
    if (e)
        return e;

    char *copy = terminated(a, url);
    if (!copy)
        return no_memory(why);
    struct url_target t = {.port = 0};
    e = check_parsed(a, rules, copy, &t, why);
    if (!e && !literal_is_plain(copy, &t))
        e = url_guard_refuse(why);
    if (!e)
        *out = t;
    return e;
}

static bool is_scheme_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '-' || c == '.';
}

/* "https:…" and "javascript:…", not "/a:b" or "a/b:c". */
static bool has_scheme(struct text reference)
{
    uint32_t i = 0;
    while (i < reference.len && is_scheme_char(reference.bytes[i]))
        i++;
    return i > 0 && i < reference.len && reference.bytes[i] == ':';
}

static enum err resolve_reference(struct arena *a, const struct url_target *base,
                                  const char *reference, struct text *out, struct fetch_error *why)
{
    CURLU *u = curl_url();
    if (!u)
        return no_memory(why);
    enum err e;
    if (curl_url_set(u, CURLUPART_URL, base->url.bytes, 0) == CURLUE_OK &&
        curl_url_set(u, CURLUPART_URL, reference, CURLU_URLENCODE) == CURLUE_OK)
        e = copy_url(a, u, out, why);
    else
        e = refuse_form(why, "The URL leads to one that is not well-formed");
    curl_url_cleanup(u);
    return e;
}

enum err url_guard_join(struct arena *a, const struct url_rules *rules,
                        const struct url_target *base, struct text location, struct url_target *out,
                        struct fetch_error *why)
{
    if (has_scheme(location))
        return url_guard_check(a, rules, location, out, why);
    if (location.len > URL_BYTES_MAX || has_control(location))
        return refuse_form(why, "The URL leads to one that is not well-formed");

    char *reference = terminated(a, location);
    if (!reference)
        return no_memory(why);
    struct text url;
    enum err e = resolve_reference(a, base, reference, &url, why);
    return e ? e : url_guard_check(a, rules, url, out, why);
}

const char *url_guard_name(struct arena *a, const char *name)
{
    char host[URL_HOST_MAX + 1];
    struct address literal;
    if (!host_normalise(name, host) || address_parse(host, &literal) || !labels_are_sound(host) ||
        ends_in_number(host))
        return NULL;
    return terminated(a, text_of(host));
}
