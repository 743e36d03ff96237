/*
 * Any bytes under any label: the first line is the label, the rest the page. What comes out is
 * UTF-8, at most three bytes for each of the input, and decoding it again changes nothing.
 */
#include "tests/fuzz/fuzz.h"

#include "base/utf8.h"
#include "pipeline/page_charset.h"

static struct text cut_line(struct text *rest)
{
    const char *end = rest->len ? memchr(rest->bytes, '\n', rest->len) : NULL;
    uint32_t len = end ? (uint32_t)(end - rest->bytes) : 0;
    struct text line = {rest->bytes, len};
    uint32_t skip = end ? len + 1 : 0;
    *rest = (struct text){rest->bytes + skip, rest->len - skip};
    return line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(64 << 20);
    struct text page = {(const char *)data, (uint32_t)size}, out, again;
    struct text label = cut_line(&page);
    const char *name;
    uint32_t bad;
    MUST(a);

    MUST(page_charset_decode(a, page, label, &out, &name) == ERR_OK);
    MUST(name && utf8_check(out, &bad));
    MUST(out.len <= 3 * (page.len + 1));
    if (!text_starts(out, "\xef\xbb\xbf")) { /* a second mark would be taken off */
        MUST(page_charset_decode(a, out, text_of("utf-8"), &again, &name) == ERR_OK);
        MUST(text_equal(out, again));
    }
    arena_free(a);
    return 0;
}
