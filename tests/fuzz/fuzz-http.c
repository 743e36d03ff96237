/*
 * Whatever comes over a connection, to a whole server in this process: what it answers are
 * well-formed responses one after the other and nothing else, none of them an error of ours, and no
 * more requests are served than the input can be said to hold.
 */
#include "tests/fuzz/fuzz.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/log.h"
#include "base/span.h"
#include "handlers/stage_costs.h"
#include "pipeline/weights.h"
#include "server/server.h"

enum { ANSWERS_MAX = 4 << 20, PATIENCE_MS = 8000 };

static struct server *server;

static const char version_mark[] = "HTTP/1.";

static void start(void)
{
    static struct stage_costs costs;
    static char model[17];
    static const char *const no_origins[] = {NULL};
    static const struct access_tokens no_tokens = {NULL, 0};
    static struct service service = {.version = "0",
                                     .build = "fuzz",
                                     .model = model,
                                     .training_data = "",
                                     .max_body = 8192,
                                     .max_batch_body = 16384,
                                     .cors_origins = no_origins,
                                     .stage_costs = &costs};
    struct server_settings settings = {.workers = 1,
                                       .fetch_workers = 1,
                                       .queue = 64,
                                       .fetch_queue = 8,
                                       .in_flight = 64,
                                       .connections = 256,
                                       .request_memory = 32 << 20,
                                       .held_memory = 64 << 20,
                                       .tokens = &no_tokens,
                                       .deadline_us = 5000000,
                                       .header_us = 50000,
                                       .body_us = 50000,
                                       .idle_us = 50000,
                                       .write_us = 1000000};
    const char *why;

    signal(SIGPIPE, SIG_IGN);
    log_set_level(LOG_ERROR);
    weights_version(model);
    MUST(endpoint_parse("127.0.0.1:0", &settings.listen));
    server = server_start(&settings, &service, &why);
    MUST(server != NULL);
}

static int connect_to_it(void)
{
    struct endpoint at = server_listens(server);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    MUST(fd >= 0 && connect(fd, (struct sockaddr *)&at.at, at.len) == 0);
    return fd;
}

/* Waits for more; libFuzzer's own clock interrupts. */
static bool more_comes(int fd)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    int n;

    while ((n = poll(&ready, 1, PATIENCE_MS)) < 0 && errno == EINTR)
        ;
    return n == 1;
}

/* Everything that comes back; it must end by itself. */
static size_t talk(const uint8_t *data, size_t size, char *answers)
{
    int fd = connect_to_it();
    size_t sent = 0, got = 0;
    ssize_t n = 1;

    while (sent < size && (n = send(fd, data + sent, size - sent, 0)) > 0)
        sent += (size_t)n;
    shutdown(fd, SHUT_WR);
    do {
        MUST(more_comes(fd));
        n = recv(fd, answers + got, ANSWERS_MAX - got, 0);
        got += n > 0 ? (size_t)n : 0;
        MUST(got < ANSWERS_MAX);
    } while (n > 0);
    close(fd);
    return got;
}

struct response {
    unsigned status;
    bool chunked;
    bool counted;
    size_t length;
};

static void read_field(struct text line, struct response *r)
{
    struct text name = text_cut(&line, ':');

    MUST(name.len > 0 && line.bytes && line.len > 0 && line.bytes[0] == ' ');
    for (uint32_t i = 0; i < name.len; i++)
        MUST(name.bytes[i] > ' ' && name.bytes[i] < 0x7f);
    for (uint32_t i = 0; i < line.len; i++)
        MUST((unsigned char)line.bytes[i] >= ' ' && line.bytes[i] != 0x7f);
    if (name.len == 14 && strncasecmp(name.bytes, "Content-Length", 14) == 0) {
        r->counted = true;
        r->length = strtoul(line.bytes, NULL, 10);
    }
    r->chunked |= name.len == 17 && strncasecmp(name.bytes, "Transfer-Encoding", 17) == 0;
}

/* Reads the header section at `at`; returns where the body starts. */
static const char *read_header(const char *at, const char *end, struct response *r)
{
    *r = (struct response){0};
    MUST(end - at > 15 && memcmp(at, "HTTP/1.1 ", 9) == 0);
    r->status = (unsigned)strtoul(at + 9, NULL, 10);
    for (;;) {
        const char *line_end = memmem(at, (size_t)(end - at), "\r\n", 2);
        MUST(line_end != NULL);
        if (line_end == at)
            return at + 2;
        if (at[0] != 'H' || memcmp(at, "HTTP/1.1 ", 9) != 0)
            read_field((struct text){at, (uint32_t)(line_end - at)}, r);
        at = line_end + 2;
    }
}

static const char *skip_chunks(const char *at, const char *end)
{
    for (;;) {
        char *digits_end;
        MUST(at < end);
        size_t n = strtoul(at, &digits_end, 16);
        MUST(digits_end > at && end - digits_end >= 2 && memcmp(digits_end, "\r\n", 2) == 0);
        at = digits_end + 2;
        MUST(n + 2 <= (size_t)(end - at));
        at += n;
        MUST(memcmp(at, "\r\n", 2) == 0);
        at += 2;
        if (n == 0)
            return at;
    }
}

/* Behind the body; an answer to HEAD has none, and no body of ours starts like a response. */
static const char *skip_body(const char *at, const char *end, const struct response *r)
{
    bool next = at == end || (end - at > 9 && memcmp(at, "HTTP/1.1 ", 9) == 0);

    if (next || r->status == 204 || r->status == 304 || r->status == 100)
        return at;
    if (r->chunked)
        return skip_chunks(at, end);
    if (!r->counted) /* a batch over HTTP/1.0: its body ends with the connection */
        return end;
    MUST(r->length <= (size_t)(end - at));
    return at + r->length;
}

static bool is_served(unsigned status)
{
    return status / 100 == 2 || status == 304 || status == 404 || status == 405 || status == 406 ||
           status == 415 || status == 422;
}

static unsigned count_marks(const uint8_t *data, size_t size)
{
    unsigned n = 0;

    for (size_t i = 0; i + sizeof(version_mark) - 1 <= size; i++)
        n += memcmp(data + i, version_mark, sizeof(version_mark) - 1) == 0;
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char answers[ANSWERS_MAX + 1];
    unsigned served = 0;

    if (!server)
        start();
    size_t got = talk(data, size, answers);
    answers[got] = '\0';
    const char *at = answers, *end = answers + got;
    while (at < end) {
        struct response r;
        at = skip_body(read_header(at, end, &r), end, &r);
        MUST(r.status < 500 || r.status == 503 || r.status == 505);
        served += is_served(r.status);
    }
    MUST(served <= count_marks(data, size));
    return 0;
}
