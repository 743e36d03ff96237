/*
 * How far the filter is, on standard error where that is a terminal: once a second, in one line.
 *
 *   [######              ]  31 %  3,120 lines, 4 refused, 512/s, 0:14 left
 *
 * Where the size of the input is not known (a pipe) there is no bar and no time left.
 */
#ifndef ONRECORD_CLI_PROGRESS_H
#define ONRECORD_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct progress {
    bool shown;
    int input;       /* descriptor of the input */
    int64_t size;    /* of the input in bytes; 0: not known */
    int64_t started; /* in microseconds */
    int64_t told;
};

void progress_start(struct progress *p, FILE *input);
void progress_tell(struct progress *p, unsigned long done, unsigned long refused);

/* The last line, with the whole time in place of the time left. */
void progress_end(struct progress *p, unsigned long done, unsigned long refused);

/*
 * The line for `done` lines after `micros`, with `share` of the input read (0 to 1; below 0: not
 * known), as it is shown.
 */
void progress_line(char *to, size_t room, unsigned long done, unsigned long refused, int64_t micros,
                   double share);

#endif
