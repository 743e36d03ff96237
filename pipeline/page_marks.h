/*
 * Which elements of a page are no part of the article, by their tags, attributes and class names.
 */
#ifndef ONRECORD_PIPELINE_PAGE_MARKS_H
#define ONRECORD_PIPELINE_PAGE_MARKS_H

#include "pipeline/page_blocks.h"

enum page_mark {
    MARK_NONE,
    MARK_BODY,     /* says of itself that it is the article's body */
    MARK_SUMMARY,  /* a standfirst: the article in other words, in front of it */
    MARK_CAPTION,  /* of a picture */
    MARK_MARGIN,   /* navigation, related links, advertisements, forms ... */
    MARK_COMMENTS, /* of readers */
};

/* How much is believed: of a page that calls its article "share-wrapper", little. */
enum page_trust {
    TRUST_ALL,
    TRUST_STRONG,   /* not the words that are weak evidence, nor captions */
    TRUST_COMMENTS, /* only what is called comments, and what is hidden or a margin by its tag */
    PAGE_TRUST_COUNT
};

/*
 * One mark for each node; all of an element's subtree bears its mark, unless the mark is
 * MARK_BODY, which inner elements may override. Names ("sidebar") weigh less than the text: an
 * element that holds much of the page's prose is not taken for its margin. ERR_NO_MEMORY.
 */
enum err page_marks_set(struct arena *a, const struct page_tree *tree,
                        const struct page_blocks *blocks, enum page_trust trust, uint8_t **out);

/* Bytes of running text in a block: 0 for one that is mostly links or too short to tell. */
uint32_t page_block_prose(const struct page_block *b);

#endif
