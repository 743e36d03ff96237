/*
 * One request over the wire: no redirect, no retry. The only file that moves bytes with libcurl.
 *
 * The connection goes to the pinned addresses alone, and each of them is checked again when its
 * socket is opened and once more before the request is sent.
 */
#ifndef ONRECORD_FETCHER_TRANSFER_H
#define ONRECORD_FETCHER_TRANSFER_H

#include <curl/curl.h>
#include <stdatomic.h>

#include "base/arena.h"
#include "fetcher/fetch_error.h"
#include "fetcher/media_type.h"
#include "fetcher/resolve.h"
#include "fetcher/url_guard.h"

/* Bounds on a response's headers, interim responses (103) included. */
enum { HEADER_BYTES_MAX = 64 * 1024, HEADER_LINES_MAX = 200 };

/* What is the same for every transfer of a fetcher. */
struct transfer_settings {
    const char *user_agent;
    const char *ca_file;
    const char *egress_proxy; /* NULL: none, whatever the environment says */
    struct address_rules addresses;
    const atomic_bool *stopping; /* set: running transfers end within a second */
};

/* Of one easy handle that is used again and again; zeroed at first. */
struct transfer_pin {
    char remove[URL_HOST_MAX + 8]; /* "-host:port": libcurl keeps a pin until it is told */
};

struct transfer_request {
    const struct transfer_settings *settings;
    const struct url_target *target;
    const struct resolved *addresses; /* NULL for a literal, or behind an egress proxy */
    int64_t deadline;                 /* of clock_ms() */
    size_t body_max;                  /* decoded bytes */
    bool any_type;                    /* take any Content-Type and any size up to body_max */
};

struct transfer_response {
    unsigned status;
    struct text body;         /* of 200 and 203; otherwise empty */
    struct text content_type; /* bytes NULL if not sent */
    struct text location;     /* of 301, 302, 303, 307, 308; otherwise bytes NULL */
};

/*
 * Everything in `out` lies in `a`. ERR_UPSTREAM also for a status that is neither a page nor a
 * redirect; ERR_NOT_A_PAGE and ERR_PAGE_TOO_LARGE before the body is read where the headers tell.
 */
enum err transfer_run(struct arena *a, CURL *easy, struct transfer_pin *pin,
                      const struct transfer_request *request, struct transfer_response *out,
                      struct fetch_error *why);

#endif
