/*
 * Which URLs may be fetched, told from their text alone: no look-up, no connection.
 *
 * The rules read the URL after libcurl's own parser has, because what is checked must be what is
 * used: "http://0x7f.1/" is 127.0.0.1 there, and "①②⑦.⓪.⓪.①" after IDNA. The same function checks
 * the URL of a request and of every redirect.
 */
#ifndef ONRECORD_FETCHER_URL_GUARD_H
#define ONRECORD_FETCHER_URL_GUARD_H

#include "base/arena.h"
#include "base/span.h"
#include "fetcher/address.h"
#include "fetcher/fetch_error.h"

enum { URL_BYTES_MAX = 8192, URL_HOST_MAX = 253 };

struct url_rules {
    const uint16_t *ports; /* beside 80, 443, 8080 and 8443 */
    uint32_t port_count;
    const char *const *hosts; /* lower case; exempt from the rules for names, not for addresses */
    uint32_t host_count;
    struct address_rules addresses;
};

struct url_target {
    struct text url; /* normalised, without fragment, the host in ASCII; NUL-terminated */
    bool is_https;
    uint16_t port;
    bool is_literal; /* the host is an address: `address` */
    bool is_listed;  /* the host stands in url_rules.hosts */
    struct address address;
    char host[URL_HOST_MAX + 1]; /* lower case, no brackets, no dot of the root */
};

/*
 * ERR_URL_NOT_ALLOWED, or ERR_NO_MEMORY. `url` need not be well-formed UTF-8. Allowed are http and
 * https with "://", no user name, the ports above, names with a dot that belong to no private
 * domain ("x.internal", "localhost"), and literal addresses that `rules` allow.
 */
enum err url_guard_check(struct arena *a, const struct url_rules *rules, struct text url,
                         struct url_target *out, struct fetch_error *why);

/*
 * url_guard_check() of `location`, the value of a Location header (a URL or a reference, RFC 3986),
 * seen from `base`.
 */
enum err url_guard_join(struct arena *a, const struct url_rules *rules,
                        const struct url_target *base, struct text location, struct url_target *out,
                        struct fetch_error *why);

/* `name` as url_target.host would have it, for url_rules.hosts; NULL if it is no host name. */
const char *url_guard_name(struct arena *a, const char *name);

/* The refusal that tells nothing about the network: the same words for a name and an address. */
enum err url_guard_refuse(struct fetch_error *why);

#endif
