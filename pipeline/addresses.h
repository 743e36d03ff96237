/*
 * URLs, e-mail addresses, domain and file names: one token each.
 */
#ifndef ONRECORD_PIPELINE_ADDRESSES_H
#define ONRECORD_PIPELINE_ADDRESSES_H

#include "pipeline/scan.h"

/* The end of the address that starts at the letter or digit `at`, or 0. `end` ends the chunk. */
uint32_t address_end(struct text t, uint32_t at, uint32_t end);

/* Characters of @handles and #tags. */
static inline uint32_t scan_tag(struct text t, uint32_t at)
{
    return t.bytes[at] == '_' ? 1 : scan_alnum(t, at);
}

#endif
