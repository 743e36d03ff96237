/*
 * Facts that a page's markup states: <meta>, <link>, <html lang>, <title>, microdata, <time>, links
 * with rel="author".
 */
#ifndef ONRECORD_PIPELINE_PAGE_META_H
#define ONRECORD_PIPELINE_PAGE_META_H

#include "pipeline/page_facts.h"
#include "pipeline/page_tree.h"

/* Adds what the head and microdata state. Names and their weights stand in data/page-metas.tsv. */
void page_meta_read(const struct page_tree *tree, struct page_facts *facts);

/* Adds the <time> elements between the nodes `from` and `to`, where the article's own stand. */
void page_meta_times(const struct page_tree *tree, uint32_t from, uint32_t to,
                     struct page_facts *facts);

#endif
