/*
 * First stage for pages: HTML to the article's paragraphs, and what the page says about it.
 *
 * The page is decoded (page_charset), parsed into a flat tree (page_tree), cut into blocks
 * (page_blocks), and the article chosen among them (page_marks, page_body). Facts come from
 * metadata, JSON-LD, visible lines and the URL; page_facts weighs them.
 */
#ifndef ONRECORD_PIPELINE_PAGE_H
#define ONRECORD_PIPELINE_PAGE_H

#include "base/arena.h"
#include "models/article.h"
#include "models/document.h"
#include "models/problem.h"

/* The page as it came. Everything but `bytes` may be unknown (bytes NULL). */
struct page_input {
    struct text bytes;
    struct text charset;    /* from the Content-Type header */
    struct text url;        /* where the page lies */
    struct text fetched_at; /* RFC 3339; a publication behind it is not believed */
};

struct page {
    struct text text; /* the article's paragraphs joined by a blank line: UTF-8, LF line ends */
    struct paragraphs paragraphs; /* spans of text */
    struct article article;       /* what the page states of it; words is 0 */
    struct text canonical_url;    /* bytes NULL if the page does not say */
    bool dates_disagree;          /* trusted sources name different days of publication */
    bool partial;                 /* a paywall keeps the rest of the article back */
};

/* Once, before several threads read pages: the HTML parser's first use is no matter for two. */
void page_prepare(void);

/*
 * All of *out lies in `a` or is a view of in->bytes. ERR_NO_ARTICLE where the page holds no running
 * text (why->detail tells the reason), ERR_TOO_COMPLEX, ERR_NO_MEMORY.
 */
enum err page_read(struct arena *a, const struct page_input *in, struct page *out,
                   struct problem *why);

#endif
