/*
 * The article among the page's blocks.
 *
 * The container is the element whose blocks have the largest sum of weights: running text counts
 * for it, links and margins against it (the idea of maximum subsequence segmentation: Pasternack
 * and Roth, "Extracting Article Text from the Web with Maximum Subsequence Segmentation", 2009,
 * over elements instead of tokens). Inside it each block is kept or left out on its own.
 */
#ifndef ONRECORD_PIPELINE_PAGE_BODY_H
#define ONRECORD_PIPELINE_PAGE_BODY_H

#include "pipeline/page_blocks.h"

struct page_body {
    uint32_t *kept; /* indices of blocks, in order */
    uint32_t count;
    uint32_t container; /* node */
    uint32_t prose;     /* bytes of running text among them */
};

/*
 * `title` (may be empty) is left out of the body. No blocks are kept where the page has no running
 * text. ERR_NO_MEMORY.
 */
enum err page_body_find(struct arena *a, const struct page_tree *tree,
                        const struct page_blocks *blocks, struct text title, struct page_body *out);

#endif
