/* Rows of a pack in JSON Lines. */
#ifndef ONRECORD_TESTS_UNIT_FETCHER_ROWS_H
#define ONRECORD_TESTS_UNIT_FETCHER_ROWS_H

#include "base/json.h"
#include "tests/unit/check.h"

/* Cuts a line off `rest` and parses it; NULL if our own gate refuses it for its content (\u0000).
 */
static inline const struct json *rows_next(struct arena *a, struct text *rest)
{
    const char *end = memchr(rest->bytes, '\n', rest->len);
    uint32_t len = end ? (uint32_t)(end - rest->bytes) : rest->len;
    struct text line = {rest->bytes, len};
    const struct json *row = NULL;
    struct json_fault fault;

    *rest = (struct text){rest->bytes + len, rest->len - len};
    if (end)
        *rest = (struct text){rest->bytes + 1, rest->len - 1};
    enum err e = json_parse(a, line, &row, &fault);
    if (e && e != ERR_INVALID_REQUEST)
        fail_msg("%.*s: %s", (int)line.len, line.bytes, fault.reason);
    return e ? NULL : row;
}

#endif
