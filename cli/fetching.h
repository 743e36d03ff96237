/*
 * A fetcher from the options of a command.
 */
#ifndef ONRECORD_CLI_FETCHING_H
#define ONRECORD_CLI_FETCHING_H

#include "cli/options.h"
#include "fetcher/fetch.h"

/*
 * To be called before other threads start. `command` stands in the message that is printed on
 * failure, where the return value is NULL.
 */
struct fetcher *fetching_start(const struct options *o, const char *command);

#endif
