/*
 * Why a page could not be brought.
 */
#ifndef ONRECORD_FETCHER_FETCH_ERROR_H
#define ONRECORD_FETCHER_FETCH_ERROR_H

#include "base/error.h"

struct fetch_error {
    enum err code;
    unsigned upstream_status; /* what the page's server answered; 0 if it did not */
    const char *detail;       /* static; never tells what a name resolves to or who listens */
};

static inline enum err fetch_fail(struct fetch_error *why, enum err code, const char *detail)
{
    *why = (struct fetch_error){.code = code, .detail = detail};
    return code;
}

#endif
