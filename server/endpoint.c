#include "server/endpoint.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool parse_port(const char *s, in_port_t *out)
{
    char *end;
    if (*s < '0' || *s > '9')
        return false;
    unsigned long n = strtoul(s, &end, 10);
    if (*end || n > 65535)
        return false;
    *out = htons((in_port_t)n);
    return true;
}

static bool parse_v6(const char *host, in_port_t port, struct endpoint *out)
{
    struct sockaddr_in6 *a = (struct sockaddr_in6 *)&out->at;
    a->sin6_family = AF_INET6;
    a->sin6_port = port;
    out->len = sizeof(*a);
    return inet_pton(AF_INET6, host, &a->sin6_addr) == 1;
}

static bool parse_v4(const char *host, in_port_t port, struct endpoint *out)
{
    struct sockaddr_in *a = (struct sockaddr_in *)&out->at;
    a->sin_family = AF_INET;
    a->sin_port = port;
    out->len = sizeof(*a);
    if (!*host || strcmp(host, "*") == 0)
        host = "0.0.0.0";
    return inet_pton(AF_INET, host, &a->sin_addr) == 1;
}

bool endpoint_parse(const char *s, struct endpoint *out)
{
    char host[ENDPOINT_TEXT_MAX];
    struct endpoint found = {.len = 0};
    const char *colon = strrchr(s, ':');
    in_port_t port;
    size_t len = colon ? (size_t)(colon - s) : 0;

    if (!colon || len >= sizeof(host) || !parse_port(colon + 1, &port))
        return false;
    memcpy(host, s, len);
    host[len] = '\0';

    bool bracketed = len > 2 && host[0] == '[' && host[len - 1] == ']';
    if (bracketed)
        host[len - 1] = '\0';
    if (!(bracketed ? parse_v6(host + 1, port, &found) : parse_v4(host, port, &found)))
        return false;
    *out = found;
    return true;
}

void endpoint_print(const struct endpoint *a, char out[ENDPOINT_TEXT_MAX])
{
    char host[INET6_ADDRSTRLEN] = "?";
    if (a->at.ss_family == AF_INET6) {
        const struct sockaddr_in6 *in = (const struct sockaddr_in6 *)&a->at;
        inet_ntop(AF_INET6, &in->sin6_addr, host, sizeof(host));
        snprintf(out, ENDPOINT_TEXT_MAX, "[%s]:%u", host, ntohs(in->sin6_port));
    } else {
        const struct sockaddr_in *in = (const struct sockaddr_in *)&a->at;
        inet_ntop(AF_INET, &in->sin_addr, host, sizeof(host));
        snprintf(out, ENDPOINT_TEXT_MAX, "%s:%u", host, ntohs(in->sin_port));
    }
}

int endpoint_listen(struct endpoint *a, int backlog)
{
    int one = 1;
    int fd = socket(a->at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    if (bind(fd, (struct sockaddr *)&a->at, a->len) == 0 && listen(fd, backlog) == 0 &&
        getsockname(fd, (struct sockaddr *)&a->at, &a->len) == 0)
        return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}
