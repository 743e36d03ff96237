/*
 * The memory of libxml2 while it reads a page: counted, bounded, and safe to run out of.
 *
 * When an allocation of its own fails, libxml2 2.9.14 takes no more bytes from its input, and its
 * loops of the kind "until '>' take the next byte" never end; one of them does not even stop at the
 * input's end. So the failure makes '>' the last byte of the input and goes there, where all stop.
 */
#ifndef ONRECORD_PIPELINE_PAGE_MEMORY_H
#define ONRECORD_PIPELINE_PAGE_MEMORY_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>

/* Of one page. */
struct page_memory {
    size_t left;             /* bytes that may still be taken */
    xmlParserCtxtPtr parser; /* NULL until there is one */
    bool failed;             /* an allocation has, and what was read is not the whole page */
};

/* Before anything else of libxml2 is used; once. */
void page_memory_prepare(void);

/* From now on this thread's allocations for libxml2 count to `m`; NULL: to nobody. */
void page_memory_use(struct page_memory *m);

#endif
