/*
 * A page's bytes into UTF-8.
 *
 * Asked in this order, as browsers do (WHATWG Encoding and HTML, "encoding sniffing"): byte order
 * mark, the Content-Type header's charset, <meta> or the XML declaration, and then the bytes
 * themselves (uchardet). With one departure: bytes that are well-formed UTF-8 and not just ASCII
 * are UTF-8, whatever the page says; in news such labels are wrong far more often than such bytes
 * are a coincidence.
 */
#ifndef ONRECORD_PIPELINE_PAGE_CHARSET_H
#define ONRECORD_PIPELINE_PAGE_CHARSET_H

#include "base/arena.h"
#include "base/error.h"
#include "base/span.h"

/*
 * `declared` is the header's charset, bytes NULL if it had none. *out is well-formed UTF-8 without
 * a byte order mark: a view of `bytes` where nothing had to be changed, else in `a`. What cannot be
 * decoded becomes U+FFFD. *name is the WHATWG name of the encoding used, static. ERR_NO_MEMORY
 * only.
 */
enum err page_charset_decode(struct arena *a, struct text bytes, struct text declared,
                             struct text *out, const char **name);

#endif
