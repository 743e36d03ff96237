/*
 * The memory of libxml2 while it reads a page: counted, bounded, and safe to run out of.
 *
 * When an allocation of its own fails, libxml2 2.9.14 takes no more bytes from its input, and its
 * loops of the kind "until '>' take the next byte" never end; one of them does not even stop at the
 * input's end, and another tries the same allocation for ever. So the first failure makes '>' the
 * last byte of the input and goes there, where all stop, and the few allocations behind it may pass
 * the budget. What the parser then forgets to free is freed with the page.
 */
#ifndef ONRECORD_PIPELINE_PAGE_MEMORY_H
#define ONRECORD_PIPELINE_PAGE_MEMORY_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>

struct page_block;

/* Of one page. */
struct page_memory {
    size_t left; /* bytes that may still be taken */
    struct page_block *blocks;
    xmlParserCtxtPtr parser; /* NULL until there is one */
    bool failed;             /* an allocation has, and what was read is not the whole page */
};

/* Before anything else of libxml2 is used; once. */
void page_memory_prepare(void);

/* From here on, this thread's allocations for libxml2 count to `m`, up to `budget` bytes. */
void page_memory_begin(struct page_memory *m, size_t budget);

/* Frees what is left of them, the parser's own among it if nobody has freed the parser. */
void page_memory_end(struct page_memory *m);

#endif
