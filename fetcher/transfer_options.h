/*
 * Everything that a transfer asks of libcurl but its callbacks: fixed tables, the operator's
 * settings, the request, and the pinned addresses.
 */
#ifndef ONRECORD_FETCHER_TRANSFER_OPTIONS_H
#define ONRECORD_FETCHER_TRANSFER_OPTIONS_H

#include "fetcher/transfer.h"

/* libcurl does not copy lists: they must live as long as the transfer. NULL at first. */
struct transfer_lists {
    struct curl_slist *pins;
    struct curl_slist *headers;
};

/* Resets `easy` first. False without memory; the lists are the caller's to free in both cases. */
bool transfer_set_options(CURL *easy, struct transfer_pin *pin,
                          const struct transfer_request *request, struct transfer_lists *lists);

#endif
