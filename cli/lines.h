/*
 * Files and lines of bounded size.
 */
#ifndef ONRECORD_CLI_LINES_H
#define ONRECORD_CLI_LINES_H

#include <stdbool.h>
#include <stdio.h>

#include "base/span.h"

/* A buffer that grows as needed and is used again; free() its bytes at the end. */
struct line_buffer {
    char *bytes;
    size_t len;
    size_t cap;
};

enum line_status { LINE_READ, LINE_TOO_LONG, LINE_END, LINE_FAILED };

/*
 * The next line without its line end. LINE_TOO_LONG: it has more than `most` bytes; they are
 * skipped. LINE_FAILED: reading failed (errno) or there is no memory.
 */
enum line_status lines_next(FILE *from, size_t most, struct line_buffer *line);

/* Makes `b` a copy of `t`. False without memory. */
bool lines_set(struct line_buffer *b, struct text t);

/* All that is left of the file; LINE_READ, LINE_TOO_LONG or LINE_FAILED. */
enum line_status lines_rest(FILE *from, size_t most, struct line_buffer *all);

#endif
