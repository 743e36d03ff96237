#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/options.h"
#include "server/endpoint.h"

/* A service that listens on every address is asked on the loopback one. */
static void make_reachable(struct endpoint *a)
{
    if (a->at.ss_family == AF_INET6) {
        struct sockaddr_in6 *in = (struct sockaddr_in6 *)&a->at;
        if (IN6_IS_ADDR_UNSPECIFIED(&in->sin6_addr))
            in->sin6_addr = in6addr_loopback;
    } else {
        struct sockaddr_in *in = (struct sockaddr_in *)&a->at;
        if (in->sin_addr.s_addr == htonl(INADDR_ANY))
            in->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    }
}

static bool ask(int fd, const struct endpoint *a)
{
    static const char request[] =
        "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    static const char wanted[] = "HTTP/1.1 200";
    const struct timeval patience = {2, 0};
    char answer[sizeof(wanted)] = "";
    size_t got = 0;

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    if (connect(fd, (const struct sockaddr *)&a->at, a->len) != 0 ||
        send(fd, request, sizeof(request) - 1, MSG_NOSIGNAL) != (ssize_t)sizeof(request) - 1)
        return false;
    while (got < sizeof(wanted) - 1) {
        ssize_t n = recv(fd, answer + got, sizeof(wanted) - 1 - got, 0);
        if (n <= 0)
            return false;
        got += (size_t)n;
    }
    return memcmp(answer, wanted, sizeof(wanted) - 1) == 0;
}

int healthcheck_command(int argc, char **argv)
{
    struct options o;
    struct endpoint a;
    char message[OPTION_MESSAGE_MAX];
    bool help;
    if (!options_parse(&o, FOR_HEALTHCHECK, argc, argv, &help, message))
        return usage_error("healthcheck", message);
    if (help) {
        puts("usage: onrecord healthcheck [OPTION]...\n\n"
             "Exit code 0 if the service answers GET /readyz with 200, else 1.\n");
        options_help(FOR_HEALTHCHECK, stdout);
        return EXIT_FINE;
    }
    if (!endpoint_parse(*o.address ? o.address : o.listen, &a))
        return usage_error("healthcheck", "there is no address to ask");
    make_reachable(&a);

    int fd = socket(a.at.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool ready = fd >= 0 && ask(fd, &a);
    if (fd >= 0)
        close(fd);
    if (!ready)
        fputs("onrecord healthcheck: not ready\n", stderr);
    return ready ? EXIT_FINE : EXIT_REFUSED;
}
