/*
 * The guard against request smuggling (RFC 9112, 11.2), called once a request before it is acted
 * upon.
 *
 * libmicrohttpd 0.9.75 lets through what makes two servers disagree on where a request ends: two
 * Content-Length fields, Content-Length beside Transfer-Encoding, "Content-Length : 3", folded
 * lines, NUL bytes. Rules on names and values find the first kinds; the library hides the others
 * from the application. But it parses in place: in a clean request every field starts two bytes
 * (CR LF) behind the one before, and the headers end where the library says they do. A hidden byte
 * breaks that chain and nothing else can mend it.
 *
 * The library's own checks of Host and target (MHD_OPTION_STRICT_FOR_CLIENT) stay off: they are a
 * part of these, and their answer comes out with its headers twice.
 *
 * It leans on a detail of this version of the library, so the pack of raw probes in the tests is
 * the gate for every other.
 */
#ifndef ONRECORD_SERVER_GUARD_H
#define ONRECORD_SERVER_GUARD_H

#include <microhttpd.h>

#include "base/span.h"

/* What the headers say about the body. */
struct guard_body {
    bool chunked;
    bool has_length;
    uint64_t length;
};

/*
 * NULL if the request may be acted upon, and then *body is filled; else what is wrong with it, a
 * static sentence. `target` is the place and length of the request target in the library's buffer,
 * as its URI callback gave it; the bytes there have been cut up since and are not read.
 */
const char *guard_check(struct MHD_Connection *connection, const char *method, const char *version,
                        struct text target, struct guard_body *body);

#endif
