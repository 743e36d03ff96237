/*
 * A folder of word lists of an editor's own: each NAME.tsv in it changes the list NAME
 * (pipeline/list_edit.h).
 */
#ifndef ONRECORD_CLI_DATA_DIR_H
#define ONRECORD_CLI_DATA_DIR_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"

struct data_dir {
    struct arena *arena; /* what is in effect lives in it; arena_free() it at the very end */
    unsigned files;
    unsigned faults;  /* wrong rows, and files that are no list */
    bool unread;      /* the folder or a file of it could not be read */
    uint64_t content; /* a hash of all names and bytes */
};

/*
 * Reads the folder's lists in the order of their names, and tells each fault on `faults` as
 * "DIR/roles.tsv:7: what is wrong". With `apply` each list without a fault is in effect from now
 * on: that is for the start of the program. With `report` a line for each file says there what it
 * changes. False if there was a fault, or something could not be read.
 */
bool data_dir_read(const char *dir, bool apply, FILE *faults, FILE *report, struct data_dir *out);

#endif
