/*
 * An editor's own rows over the embedded word lists.
 *
 * A row with a new key is added, one with a known key takes that row's place, and a key behind "!"
 * with nothing else takes the row away:
 *
 *   roles.tsv:   ombudsman<TAB>head<TAB>civil
 *                !lady
 *
 * What the columns may hold is told in data/columns.tsv; lists that do not stand there (learned
 * weights, lists that code counts on row by row) cannot be changed.
 */
#ifndef ONRECORD_PIPELINE_LIST_EDIT_H
#define ONRECORD_PIPELINE_LIST_EDIT_H

#include "base/arena.h"
#include "base/error.h"
#include "pipeline/wordlist.h"

/* What a list's rows change. */
struct list_change {
    uint32_t added;
    uint32_t replaced;
    uint32_t removed;
    uint32_t faults; /* rows that are wrong; they change nothing */
};

/* Told of each wrong row: its line, from 1, and what is wrong with it. */
struct list_listener {
    void (*fault)(void *to, uint32_t line, const char *what);
    void *to;
};

/* True if there is such a list ("roles") and its rows may be changed. */
bool list_is_open(const char *name);

/*
 * Reads `rows`, the bytes of a file in the form of data/NAME.tsv. With `apply`, and if no row is
 * wrong, they are in effect from now on for every thread: that is for the start of the program,
 * before others run. `a` and `rows` must then outlive all use. ERR_NOT_FOUND unless
 * list_is_open(name), ERR_NO_MEMORY; wrong rows are no error of the function's.
 */
enum err list_edit(struct arena *a, const char *name, struct text rows, bool apply,
                   const struct list_listener *listener, struct list_change *out);

#endif
