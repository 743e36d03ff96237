/*
 * Log lines: one JSON object a line on standard error, at most 1 KiB, written with one write().
 * Never give it article text, a query string or a token.
 */
#ifndef ONRECORD_BASE_LOG_H
#define ONRECORD_BASE_LOG_H

#include "base/span.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* Lines below `level` are dropped. Call once, before threads start. */
void log_set_level(enum log_level level);

enum log_field_kind { LOG_TEXT, LOG_INT, LOG_MS };

struct log_field {
    const char *key;
    enum log_field_kind kind;
    struct text text;
    int64_t number; /* LOG_INT: as is; LOG_MS: microseconds, printed as milliseconds */
};

/* {"ts":"2021-04-07T09:30:00.123Z","level":"info","event":EVENT, …fields}. Safe from any thread. */
void log_event(enum log_level level, const char *event, const struct log_field *fields,
               unsigned count);

#endif
