/*
 * Addresses to listen on and to connect to: "127.0.0.1:8080", "[::1]:8080", ":8080" (every IPv4
 * address). Numeric only: a service that waits for a name server before it listens is no service.
 */
#ifndef ONRECORD_SERVER_ENDPOINT_H
#define ONRECORD_SERVER_ENDPOINT_H

#include <stdbool.h>
#include <sys/socket.h>

enum { ENDPOINT_TEXT_MAX = 64 };

struct endpoint {
    struct sockaddr_storage at;
    socklen_t len;
};

/* False if `s` is no such address. */
bool endpoint_parse(const char *s, struct endpoint *out);

/* "127.0.0.1:8080" or "[::1]:8080". */
void endpoint_print(const struct endpoint *a, char out[ENDPOINT_TEXT_MAX]);

/*
 * A non-blocking listening socket on `a`, whose port 0 is replaced by the one it got. -1 on
 * failure, with errno set.
 */
int endpoint_listen(struct endpoint *a, int backlog);

#endif
