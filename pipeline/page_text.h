/*
 * Text as a reader of the page sees it: runs of white space are one space, what has no width is
 * gone. Shared by everything that takes text out of a page.
 */
#ifndef ONRECORD_PIPELINE_PAGE_TEXT_H
#define ONRECORD_PIPELINE_PAGE_TEXT_H

#include "base/strbuf.h"

struct squeezer {
    struct strbuf *to;
    uint32_t start; /* where in `to` the text begins */
    char space;     /* what must come before the next character: ' ', '\n' or 0 */
};

/* A text that begins at the present end of `to`. */
struct squeezer squeezer_to(struct strbuf *to);

/* Appends `t` (well-formed UTF-8). */
void squeezer_add(struct squeezer *s, struct text t);

/* Parts what was added from what will be: by a line end if `line`, else by a space. */
void squeezer_part(struct squeezer *s, bool line);

/* `t` squeezed, in `a`. */
enum err text_squeezed(struct arena *a, struct text t, struct text *out);

/* Without white space (ASCII) at both ends. */
struct text text_trimmed(struct text t);

/* ASCII case does not count. */
bool text_equal_but_case(struct text a, struct text b);
bool text_begins(struct text t, const char *prefix);

/* The first place of `part` in `t`, ASCII case not counting, or t.len. */
uint32_t text_find(struct text t, const char *part);

#endif
