#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/parts.h"
#include "cli/sandbox.h"
#include "handlers/stage_costs.h"
#include "pipeline/weights.h"
#include "server/server.h"

enum {
    BASE_MEMORY = 64 * 1024 * 1024, /* program, models, stacks, caches of the allocator */
    SPARE_FILES = 256,              /* descriptors for all that is no connection */
    STOP_WAIT_MS = 20000,
};

/* As many connections as asked for, or as the system's limit of descriptors allows. */
static void fit_connections(struct server_settings *s)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return;
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_max == RLIM_INFINITY || s->connections + SPARE_FILES <= files.rlim_max)
        return;
    s->connections =
        files.rlim_max > 2 * SPARE_FILES ? (unsigned)files.rlim_max - SPARE_FILES : SPARE_FILES;
    struct log_field to = {"to", LOG_INT, {NULL, 0}, s->connections};
    log_event(LOG_WARN, "connections-lowered", &to, 1);
}

static struct server_settings settings_of(const struct options *o)
{
    struct server_settings s = {
        .workers = o->workers ? o->workers : parts_cores(),
        .fetch_workers = o->fetch_workers,
        .queue = o->queue,
        .fetch_queue = o->fetch_queue,
        .in_flight = o->in_flight,
        .connections = o->connections,
        .request_memory = o->request_memory,
        .held_memory = o->held_memory,
        .deadline_us = o->deadline,
        .header_us = o->header_timeout,
        .body_us = o->body_timeout,
        .idle_us = o->idle_timeout,
        .write_us = o->write_timeout,
        .rate = o->rate,
        .rate_burst = o->rate_burst,
    };
    endpoint_parse(o->listen, &s.listen);
    if (*o->admin_listen)
        endpoint_parse(o->admin_listen, &s.admin);
    fit_connections(&s);
    return s;
}

/* After the server's threads have started: the filter is for all of them. */
static void enter_sandbox(const struct options *o)
{
    static const char *const names[] = {[SANDBOX_OFF] = "off",
                                        [SANDBOX_ON] = "on",
                                        [SANDBOX_REFUSED] = "refused",
                                        [SANDBOX_LEFT_OUT] = "left-out"};
    enum sandbox_state state = o->sandbox ? sandbox_enter() : SANDBOX_OFF;
    struct log_field field = {"state", LOG_TEXT, text_of(names[state]), 0};
    log_event(state == SANDBOX_REFUSED ? LOG_WARN : LOG_INFO, "sandbox", &field, 1);
}

static void log_start(const struct server_settings *s, const char *version)
{
    const struct log_field fields[] = {
        {"version", LOG_TEXT, text_of(version), 0},
        {"workers", LOG_INT, {NULL, 0}, s->workers},
        {"fetch_workers", LOG_INT, {NULL, 0}, s->fetch_workers},
        {"connections", LOG_INT, {NULL, 0}, s->connections},
        {"in_flight", LOG_INT, {NULL, 0}, s->in_flight},
        {"memory_bound_bytes", LOG_INT, {NULL, 0}, (int64_t)server_memory_bound(s, BASE_MEMORY)},
    };
    log_event(LOG_INFO, "start", fields, sizeof(fields) / sizeof(fields[0]));
}

/* Standard output tells the addresses: whoever started the service on port 0 reads them there. */
static bool announce(const struct server *server)
{
    char text[ENDPOINT_TEXT_MAX];
    struct endpoint at = server_listens(server), admin = server_admin(server);
    endpoint_print(&at, text);
    printf("listening on http://%s\n", text);
    if (admin.len) {
        endpoint_print(&admin, text);
        printf("admin on http://%s\n", text);
    }
    return fflush(stdout) == 0;
}

static void leave_at_once(int signal)
{
    (void)signal;
    _exit(EXIT_FINE);
}

/* From here on a second signal ends the process. */
static void arm_second_signal(const sigset_t *signals)
{
    struct sigaction at_once = {.sa_handler = leave_at_once};
    sigaction(SIGTERM, &at_once, NULL);
    sigaction(SIGINT, &at_once, NULL);
    pthread_sigmask(SIG_UNBLOCK, signals, NULL);
}

/* Ctrl-C has no balancer behind it that would need time to notice. */
static void drain(struct server *server, int signal, int64_t delay_us)
{
    struct timespec left = {delay_us / 1000000, delay_us % 1000000 * 1000};
    server_drain(server);
    log_event(LOG_INFO, "drain", NULL, 0);
    while (signal == SIGTERM && nanosleep(&left, &left) != 0 && errno == EINTR)
        ;
}

static void report_failure(const struct options *o, const char *why)
{
    char reason[64] = "";
    fprintf(stderr, "onrecord serve: %s (%s): %s\n", why, o->listen,
            errno ? strerror_r(errno, reason, sizeof(reason)) : "no more is known");
}

static bool read_tokens(const struct options *o, struct access_tokens *tokens)
{
    unsigned line;
    char reason[64] = "";
    if (!*o->tokens_file || access_read(o->tokens_file, tokens, &line))
        return true;
    if (line)
        fprintf(stderr, "onrecord serve: %s:%u: 64 hexadecimal digits are wanted, and a name\n",
                o->tokens_file, line);
    else
        fprintf(stderr, "onrecord serve: %s: %s\n", o->tokens_file,
                errno ? strerror_r(errno, reason, sizeof(reason)) : "there is no token in it");
    return false;
}

static int run(const struct options *o, const char *version, const struct access_tokens *tokens)
{
    char model[17];
    static struct stage_costs costs;
    weights_version(model);
    struct service service = {
        .version = version,
        .build = ONRECORD_BUILD,
        .model = model,
        .training_data = "UD English EWT, GUM, Groningen Meaning Bank, WordNet 3.0",
        .max_body = o->max_body,
        .max_batch_body = o->max_batch_body,
        .cors_origins = o->cors_origins.at,
        .fetcher = o->fetch ? parts_fetcher(o, "serve") : NULL,
        .stage_costs = &costs,
    };
    struct server_settings settings = settings_of(o);
    sigset_t signals;
    const char *why;
    int signal;

    if (o->fetch && !service.fetcher)
        return EXIT_USAGE;
    settings.tokens = tokens;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL); /* threads inherit it */
    struct server *server = server_start(&settings, &service, &why);
    if (!server) {
        report_failure(o, why);
        fetcher_free(service.fetcher);
        return EXIT_IO;
    }
    log_start(&settings, version);
    enter_sandbox(o);
    announce(server);

    sigwait(&signals, &signal);
    arm_second_signal(&signals);
    drain(server, signal, o->drain_delay);
    server_stop(server, STOP_WAIT_MS);
    if (service.fetcher)
        fetcher_stop(service.fetcher);
    log_event(LOG_INFO, "stop", NULL, 0);
    if (!server_free(server))
        _exit(EXIT_FINE); /* a worker is still reading an article whose client has its answer */
    fetcher_free(service.fetcher);
    return EXIT_FINE;
}

static void print_help(void)
{
    puts("usage: onrecord serve [OPTION]...\n\n"
         "Answers over HTTP. Prints its addresses on standard output when it is ready, and log "
         "lines "
         "in JSON\non standard error. SIGTERM ends it when its clients have left; a second one at "
         "once.\n\n"
         "Memory is bounded by\n"
         "  64 MiB + 32 KiB x (max-connections + 64) + workers x request-memory\n"
         "  + fetch-workers x 16 MiB + held-memory\n"
         "and the log line \"start\" tells the sum.\n");
    options_help(FOR_SERVE, stdout);
}

int serve_command(int argc, char **argv)
{
    struct options o;
    char message[OPTION_MESSAGE_MAX];
    bool help;
    if (!options_parse(&o, FOR_SERVE, argc, argv, &help, message))
        return usage_error("serve", message);
    if (help) {
        print_help();
        return EXIT_FINE;
    }
    if (o.operands.count)
        return usage_error("serve", "it takes options only");
    signal(SIGPIPE, SIG_IGN);
    sandbox_keep_private(); /* of unpublished text */
    if (!parts_prepare("serve"))
        return EXIT_IO;
    log_set_level((enum log_level)o.log_level);
    struct data_dir data;
    struct access_tokens tokens = {NULL, 0};
    char version[VERSION_BYTES];
    int code = EXIT_IO;
    if (parts_data(&o, "serve", &data, version) && read_tokens(&o, &tokens))
        code = run(&o, version, &tokens);
    free(tokens.digests);
    arena_free(data.arena);
    return code;
}
