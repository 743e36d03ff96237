/*
 * Who may ask, and how often.
 *
 * Tokens (RFC 6750, "Authorization: Bearer …") are known by their SHA-256 alone, so a file that is
 * read by the wrong person gives none away; a presented one is compared with all of them without an
 * early exit. The rate is held by the generic cell rate algorithm (ITU-T I.371): a client may be
 * `burst` requests ahead of its steady rate. A client is its token; without tokens, its address
 * (IPv6: its /64). Belongs to the loop's thread.
 */
#ifndef ONRECORD_SERVER_ACCESS_H
#define ONRECORD_SERVER_ACCESS_H

#include <stdint.h>
#include <sys/socket.h>

#include "handlers/exchange.h"

enum { ACCESS_DIGEST = 32, ACCESS_TOKENS_MAX = 1024 };

struct access_tokens {
    uint8_t (*digests)[ACCESS_DIGEST];
    uint32_t count; /* 0: everybody may ask */
};

struct access;

/*
 * The tokens of a file: on each line the 64 hexadecimal digits of a token's SHA-256, then a name
 * for people, if at all; lines that begin with # are comments. free() the digests. False: *line
 * tells which line is wrong, 0 where the file cannot be read (errno) or holds no token.
 */
bool access_read(const char *path, struct access_tokens *out, unsigned *line);

/* `rate` is in requests a second; 0: no limit. `tokens` must outlive it. NULL without memory. */
struct access *access_new(const struct access_tokens *tokens, unsigned rate, unsigned burst);
void access_free(struct access *a);

/*
 * True if `x`, whose headers are read, may go on, from the peer `from` (or NULL) at `now`
 * (clock_now()). Else its response is made: 401 with WWW-Authenticate, or 429 with Retry-After.
 */
bool access_allows(struct access *a, struct exchange *x, const struct sockaddr *from, int64_t now);

#endif
