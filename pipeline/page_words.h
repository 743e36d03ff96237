/*
 * Lines of a page as words, to look phrases up in: short lines are read before anything knows of
 * sentences and tokens.
 */
#ifndef ONRECORD_PIPELINE_PAGE_WORDS_H
#define ONRECORD_PIPELINE_PAGE_WORDS_H

#include "pipeline/wordlist.h"

enum { PAGE_WORDS_BYTES = 240, PAGE_WORDS_MAX = 48 };

/* "Read more: Ann's story" is "read more ann's story". Digits and "©" are words, marks are not. */
struct page_words {
    char bytes[PAGE_WORDS_BYTES];
    uint16_t start[PAGE_WORDS_MAX + 1]; /* of each word; start[count] - 1 ends the last one */
    uint32_t count;
};

/* The first words of `t` that fit. */
struct page_words page_words_of(struct text t);

/* The row of the longest phrase that stands at word `at`, or NULL; *count is its words. */
const struct wordlist_row *page_words_find(const struct page_words *w, uint32_t at,
                                           const struct wordlist *list, uint32_t *count);

/* The row of the phrase that stands last, or NULL. */
const struct wordlist_row *page_words_last(const struct page_words *w, const struct wordlist *list);

/* True if any phrase of the list stands in it. */
bool page_words_any(const struct page_words *w, const struct wordlist *list);

#endif
