/*
 * Pages that keep their article back: behind a subscription or a log-in, or until the reader has
 * agreed to cookies. What such a page shows would be summarised wrongly: two sentences of teaser,
 * or what the site does with personal data.
 */
#ifndef ONRECORD_PIPELINE_PAGE_WALLS_H
#define ONRECORD_PIPELINE_PAGE_WALLS_H

#include "pipeline/page_blocks.h"
#include "pipeline/page_body.h"
#include "pipeline/page_facts.h"

enum page_wall { WALL_NONE, WALL_PAYWALL, WALL_CONSENT };

struct page_walls {
    enum page_wall wall;
    bool partial; /* so much of the article is visible that it is worth reading */
};

/*
 * Phrases of data/page-walls.tsv (in all blocks: the wall stands outside of the body) and what the
 * page says of its access speak for a wall; running text of an article beside them speaks against.
 */
struct page_walls page_walls_find(const struct page_blocks *blocks, const struct page_body *body,
                                  const struct page_facts *facts);

#endif
