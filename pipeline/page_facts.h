/*
 * What a page says about its article, from several sources that may disagree, and which of them to
 * believe.
 */
#ifndef ONRECORD_PIPELINE_PAGE_FACTS_H
#define ONRECORD_PIPELINE_PAGE_FACTS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/span.h"
#include "models/names.h"
#include "pipeline/page_date.h"

/* clang-format off */
#define PAGE_FACTS(X)                                                                             \
    X(FACT_TITLE, "title") X(FACT_WINDOW_TITLE, "window-title") X(FACT_AUTHOR, "author") X(FACT_SITE, "site")                          \
    X(FACT_SECTION, "section") X(FACT_LANGUAGE, "language") X(FACT_CANONICAL, "canonical")        \
    X(FACT_PUBLISHED, "published") X(FACT_MODIFIED, "modified") X(FACT_ACCESS, "access")
/* clang-format on */
enum page_fact_kind { PAGE_FACTS(NAMED_ENUM) PAGE_FACT_COUNT };

enum {
    PAGE_FACTS_MAX = 256,
    PAGE_FACT_BYTES_MAX = 1024,
    PAGE_WEIGHT_HEADING = 40, /* of a title that is only a heading of the page */
};

struct page_fact {
    enum page_fact_kind kind;
    unsigned weight;       /* 1 to 99 */
    struct text value;     /* squeezed; never empty */
    struct page_date date; /* of published and modified */
};

struct page_facts {
    struct arena *arena;
    struct page_fact *at; /* in the order in which they were found */
    uint32_t count;
    bool day_first;       /* how "04/06/2021" is read */
    struct day not_after; /* a publication cannot lie behind it; may be unknown */
    bool failed;          /* memory ran out */
};

/* ERR_NO_MEMORY. */
enum err page_facts_new(struct arena *a, struct page_facts *out);

/* True if `name` ("published") names a kind. */
bool page_fact_named(const char *name, enum page_fact_kind *out);

/*
 * Adds one. What cannot be such a fact (empty, too long, a date that is none or lies behind
 * not_after, a relative URL) is dropped, and so is what comes behind PAGE_FACTS_MAX.
 */
void page_facts_add(struct page_facts *f, enum page_fact_kind kind, struct text value,
                    unsigned weight);

/* The most trusted one; of equal ones the first; NULL if there is none. */
const struct page_fact *page_facts_best(const struct page_facts *f, enum page_fact_kind kind);

/*
 * The same for the day of publication, but sources that name the same day lend each other weight,
 * and where the instant is in UTC, a URL or line that names the day next to it is preferred: the
 * day at the desk ("/2021/04/06/" and "2021-04-07T03:28:00Z").
 */
const struct page_fact *page_facts_published(const struct page_facts *f);

#endif
