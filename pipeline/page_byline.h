/*
 * People in a byline: "By Ann Holm and Raj Patel, Science Correspondents | Example News" names two.
 */
#ifndef ONRECORD_PIPELINE_PAGE_BYLINE_H
#define ONRECORD_PIPELINE_PAGE_BYLINE_H

#include "base/arena.h"
#include "base/span.h"

enum { PAGE_PEOPLE_MAX = 12 };

struct page_people {
    struct text at[PAGE_PEOPLE_MAX]; /* views into the lines that were read */
    uint32_t count;
};

/*
 * Adds the people that `line` names. Organisations, "Staff", addresses, job titles and names that
 * are already there are left out; of a line that is no byline nothing is taken.
 */
void page_people_add(struct page_people *people, struct text line);

/* True if the line begins as a byline does: "By …", "Written by …". */
bool page_is_byline(struct text line);

#endif
