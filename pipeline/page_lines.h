/*
 * What a page says about its article in lines for readers: "Updated 3:14 PM EDT, Tue April 6,
 * 2021", "By Ann Holm". Only short lines around the article are read.
 */
#ifndef ONRECORD_PIPELINE_PAGE_LINES_H
#define ONRECORD_PIPELINE_PAGE_LINES_H

#include "pipeline/page_blocks.h"
#include "pipeline/page_facts.h"

/* Adds the lines among the blocks from `from` up to `to`; `less` is taken off each weight. */
void page_lines_read(const struct page_blocks *blocks, uint32_t from, uint32_t to, unsigned less,
                     struct page_facts *facts);

#endif
