#include "handlers/bring_page.h"

enum err bring_page(struct fetcher *f, struct arena *a, struct text url, struct page_source *out,
                    struct problem *why)
{
    struct fetched_page page;
    struct fetch_error failed;
    if (fetcher_get(f, a, url, &page, &failed) != ERR_OK) {
        if (failed.upstream_status)
            return problem_set(why, a, failed.code, "%s (status %u)", failed.detail,
                               failed.upstream_status);
        return problem_set(why, a, failed.code, "%s", failed.detail);
    }
    *out = (struct page_source){
        .bytes = page.body,
        .charset = page.charset,
        .final_url = page.final_url,
        .fetched_at = page.fetched_at,
        .http_status = page.status,
        .is_plain = text_same(page.content_type, "text/plain"),
    };
    return ERR_OK;
}

struct page_source page_in_json(void)
{
    return (struct page_source){.charset = text_of("utf-8")};
}
