/*
 * Dates as pages write them: in metadata ("2021-04-06T15:14:00-04:00", "Tue, 06 Apr 2021 19:14:00
 * GMT"), in lines for readers ("Updated 3:14 PM EDT, Tue April 6, 2021", "6. April 2021") and in
 * URLs ("/2021/04/06/").
 */
#ifndef ONRECORD_PIPELINE_PAGE_DATE_H
#define ONRECORD_PIPELINE_PAGE_DATE_H

#include "base/arena.h"
#include "base/span.h"
#include "models/day.h"

enum { PAGE_DATE_TEXT_MAX = 36 };

struct page_date {
    struct day day;                /* as written, in the page's own time zone */
    char text[PAGE_DATE_TEXT_MAX]; /* RFC 3339 if time and zone are written, else the day alone */
    struct span span;              /* where it stands in the text */
    bool ambiguous;                /* "04/06/2021": read by the order that was asked for */
};

/*
 * The first date in `t` at or behind `from`; false if there is none. Only the first 512 bytes from
 * there on are read. `day_first`: how "04/06/2021" is read. Years before 1990 or after 2099 are no
 * dates of publication.
 */
bool page_date_find(struct text t, uint32_t from, bool day_first, struct page_date *out);

/* A value of metadata: a date as above, or seconds or milliseconds since 1970. */
bool page_date_parse(struct text value, bool day_first, struct page_date *out);

/* The date in a URL's path: "/2021/04/06/", "/2021-04-06-", "/20210406", "/2021/apr/06/". */
bool page_date_in_url(struct text url, struct page_date *out);

#endif
