#include "cli/parts.h"

#include <unistd.h>

#include "pipeline/page.h"
#include "pipeline/weights.h"

bool parts_prepare(const char *command)
{
    const char *why;
    page_prepare();
    if (weights_check(&why) == ERR_OK)
        return true;
    fprintf(stderr, "onrecord %s: the program is damaged: %s\n", command, why);
    return false;
}

bool parts_data(const struct options *o, const char *command, struct data_dir *d,
                char version[VERSION_BYTES])
{
    *d = (struct data_dir){.arena = NULL};
    snprintf(version, VERSION_BYTES, "%s", ONRECORD_VERSION);
    if (!*o->data_dir)
        return true;
    if (!data_dir_read(o->data_dir, true, stderr, NULL, d)) {
        fprintf(stderr, "onrecord %s: the word lists in %s are not as they should be\n", command,
                o->data_dir);
        arena_free(d->arena);
        d->arena = NULL;
        return false;
    }
    snprintf(version, VERSION_BYTES, "%s+data.%08x", ONRECORD_VERSION, (unsigned)d->content);
    return true;
}

static const char *or_null(const char *s)
{
    return *s ? s : NULL;
}

struct fetcher *parts_fetcher(const struct options *o, const char *command)
{
    const struct fetcher_options options = {
        .version = ONRECORD_VERSION,
        .contact = or_null(o->contact),
        .egress_proxy = or_null(o->egress_proxy),
        .ca_file = or_null(o->ca_file),
        .allow_cidrs = o->allow_cidrs.at,
        .deny_cidrs = o->deny_cidrs.at,
        .allow_hosts = o->allow_hosts.at,
        .allow_ports = o->allow_ports.at,
        .timeout_ms = (unsigned)(o->fetch_timeout / 1000),
        .pool = o->fetch_workers,
        .per_host = o->fetch_per_host,
        .robots = o->robots,
    };
    struct fetcher *f = NULL;
    const char *bad = NULL;
    if (fetcher_new(&options, &f, &bad) == ERR_OK)
        return f;
    if (bad)
        fprintf(stderr, "onrecord %s: %.100s cannot be read\n", command, bad);
    else
        fprintf(stderr, "onrecord %s: there is no memory for fetching\n", command);
    return NULL;
}

unsigned parts_cores(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 && n < 256 ? (unsigned)n : 1;
}
