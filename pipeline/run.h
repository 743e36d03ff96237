/*
 * Text to summary: the stages in their order, each a pure function of what stands before it.
 *
 *   page → text → sentences → tokens → tags → tree → names → dates → actors → commitments → summary
 *
 * No HTTP, no clock, no mutable globals: the same request gives the same summary.
 */
#ifndef ONRECORD_PIPELINE_RUN_H
#define ONRECORD_PIPELINE_RUN_H

#include "base/arena.h"
#include "models/problem.h"
#include "models/request.h"
#include "models/summary.h"

/*
 * The page that a URL led to, as the fetcher brought it; for SOURCE_TEXT and SOURCE_HTML pass NULL.
 */
struct page_source {
    struct text bytes;
    struct text charset; /* from the Content-Type header; bytes NULL if not said */
    struct text final_url;
    struct text fetched_at;
    unsigned http_status;
    bool is_plain; /* text/plain: the article's text itself, without markup */
};

/* The stages, in the order in which they run. */
enum pipeline_stage {
    PIPELINE_PAGE,
    PIPELINE_TEXT,
    PIPELINE_SENTENCES,
    PIPELINE_TOKENS,
    PIPELINE_TAGS,
    PIPELINE_TREE,
    PIPELINE_NAMES,
    PIPELINE_DATES,
    PIPELINE_ACTORS,
    PIPELINE_COMMITMENTS,
    PIPELINE_KEY_SENTENCES,
    PIPELINE_STAGES,
};

/* The name of a stage, static: "sentences". */
const char *pipeline_stage_name(enum pipeline_stage stage);

/*
 * Told before each stage and, with PIPELINE_STAGES, at the end: who may read a clock measures the
 * stages here. If `go_on` returns false the run ends with ERR_DEADLINE.
 */
struct pipeline_watch {
    bool (*go_on)(void *of, enum pipeline_stage next);
    void *of;
};

/*
 * Reads `r` (and for SOURCE_URL the fetched `page`) and fills `out`, all of it in `a`. On failure
 * `out` is untouched and `why` is set: ERR_BAD_ENCODING, ERR_EMPTY_TEXT, ERR_NO_ARTICLE,
 * ERR_TOO_COMPLEX, ERR_DEADLINE, ERR_NO_MEMORY. `watch` may be NULL.
 */
enum err pipeline_run(struct arena *a, const struct request *r, const struct page_source *page,
                      const struct pipeline_watch *watch, struct summary *out, struct problem *why);

#endif
