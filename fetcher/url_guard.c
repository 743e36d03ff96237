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

static bool has_space_or_control(struct text url)
{
    for (uint32_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.bytes[i];
        if (c <= 0x20 || c == 0x7f)
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
    if (has_space_or_control(url))
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
    bool bracketed = name[0] == '[' && name[len - 1] == ']';
    memcpy(out, name + bracketed, len - 2 * (size_t)bracketed);
    out[len - 2 * (size_t)bracketed] = '\0';
    return true;
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
    size_t len = strlen(value);
    char *copy = arena_alloc(a, len + 1);
    if (copy) {
        memcpy(copy, value, len);
        *out = (struct text){copy, (uint32_t)len};
    }
    curl_free(value);
    return copy ? ERR_OK : fetch_fail(why, ERR_NO_MEMORY, "The URL is too long");
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
    if (!t->is_literal && curl_url_set(u, CURLUPART_HOST, t->host, 0) != CURLUE_OK)
        return refuse_form(why, "The URL is not well-formed");
    curl_url_set(u, CURLUPART_FRAGMENT, NULL, 0);
    return copy_url(a, u, &t->url, why);
}

static enum err check_parsed(struct arena *a, const struct url_rules *rules, const char *url,
                             struct url_target *t, struct fetch_error *why)
{
    CURLU *u = curl_url();
    if (!u)
        return fetch_fail(why, ERR_NO_MEMORY, "No memory to read the URL");
    CURLUcode parsed = curl_url_set(u, CURLUPART_URL, url, CURLU_DISALLOW_USER | CURLU_URLENCODE);
    enum err e = parsed == CURLUE_OK ? check_parts(rules, u, t, why)
                                     : refuse_form(why, "The URL is not well-formed");
    if (!e)
        e = rebuild(a, u, t, why);
    curl_url_cleanup(u);
    return e;
}

enum err url_guard_check(struct arena *a, const struct url_rules *rules, struct text url,
                         struct url_target *out, struct fetch_error *why)
{
    enum err e = check_form(url, why);
    if (e)
        return e;

    char *terminated = arena_alloc(a, (size_t)url.len + 1);
    if (!terminated)
        return fetch_fail(why, ERR_NO_MEMORY, "No memory to read the URL");
    memcpy(terminated, url.bytes, url.len);

    struct url_target t = {0};
    e = check_parsed(a, rules, terminated, &t, why);
    if (!e)
        *out = t;
    return e;
}
