/*
 * What a command that reads articles needs before it starts.
 */
#ifndef ONRECORD_CLI_PARTS_H
#define ONRECORD_CLI_PARTS_H

#include "cli/data_dir.h"
#include "cli/options.h"
#include "fetcher/fetch.h"

enum { VERSION_BYTES = 48 };

/*
 * All are to be called before other threads start. On failure they say so on standard error, with
 * the command's name, and return false or NULL.
 */
bool parts_prepare(const char *command); /* checks the embedded models, makes libraries ready */

/*
 * Puts the word lists of --data-dir into effect; arena_free(d->arena) when nothing reads any more.
 * `version` becomes the program's, with the lists' fingerprint behind it ("0.1.0+data.5f0c21aa"):
 * other lists may make another summary, and so another id.
 */
bool parts_data(const struct options *o, const char *command, struct data_dir *d,
                char version[VERSION_BYTES]);

struct fetcher *parts_fetcher(const struct options *o, const char *command);

/* Processors of this machine, as a number of threads. */
unsigned parts_cores(void);

#endif
