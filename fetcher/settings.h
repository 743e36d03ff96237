/*
 * The operator's options, read once into what the fetch works with.
 */
#ifndef ONRECORD_FETCHER_SETTINGS_H
#define ONRECORD_FETCHER_SETTINGS_H

#include "base/arena.h"
#include "fetcher/fetch.h"
#include "fetcher/transfer.h"
#include "fetcher/url_guard.h"

struct fetch_settings {
    struct url_rules rules;
    struct transfer_settings transfer; /* but for `stopping` */
    unsigned timeout_ms, pool, per_host, resolvers;
    size_t page_max;
    bool robots;
};

/* As fetcher_new(); everything in `out` lies in `a`. */
enum err settings_read(struct arena *a, const struct fetcher_options *options,
                       struct fetch_settings *out, const char **bad);

#endif
