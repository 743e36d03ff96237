/*
 * Fetches URLs with given options and prints one JSON line each: what the tests of the fetcher
 * look at, without a server around it.
 *
 *   fetch-driver [--NAME VALUE]… [--robots] URL…
 *
 * `--threads N` fetches N URLs at once; `-` reads the URLs from standard input, separated by NUL.
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/strbuf.h"
#include "fetcher/clock.h"
#include "fetcher/fetch.h"

enum { LIST_MAX = 16, URLS_MAX = 4096, INPUT_MAX = 4 << 20, ARENA_BYTES = 32 << 20 };

struct work {
    struct fetcher *fetcher;
    struct text urls[URLS_MAX];
    atomic_uint next;
    unsigned count;
    bool bodies;
    pthread_mutex_t print;
};

static void put_text(FILE *to, const char *key, struct text t)
{
    fprintf(to, ", \"%s\": \"", key);
    for (uint32_t i = 0; i < t.len; i++) {
        unsigned char c = (unsigned char)t.bytes[i];
        if (c < 0x20 || c == '"' || c == '\\' || c >= 0x7f)
            fprintf(to, "\\u%04x", c);
        else
            fputc(c, to);
    }
    fputc('"', to);
}

/* A line of /proc/self/status in kB: "VmRSS:" now, "VmHWM:" the most so far. */
static unsigned long memory_kb(const char *key)
{
    char line[256];
    unsigned long kb = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status && fgets(line, sizeof line, status)) {
        if (strncmp(line, key, strlen(key)) == 0)
            kb = strtoul(line + strlen(key), NULL, 10);
    }
    if (status)
        fclose(status);
    return kb;
}

static void print_line(struct work *w, unsigned i, enum err e, const struct fetched_page *page,
                       const struct fetch_error *why, int64_t ms)
{
    pthread_mutex_lock(&w->print);
    printf("{\"index\": %u, \"code\": \"%s\", \"ms\": %" PRId64, i, err_name(e), ms);
    printf(", \"rss_kb\": %lu, \"peak_kb\": %lu, \"resolving\": %u", memory_kb("VmRSS:"),
           memory_kb("VmHWM:"), fetcher_resolving(w->fetcher));
    if (e) {
        printf(", \"upstream_status\": %u", why->upstream_status);
        put_text(stdout, "detail", text_of(why->detail));
    } else {
        printf(", \"status\": %u, \"redirects\": %u, \"bytes\": %u", page->status, page->redirects,
               page->body.len);
        put_text(stdout, "content_type", page->content_type);
        put_text(stdout, "charset", page->charset);
        put_text(stdout, "final_url", page->final_url);
        put_text(stdout, "fetched_at", page->fetched_at);
        if (w->bodies)
            put_text(stdout, "body", page->body);
    }
    printf("}\n");
    fflush(stdout);
    pthread_mutex_unlock(&w->print);
}

static void *fetch_all(void *arg)
{
    struct work *w = arg;
    unsigned i;
    while ((i = atomic_fetch_add(&w->next, 1)) < w->count) {
        struct arena *a = arena_new(ARENA_BYTES);
        struct fetched_page page;
        struct fetch_error why = {0};
        int64_t start = clock_ms();
        enum err e = a ? fetcher_get(w->fetcher, a, w->urls[i], &page, &why)
                       : fetch_fail(&why, ERR_NO_MEMORY, "No arena");
        print_line(w, i, e, &page, &why, clock_ms() - start);
        arena_free(a);
    }
    return NULL;
}

static void read_urls(struct work *w, char *buffer)
{
    size_t size = fread(buffer, 1, INPUT_MAX, stdin);
    for (size_t at = 0; at < size && w->count < URLS_MAX; w->count++) {
        const char *end = memchr(buffer + at, '\0', size - at);
        size_t len = end ? (size_t)(end - buffer) - at : size - at;
        w->urls[w->count] = (struct text){buffer + at, (uint32_t)len};
        at += len + 1;
    }
}

struct command {
    struct fetcher_options options;
    const char *allow_cidr[LIST_MAX], *deny_cidr[LIST_MAX], *allow_host[LIST_MAX],
        *allow_port[LIST_MAX];
    unsigned threads;
};

static void add(const char **list, const char *value)
{
    for (unsigned i = 0; i < LIST_MAX - 1; i++) {
        if (!list[i]) {
            list[i] = value;
            return;
        }
    }
}

static bool set_option(struct command *c, const char *name, const char *value)
{
    const struct {
        const char *name;
        const char **list;
        const char **text;
        unsigned *number;
    } rows[] = {
        {.name = "--allow-cidr", .list = c->allow_cidr},
        {.name = "--deny-cidr", .list = c->deny_cidr},
        {.name = "--allow-host", .list = c->allow_host},
        {.name = "--allow-port", .list = c->allow_port},
        {.name = "--contact", .text = &c->options.contact},
        {.name = "--egress-proxy", .text = &c->options.egress_proxy},
        {.name = "--ca-file", .text = &c->options.ca_file},
        {.name = "--timeout-ms", .number = &c->options.timeout_ms},
        {.name = "--pool", .number = &c->options.pool},
        {.name = "--resolvers", .number = &c->options.resolvers},
        {.name = "--threads", .number = &c->threads},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(rows[i].name, name) != 0)
            continue;
        if (rows[i].list)
            add(rows[i].list, value);
        else if (rows[i].text)
            *rows[i].text = value;
        else
            *rows[i].number = (unsigned)strtoul(value, NULL, 10);
        return true;
    }
    return false;
}

static int usage(const char *what)
{
    fprintf(stderr, "fetch-driver: %s\n", what);
    return 2;
}

static void run_threads(struct work *w, unsigned count)
{
    pthread_t threads[64];
    if (count > 64)
        count = 64;
    for (unsigned i = 0; i < count; i++)
        pthread_create(&threads[i], NULL, fetch_all, w);
    for (unsigned i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
}

static int run(struct command *c, struct work *w)
{
    const char *bad;
    c->options.version = "0.1.0";
    c->options.allow_cidrs = c->allow_cidr;
    c->options.deny_cidrs = c->deny_cidr;
    c->options.allow_hosts = c->allow_host;
    c->options.allow_ports = c->allow_port;
    if (fetcher_new(&c->options, &w->fetcher, &bad))
        return usage(bad ? bad : "no memory");
    pthread_mutex_init(&w->print, NULL);
    run_threads(w, c->threads ? c->threads : 1);
    fetcher_free(w->fetcher);
    return 0;
}

int main(int argc, char **argv)
{
    struct command c = {0};
    struct work *w = calloc(1, sizeof *w);
    char *buffer = malloc(INPUT_MAX);
    int rc = 0;

    for (int i = 1; w && buffer && rc == 0 && i < argc; i++) {
        if (strcmp(argv[i], "--robots") == 0)
            c.options.robots = true;
        else if (strcmp(argv[i], "--bodies") == 0)
            w->bodies = true;
        else if (strcmp(argv[i], "-") == 0)
            read_urls(w, buffer);
        else if (i + 1 < argc && set_option(&c, argv[i], argv[i + 1]))
            i++;
        else if (argv[i][0] == '-' || w->count == URLS_MAX)
            rc = usage(argv[i]);
        else
            w->urls[w->count++] = text_of(argv[i]);
    }
    if (rc == 0 && w && buffer)
        rc = run(&c, w);
    free(buffer);
    free(w);
    return rc;
}
