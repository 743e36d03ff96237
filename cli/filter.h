/*
 * A filter: lines in, one answer each out, in the same order, several at work at the same time.
 *
 * The caller's thread reads, `jobs` threads answer, one more writes. Only a few lines are on their
 * way at a time, so the memory does not grow with the input, and an answer is written as soon as it
 * and all before it are there: the other end of a pipe may wait for it before it sends on.
 */
#ifndef ONRECORD_CLI_FILTER_H
#define ONRECORD_CLI_FILTER_H

#include "cli/lines.h"

struct filter_options {
    FILE *from;
    FILE *to;
    size_t line_max; /* bytes; longer lines are answered with `too_long` set and nothing in them */
    unsigned jobs;   /* at least 1 */

    /*
     * Sets `answer` to the answer without its line end; the buffer may hold an old one, and is the
     * filter's. False: there is none, and the filter fails. *refused counts towards the result.
     * Called from several threads at the same time.
     */
    bool (*answer)(void *to, struct text line, bool too_long, struct line_buffer *answer,
                   bool *refused);
    void *cls;
};

struct filter_result {
    unsigned long done;
    unsigned long refused;
};

enum filter_end { FILTER_DONE, FILTER_UNREAD, FILTER_UNWRITTEN, FILTER_NO_MEMORY };

/* FILTER_UNREAD and FILTER_UNWRITTEN leave the reason in errno; what was answered is written. */
enum filter_end filter_run(const struct filter_options *o, struct filter_result *result);

#endif
