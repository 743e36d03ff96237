/*
 * The value of a Content-Type header (RFC 9110, 8.3).
 */
#ifndef ONRECORD_FETCHER_MEDIA_TYPE_H
#define ONRECORD_FETCHER_MEDIA_TYPE_H

#include "base/span.h"

struct media_type {
    struct text essence; /* "text/html", as sent, without parameters and white space */
    struct text charset; /* without quotes; bytes NULL if there is none */
};

/* Never fails: what is no media type has an essence that equals none. Views into `value`. */
struct media_type media_type_read(struct text value);

/* True for text/html, application/xhtml+xml and text/plain. */
bool media_type_is_page(const struct media_type *m);

#endif
