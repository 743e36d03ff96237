#include "cli/options.h"

#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "cli/suggest.h"
#include "server/endpoint.h"

enum kind {
    KIND_ADDRESS,
    KIND_COUNT,
    KIND_SIZE,
    KIND_SECONDS,
    KIND_LIST,
    KIND_WORD,
    KIND_TEXT,
    KIND_FLAG, /* stands alone; in the environment it is 0 or 1 */
};

struct row {
    const char *flag;
    const char *value; /* what stands for the value in --help */
    enum kind kind;
    unsigned commands; /* bits of enum command_bit */
    size_t offset;     /* in struct options */
    double least;      /* of counts, of sizes in bytes, of seconds */
    double most;
    const char *fallback;
    const char *help;
    const char *const *words; /* of KIND_WORD, NULL-terminated; the value is the index */
};

static const char *const formats[] = {"auto", "text", "html", "json", NULL};
static const char *const off_on[] = {"off", "on", NULL};
static const char *const log_levels[] = {"debug", "info", "warn", "error", NULL};

#define AT(member) offsetof(struct options, member)
#define KIB        1024.0
#define MIB        (1024.0 * 1024.0)

/* clang-format off */
static const struct row rows[] = {
    {"--listen", "ADDRESS", KIND_ADDRESS, FOR_SERVE | FOR_HEALTHCHECK, AT(listen), 0, 0, "127.0.0.1:8080",
     "Where to serve: 127.0.0.1:8080, [::1]:8080, or :8080 for every address; port 0 takes a free one", NULL},
    {"--admin-listen", "ADDRESS", KIND_ADDRESS, FOR_SERVE, AT(admin_listen), 0, 0, "",
     "Where to serve /healthz, /readyz and /metrics apart from all else; empty: nowhere", NULL},
    {"--workers", "N", KIND_COUNT, FOR_SERVE, AT(workers), 0, 256, "0",
     "Threads that read articles; 0: one a core", NULL},
    {"--queue", "N", KIND_COUNT, FOR_SERVE, AT(queue), 1, 8192, "512",
     "Requests that may wait for such a thread; more are answered 503", NULL},
    {"--fetch-workers", "N", KIND_COUNT, FOR_SERVE, AT(fetch_workers), 1, 64, "16",
     "Pages fetched at the same time", NULL},
    {"--fetch-queue", "N", KIND_COUNT, FOR_SERVE, AT(fetch_queue), 1, 4096, "64",
     "Requests that may wait for a page to be fetched; more are answered 503", NULL},
    {"--max-in-flight", "N", KIND_COUNT, FOR_SERVE, AT(in_flight), 1, 8192, "512",
     "Requests taken on at the same time, from their headers to the end of their work; more are answered 503", NULL},
    {"--max-connections", "N", KIND_COUNT, FOR_SERVE, AT(connections), 1, 100000, "2048",
     "Open connections; more are answered 503", NULL},
    {"--max-body", "SIZE", KIND_SIZE, FOR_SERVE | FOR_EXTRACT, AT(max_body), KIB, 64 * MIB, "4MiB",
     "Size of a request's body, or of a line or file; larger ones are refused (413)", NULL},
    {"--max-batch-body", "SIZE", KIND_SIZE, FOR_SERVE, AT(max_batch_body), KIB, 1024 * MIB, "64MiB",
     "Size of a batch; each of its lines is held to --max-body", NULL},
    {"--request-memory", "SIZE", KIND_SIZE, FOR_SERVE | FOR_EXTRACT, AT(request_memory), MIB, 4096 * MIB, "256MiB",
     "Memory that the work on one request may use", NULL},
    {"--held-memory", "SIZE", KIND_SIZE, FOR_SERVE, AT(held_memory), MIB, 65536 * MIB, "256MiB",
     "Memory of all bodies, pages and replies that wait; what goes beyond is answered 503", NULL},
    {"--deadline", "SECONDS", KIND_SECONDS, FOR_SERVE, AT(deadline), 0.1, 600, "15",
     "Time for the work on one request, waiting included; after it the answer is 503", NULL},
    {"--header-timeout", "SECONDS", KIND_SECONDS, FOR_SERVE, AT(header_timeout), 0.1, 600, "5",
     "Time from a connection to the end of its first request's headers", NULL},
    {"--body-timeout", "SECONDS", KIND_SECONDS, FOR_SERVE, AT(body_timeout), 0.1, 600, "15",
     "Time for a request's body", NULL},
    {"--idle-timeout", "SECONDS", KIND_SECONDS, FOR_SERVE, AT(idle_timeout), 0.1, 3600, "30",
     "Time from a reply to the end of the next request's headers", NULL},
    {"--write-timeout", "SECONDS", KIND_SECONDS, FOR_SERVE, AT(write_timeout), 0.1, 600, "30",
     "Time for a reply to be read", NULL},
    {"--drain-delay", "SECONDS", KIND_SECONDS, FOR_SERVE, AT(drain_delay), 0, 600, "5",
     "After SIGTERM: time for balancers to see /readyz fail before connections are refused", NULL},
    {"--cors-origin", "LIST", KIND_LIST, FOR_SERVE, AT(cors_origins), 0, 0, "",
     "Origins whose pages may read the answers, separated by commas: https://desk.example", NULL},
    {"--tokens-file", "FILE", KIND_TEXT, FOR_SERVE, AT(tokens_file), 0, 0, "",
     "SHA-256 of each token that may ask, one a line in hexadecimal, a name behind it; empty: everybody may", NULL},
    {"--rate", "N", KIND_COUNT, FOR_SERVE, AT(rate), 0, 100000, "0",
     "Requests a second of one token, or of one address where there are no tokens; more are answered 429; 0: no limit", NULL},
    {"--rate-burst", "N", KIND_COUNT, FOR_SERVE, AT(rate_burst), 1, 100000, "20",
     "Requests that one client may make at once before --rate holds", NULL},
    {"--sandbox", "off or on", KIND_WORD, FOR_SERVE, AT(sandbox), 0, 0, "on",
     "Whether the running service gives up what it never needs, such as starting programs (seccomp)", off_on},
    {"--log-level", "LEVEL", KIND_WORD, FOR_SERVE, AT(log_level), 0, 0, "info",
     "Least level of the log lines on standard error: debug, info, warn, error", log_levels},
    {"--fetch", "off or on", KIND_WORD, FOR_SERVE, AT(fetch), 0, 0, "on",
     "Whether pages are fetched for requests that give a URL", off_on},
    {"--fetch-timeout", "SECONDS", KIND_SECONDS, FOR_SERVE | FOR_EXTRACT, AT(fetch_timeout), 0.1, 120, "10",
     "Time for one page, redirects included", NULL},
    {"--fetch-per-host", "N", KIND_COUNT, FOR_SERVE | FOR_EXTRACT, AT(fetch_per_host), 1, 64, "2",
     "Pages fetched from one host at the same time", NULL},
    {"--allow-cidr", "LIST", KIND_LIST, FOR_SERVE | FOR_EXTRACT, AT(allow_cidrs), 0, 0, "",
     "Addresses that may be fetched from though they are private: 10.1.0.0/16", NULL},
    {"--deny-cidr", "LIST", KIND_LIST, FOR_SERVE | FOR_EXTRACT, AT(deny_cidrs), 0, 0, "",
     "Addresses that may not be fetched from though they are public", NULL},
    {"--allow-host", "LIST", KIND_LIST, FOR_SERVE | FOR_EXTRACT, AT(allow_hosts), 0, 0, "",
     "Names that may be fetched from though they look private: cms.internal", NULL},
    {"--allow-port", "LIST", KIND_LIST, FOR_SERVE | FOR_EXTRACT, AT(allow_ports), 0, 0, "",
     "Ports that may be fetched from beside 80, 443, 8080 and 8443", NULL},
    {"--egress-proxy", "URL", KIND_TEXT, FOR_SERVE | FOR_EXTRACT, AT(egress_proxy), 0, 0, "",
     "The proxy that all fetches go through", NULL},
    {"--ca-file", "FILE", KIND_TEXT, FOR_SERVE | FOR_EXTRACT, AT(ca_file), 0, 0, "",
     "Certificate authorities for https, in PEM; empty: the system's", NULL},
    {"--contact", "URL", KIND_TEXT, FOR_SERVE | FOR_EXTRACT, AT(contact), 0, 0, "",
     "Where the owner of a site can reach you; becomes part of the User-Agent", NULL},
    {"--robots", "", KIND_FLAG, FOR_SERVE | FOR_EXTRACT, AT(robots), 0, 0, "0",
     "Ask a site's robots.txt before a page is fetched", NULL},
    {"--data-dir", "DIR", KIND_TEXT, FOR_SERVE | FOR_EXTRACT, AT(data_dir), 0, 0, "",
     "Word lists of your own, put over the program's: DIR/roles.tsv; `onrecord check-data DIR` checks them", NULL},
    {"--format", "FORMAT", KIND_WORD, FOR_EXTRACT, AT(format), 0, 0, "auto",
     "What the input is: text, html, json, or auto, which goes by the file's name and first character", formats},
    {"--ndjson", "", KIND_FLAG, FOR_EXTRACT, AT(ndjson), 0, 0, "0",
     "Read one request object a line and write one result a line, in the same order", NULL},
    {"--explain", "", KIND_FLAG, FOR_EXTRACT, AT(explain), 0, 0, "0",
     "Print, instead of the summary, why each candidate was taken for a commitment or was not", NULL},
    {"--jobs", "N", KIND_COUNT, FOR_EXTRACT, AT(jobs), 0, 256, "0",
     "Lines of --ndjson that are read at the same time; 0: one a core", NULL},
    {"--url", "URL", KIND_TEXT, FOR_EXTRACT, AT(url), 0, 0, "",
     "Fetch this page instead of reading a file", NULL},
    {"--published", "DATE", KIND_TEXT, FOR_EXTRACT, AT(published), 0, 0, "",
     "When the article came out, as 2021-04-07 or in RFC 3339; relative dates hang on it", NULL},
    {"--title", "TITLE", KIND_TEXT, FOR_EXTRACT, AT(title), 0, 0, "",
     "The article's headline", NULL},
    {"--source-url", "URL", KIND_TEXT, FOR_EXTRACT, AT(source_url), 0, 0, "",
     "Where the text or page came from; it is not fetched", NULL},
    {"--id", "ID", KIND_TEXT, FOR_EXTRACT, AT(id), 0, 0, "",
     "Becomes the summary's id", NULL},
    {"--offsets", "UNIT", KIND_TEXT, FOR_EXTRACT, AT(offsets), 0, 0, "",
     "Unit of every start and end: codepoint (the default), utf16 or byte", NULL},
    {"--include", "LIST", KIND_TEXT, FOR_EXTRACT, AT(include), 0, 0, "",
     "Lists to add, separated by commas: mentions, sentences, tokens", NULL},
    {"--min-confidence", "P", KIND_TEXT, FOR_EXTRACT, AT(min_confidence), 0, 0, "",
     "Leave out commitments below this probability", NULL},
    {"--address", "ADDRESS", KIND_ADDRESS, FOR_HEALTHCHECK, AT(address), 0, 0, "",
     "The service to ask; empty: the one that --listen or its variable names", NULL},
};
/* clang-format on */

enum { ROWS = sizeof(rows) / sizeof(rows[0]), VARIABLE_MAX = 64 };

/* "--max-body" -> "ONRECORD_MAX_BODY"; only the service reads its environment. */
static bool variable_of(const struct row *r, char out[VARIABLE_MAX])
{
    size_t n = (size_t)snprintf(out, VARIABLE_MAX, "ONRECORD_%s", r->flag + 2);
    for (size_t i = 0; i < n; i++)
        out[i] = out[i] == '-' ? '_' : (char)toupper((unsigned char)out[i]);
    return r->commands & FOR_SERVE;
}

/* A number and what follows it. False without digits or out of double's range. */
static bool number(const char *s, double *out, const char **rest)
{
    char *end;
    if (!isdigit((unsigned char)*s))
        return false;
    errno = 0;
    double n = strtod(s, &end);
    if (errno)
        return false;
    *out = n;
    *rest = end;
    return true;
}

/* "4MiB", "512k" and "4194304" alike; one unit, in powers of 1024. */
static bool unit(const char *rest, double *factor)
{
    static const struct {
        const char *name;
        double factor;
    } units[] = {{"", 1},    {"B", 1},     {"k", KIB},          {"K", KIB},           {"KiB", KIB},
                 {"M", MIB}, {"MiB", MIB}, {"G", 1024.0 * MIB}, {"GiB", 1024.0 * MIB}};
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
        if (strcmp(rest, units[i].name) == 0) {
            *factor = units[i].factor;
            return true;
        }
    return false;
}

static bool complain(const struct row *r, const char *value, const char *what,
                     char message[OPTION_MESSAGE_MAX])
{
    snprintf(message, OPTION_MESSAGE_MAX, "%s %.60s: %s", r->flag, value, what);
    return false;
}

static bool set_number(void *to, const struct row *r, const char *value,
                       char message[OPTION_MESSAGE_MAX])
{
    const char *rest;
    double n, factor = 1;
    char range[96];
    bool read = number(value, &n, &rest) && (r->kind == KIND_SIZE ? unit(rest, &factor) : !*rest);
    if (!read)
        return complain(r, value,
                        r->kind == KIND_SIZE ? "a size like 4MiB or 4194304 is wanted"
                                             : "a number is wanted",
                        message);
    n *= factor;
    if (n < r->least || n > r->most) {
        snprintf(range, sizeof(range), "it must be from %.10g to %.10g", r->least, r->most);
        return complain(r, value, range, message);
    }
    if (r->kind == KIND_COUNT)
        *(unsigned *)to = (unsigned)n;
    else if (r->kind == KIND_SIZE)
        *(uint64_t *)to = (uint64_t)n;
    else
        *(int64_t *)to = (int64_t)(n * 1e6);
    return true;
}

static bool set_address(const char **to, const struct row *r, const char *value,
                        char message[OPTION_MESSAGE_MAX])
{
    struct endpoint parsed;
    if (*value && !endpoint_parse(value, &parsed))
        return complain(r, value, "an address like 127.0.0.1:8080 or [::1]:8080 is wanted",
                        message);
    *to = value;
    return true;
}

static bool add_to_list(struct option_list *to, const struct row *r, const char *value,
                        char message[OPTION_MESSAGE_MAX])
{
    size_t len = strlen(value) + 1;
    if (len > OPTION_LIST_BYTES - to->used)
        return complain(r, value, "the list is too long", message);
    char *rest = memcpy(to->bytes + to->used, value, len);
    to->used += len;
    for (char *piece = strsep(&rest, ","); piece; piece = strsep(&rest, ",")) {
        if (!*piece)
            continue;
        if (to->count == OPTION_LIST_MAX)
            return complain(r, value, "the list is too long", message);
        to->at[to->count++] = piece;
    }
    return true;
}

/* The first flag pushes out what the environment said; further ones add to it. */
static void begin_list(struct option_list *l)
{
    if (!l->given)
        memset(l, 0, sizeof(*l));
    l->given = true;
}

static bool set_word(unsigned *to, const struct row *r, const char *value,
                     char message[OPTION_MESSAGE_MAX])
{
    char choices[96] = "it must be one of";
    for (unsigned i = 0; r->words[i]; i++) {
        size_t at = strlen(choices);
        snprintf(choices + at, sizeof(choices) - at, " %s", r->words[i]);
        if (strcmp(value, r->words[i]) == 0) {
            *to = i;
            return true;
        }
    }
    return complain(r, value, choices, message);
}

static bool set(struct options *o, const struct row *r, const char *value,
                char message[OPTION_MESSAGE_MAX])
{
    void *to = (char *)o + r->offset;
    switch (r->kind) {
    case KIND_ADDRESS:
        return set_address(to, r, value, message);
    case KIND_LIST:
        return add_to_list(to, r, value, message);
    case KIND_WORD:
        return set_word(to, r, value, message);
    case KIND_TEXT:
        *(const char **)to = value;
        return true;
    case KIND_FLAG:
        *(bool *)to = strcmp(value, "1") == 0;
        return *(bool *)to || strcmp(value, "0") == 0 ||
               complain(r, value, "0 or 1 is wanted", message);
    case KIND_COUNT:
    case KIND_SIZE:
    case KIND_SECONDS:
        return set_number(to, r, value, message);
    }
    return false;
}

static bool set_from_environment(struct options *o, enum command_bit command,
                                 char message[OPTION_MESSAGE_MAX])
{
    char name[VARIABLE_MAX];
    for (const struct row *r = rows; r < rows + ROWS; r++) {
        if (!(r->commands & command))
            continue;
        const char *value = variable_of(r, name) ? getenv(name) : NULL;
        if (!set(o, r, r->fallback, message))
            return false; /* a default out of its own range: the unit test finds it */
        if (value && !set(o, r, value, message)) {
            size_t len = strlen(message);
            snprintf(message + len, OPTION_MESSAGE_MAX - len, ", from %s", name);
            return false;
        }
    }
    return true;
}

static const struct row *row_of(const char *flag, size_t len, enum command_bit command)
{
    for (const struct row *r = rows; r < rows + ROWS; r++)
        if ((r->commands & command) && strlen(r->flag) == len && strncmp(r->flag, flag, len) == 0)
            return r;
    return NULL;
}

static bool unknown(const char *flag, enum command_bit command, char message[OPTION_MESSAGE_MAX])
{
    const char *best = NULL;
    for (const struct row *r = rows; r < rows + ROWS; r++)
        if (r->commands & command)
            suggest_try(flag, r->flag, &best);
    snprintf(message, OPTION_MESSAGE_MAX, "there is no option %.60s%s%s%s", flag,
             best ? "; did you mean " : "", best ? best : "", best ? "?" : "");
    return false;
}

/* Takes the option at argv[0], with its value; the return value is how many arguments it took. */
static int take_option(struct options *o, enum command_bit command, int argc, char **argv,
                       char message[OPTION_MESSAGE_MAX])
{
    const char *flag = argv[0], *equals = strchr(flag, '=');
    size_t len = equals ? (size_t)(equals - flag) : strlen(flag);
    const struct row *r = row_of(flag, len, command);
    if (!r)
        return unknown(flag, command, message), 0;
    if (r->kind == KIND_FLAG && !equals)
        return set(o, r, "1", message);
    const char *value = equals ? equals + 1 : argc > 1 ? argv[1] : NULL;
    if (!value) {
        snprintf(message, OPTION_MESSAGE_MAX, "%s wants a value: %s %s", r->flag, r->flag,
                 r->value);
        return 0;
    }
    if (r->kind == KIND_LIST)
        begin_list((struct option_list *)((char *)o + r->offset));
    return set(o, r, value, message) ? (equals ? 1 : 2) : 0;
}

bool options_parse(struct options *o, enum command_bit command, int argc, char **argv, bool *help,
                   char message[OPTION_MESSAGE_MAX])
{
    memset(o, 0, sizeof(*o));
    *help = false;
    if (!set_from_environment(o, command, message))
        return false;
    for (int i = 0, taken; i < argc; i += taken) {
        taken = 1;
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            *help = true;
        } else if (argv[i][0] == '-' && argv[i][1] != '\0') {
            taken = take_option(o, command, argc - i, argv + i, message);
            if (!taken)
                return false;
        } else if (o->operands.count < OPTION_LIST_MAX) {
            o->operands.at[o->operands.count++] = argv[i];
        }
    }
    return true;
}

void options_help(enum command_bit command, FILE *to)
{
    char name[VARIABLE_MAX];
    for (const struct row *r = rows; r < rows + ROWS; r++) {
        if (!(r->commands & command))
            continue;
        fprintf(to, "  %s %s\n      %s", r->flag, r->value, r->help);
        if (*r->fallback && r->kind != KIND_FLAG)
            fprintf(to, " (default %s)", r->fallback);
        if (variable_of(r, name))
            fprintf(to, " [%s]", name);
        fputc('\n', to);
    }
}

void options_markdown(FILE *to)
{
    char name[VARIABLE_MAX];
    fputs("| option | variable | default | meaning |\n|---|---|---|---|\n", to);
    for (const struct row *r = rows; r < rows + ROWS; r++)
        if ((r->commands & FOR_SERVE) && variable_of(r, name))
            fprintf(to, "| `%s%s%s` | `%s` | %s%s%s | %s |\n", r->flag, *r->value ? " " : "",
                    r->value, name, *r->fallback ? "`" : "", r->fallback, *r->fallback ? "`" : "",
                    r->help);
}
