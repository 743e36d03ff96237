/*
 * Where a token ends: the tokenisation rules of the English Universal Dependencies treebanks, for
 * one run of characters without white space ("chunk") at a time.
 */
#ifndef ONRECORD_PIPELINE_TOKEN_ENDS_H
#define ONRECORD_PIPELINE_TOKEN_ENDS_H

#include "pipeline/scan.h"

/* A run without white space and what is known of it. */
struct chunk {
    struct span span;
    bool starts_sentence;
    bool ends_sentence;
};

/*
 * The end of the token that starts at byte `at` of `chunk`. Always behind `at`, between two
 * characters, and not behind the chunk's end. Looks at most TOKEN_BYTES_MAX bytes ahead.
 */
uint32_t token_end(struct text t, const struct chunk *chunk, uint32_t at);

#endif
