/*
 * The options of all commands: one table of rows, from which parsing, `--help` and the README's
 * table come.
 *
 * An option of `serve` may also stand in the environment: --max-body is ONRECORD_MAX_BODY there. A
 * flag wins over the environment, which wins over the default.
 */
#ifndef ONRECORD_CLI_OPTIONS_H
#define ONRECORD_CLI_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Of --format, in the order of its words. */
enum extract_format { FORMAT_AUTO, FORMAT_TEXT, FORMAT_HTML, FORMAT_JSON };

/* Which commands know an option. */
enum command_bit { FOR_SERVE = 1, FOR_EXTRACT = 2, FOR_HEALTHCHECK = 4 };

enum { OPTION_LIST_MAX = 32, OPTION_LIST_BYTES = 2048, OPTION_MESSAGE_MAX = 256 };

struct option_list {
    const char *at[OPTION_LIST_MAX + 1]; /* NULL-terminated */
    unsigned count;
    bool given; /* by a flag */
    size_t used;
    char bytes[OPTION_LIST_BYTES]; /* of the pieces, each with its NUL */
};

struct options {
    /* serve */
    const char *listen;
    const char *admin_listen; /* "" is none */
    unsigned workers;         /* 0: one a core */
    unsigned fetch_workers;
    unsigned queue;
    unsigned fetch_queue;
    unsigned in_flight;
    unsigned connections;
    uint64_t max_body;
    uint64_t max_batch_body;
    uint64_t request_memory;
    uint64_t held_memory;
    int64_t deadline; /* all times in microseconds */
    int64_t header_timeout;
    int64_t body_timeout;
    int64_t idle_timeout;
    int64_t write_timeout;
    int64_t drain_delay;
    struct option_list cors_origins;
    unsigned sandbox;        /* 0: off, 1: on */
    const char *tokens_file; /* "" is none */
    unsigned rate;
    unsigned rate_burst;
    unsigned log_level; /* enum log_level */
    /* healthcheck */
    const char *address; /* "" is what `listen` says */
    /* extract */
    unsigned format; /* enum extract_format */
    const char *url; /* "" is none, as with all texts here */
    const char *published;
    const char *title;
    const char *source_url;
    const char *id;
    const char *offsets;
    const char *include;
    const char *min_confidence;
    bool ndjson;
    bool explain;
    unsigned jobs; /* 0: one a core */
    /* fetching, for serve and extract */
    unsigned fetch; /* 0: off, 1: on */
    int64_t fetch_timeout;
    unsigned fetch_per_host;
    const char *egress_proxy;
    const char *ca_file;
    const char *contact;
    struct option_list allow_cidrs;
    struct option_list deny_cidrs;
    struct option_list allow_hosts;
    struct option_list allow_ports;
    bool robots;
    /* word lists, for serve and extract */
    const char *data_dir;
    /* what is left of the command line */
    struct option_list operands;
};

/*
 * Fills `o` from defaults, environment and arguments (without the command's name). False: *message
 * tells what is wrong and what to write instead. *help is set where --help was asked for.
 */
bool options_parse(struct options *o, enum command_bit command, int argc, char **argv, bool *help,
                   char message[OPTION_MESSAGE_MAX]);

/* The command's options, one row of the table each, as --help shows them. */
void options_help(enum command_bit command, FILE *to);

/* The options of `serve` as a table in Markdown. */
void options_markdown(FILE *to);

#endif
