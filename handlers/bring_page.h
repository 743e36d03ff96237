/*
 * A URL's page as the pipeline wants it, for whoever serves a request.
 */
#ifndef ONRECORD_HANDLERS_BRING_PAGE_H
#define ONRECORD_HANDLERS_BRING_PAGE_H

#include "fetcher/fetch.h"
#include "models/problem.h"
#include "pipeline/run.h"

/* Blocks. All of `out` lies in `a`. `why` tells what the fetcher says, with the upstream's status.
 */
enum err bring_page(struct fetcher *f, struct arena *a, struct text url, struct page_source *out,
                    struct problem *why);

/*
 * What a page that came in a JSON string has beside its bytes: it is UTF-8, whatever it says of
 * itself.
 */
struct page_source page_in_json(void);

#endif
