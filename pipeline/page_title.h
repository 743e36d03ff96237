/*
 * The article's headline, from the window's title (the <title> element), headings, and what the
 * page tells machines and social networks. The window's title is the one that is nearly always of
 * this article, but carries the site's name; the others say where the name begins. Titles for
 * sharing are often other words: "You'll never guess what the council voted for".
 */
#ifndef ONRECORD_PIPELINE_PAGE_TITLE_H
#define ONRECORD_PIPELINE_PAGE_TITLE_H

#include "pipeline/page_facts.h"

/* Part of a fact's value; bytes NULL if the page states no title. */
struct text page_title(const struct page_facts *facts);

#endif
