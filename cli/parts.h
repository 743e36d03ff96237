/*
 * What a command that reads articles needs before it starts.
 */
#ifndef ONRECORD_CLI_PARTS_H
#define ONRECORD_CLI_PARTS_H

#include "cli/options.h"
#include "fetcher/fetch.h"

/*
 * Both are to be called before other threads start. On failure they say so on standard error, with
 * the command's name, and return false or NULL.
 */
bool parts_models_whole(const char *command); /* checks the embedded models */
struct fetcher *parts_fetcher(const struct options *o, const char *command);

/* Processors of this machine, as a number of threads. */
unsigned parts_cores(void);

#endif
