/*
 * The page's visible text cut into blocks: a paragraph, a heading, a list item, a table cell, or
 * any other run of text between two block-level tags.
 */
#ifndef ONRECORD_PIPELINE_PAGE_BLOCKS_H
#define ONRECORD_PIPELINE_PAGE_BLOCKS_H

#include "pipeline/page_tree.h"

struct page_block {
    struct text text;    /* squeezed; a line end where the page had a single <br> */
    uint32_t node;       /* the block-level element around it */
    uint32_t link_bytes; /* of text, those inside links */
    uint32_t bold_bytes; /* ... and those inside bold or italic tags */
    uint32_t sentences;  /* ends of sentences in it */
    uint32_t commas;
};

struct page_blocks {
    struct page_block *at;
    uint32_t count;
    uint32_t *first; /* of each node (and one behind the last): blocks that begin before it */
};

/* Cuts the whole page. ERR_NO_MEMORY. */
enum err page_blocks_cut(struct arena *a, const struct page_tree *tree, struct page_blocks *out);

/* True if the attributes of `node` hide it: hidden, aria-hidden, display:none. */
bool page_node_hidden(const struct page_tree *tree, uint32_t node);

#endif
