/*
 * What is known of the article besides its text, from the request and from the page's metadata.
 * Absent knowledge has bytes NULL, count 0 or an unknown day.
 */
#ifndef ONRECORD_MODELS_ARTICLE_H
#define ONRECORD_MODELS_ARTICLE_H

#include "base/span.h"
#include "models/day.h"

struct source {
    struct text url;           /* as asked for, or the request's source_url */
    struct text final_url;     /* after redirects */
    struct text canonical_url; /* what the page calls itself */
    struct text fetched_at;    /* RFC 3339, UTC */
    unsigned http_status;      /* 0: nothing was fetched */
};

struct article {
    struct text title;
    struct text *byline; /* people */
    uint32_t byline_count;
    struct text published; /* "2021-04-07" or RFC 3339 */
    struct day published_day;
    struct text modified;
    struct text site;
    struct text section;
    struct text language; /* BCP 47; "en" */
    struct text dateline_place;
    struct day dateline_day;
    uint32_t words;
};

#endif
