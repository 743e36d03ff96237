/*
 * A URL's page, brought safely: the only way by which the service touches the network.
 *
 * Every hop of a fetch is checked from the start: form of the URL (url_guard.h), look-up with a
 * deadline (resolve.h), every address (address.h), then one request to exactly these addresses
 * (transfer.h). At most five redirects, none from https to http. One deadline over all of it.
 *
 * We are an honest guest: "onrecord/VERSION (+CONTACT)" as User-Agent, GET only, no cookies, no
 * credentials, two connections to one host. robots.h tells the policy on robots.txt.
 *
 *   struct fetcher *f;
 *   const char *bad;
 *   if (fetcher_new(&(struct fetcher_options){.version = "0.1"}, &f, &bad)) …
 *   e = fetcher_get(f, arena, url, &page, &why);    // blocks; call it from any thread
 */
#ifndef ONRECORD_FETCHER_FETCH_H
#define ONRECORD_FETCHER_FETCH_H

#include "base/arena.h"
#include "base/span.h"
#include "fetcher/fetch_error.h"

enum {
    FETCH_TIMEOUT_MS = 10000,
    FETCH_PAGE_MAX = 4 * 1024 * 1024,
    FETCH_POOL = 32,
    FETCH_PER_HOST = 2,
    FETCH_RESOLVERS = 16,
    FETCH_REDIRECTS_MAX = 5,
};

/* Lists end with NULL and may be NULL. A number that is 0 means its default above. */
struct fetcher_options {
    const char *version;
    const char *contact;            /* a URL or mail address for site owners, or NULL */
    const char *egress_proxy;       /* http://, https:// or socks5h:// URL, or NULL */
    const char *ca_file;            /* PEM; NULL: the system's */
    const char *const *allow_cidrs; /* "10.1.0.0/16": beats the built-in table */
    const char *const *deny_cidrs;  /* beats everything */
    const char *const *allow_hosts; /* names exempt from the name rules, not from the addresses */
    const char *const *allow_ports; /* beside 80, 443, 8080, 8443 */
    unsigned timeout_ms;
    size_t page_max; /* decoded bytes */
    unsigned pool;   /* fetches at once; more are refused with ERR_BUSY */
    unsigned per_host;
    unsigned resolvers; /* threads that may hang in look-ups */
    bool robots;        /* ask robots.txt first */
};

struct fetcher;

/*
 * Copies what it needs of `options`. Once a process, before its threads start: it initialises
 * libcurl. ERR_INVALID_REQUEST: *bad is the value that cannot be read ("10.0.0.0/33").
 * ERR_NO_MEMORY: *bad is NULL.
 */
enum err fetcher_new(const struct fetcher_options *options, struct fetcher **out, const char **bad);

/* Running fetches end with ERR_BUSY within about a second, later ones at once. From any thread. */
void fetcher_stop(struct fetcher *f);

/* No fetch may be running. NULL is allowed. */
void fetcher_free(struct fetcher *f);

/* Threads that are in a look-up now, for metrics. */
unsigned fetcher_resolving(struct fetcher *f);

/* All of it lies in the arena of the call. */
struct fetched_page {
    struct text body;         /* decoded bytes, in whatever character set */
    struct text content_type; /* "text/html", as sent, without parameters */
    bool is_plain;            /* text/plain, not HTML */
    struct text charset;      /* the Content-Type's parameter; bytes NULL if not said */
    struct text final_url;    /* of the last hop, normalised */
    struct text fetched_at;   /* RFC 3339, UTC, whole seconds */
    unsigned status;
    unsigned redirects;
};

/*
 * ERR_URL_NOT_ALLOWED, ERR_UPSTREAM (why->upstream_status where there was an answer),
 * ERR_UPSTREAM_TIMEOUT, ERR_NOT_A_PAGE, ERR_PAGE_TOO_LARGE, ERR_BUSY, ERR_NO_MEMORY. `a` should
 * have room for one and a half times page_max.
 */
enum err fetcher_get(struct fetcher *f, struct arena *a, struct text url, struct fetched_page *out,
                     struct fetch_error *why);

#endif
