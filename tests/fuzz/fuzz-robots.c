/*
 * robots.txt, and the value of a Content-Type header: views stay inside the input. An empty line or
 * a comment at the end of a robots.txt changes no answer.
 */
#include "tests/fuzz/fuzz.h"

#include "base/strbuf.h"
#include "fetcher/media_type.h"
#include "fetcher/robots.h"

static bool inside(struct text part, struct text whole)
{
    return !part.bytes ||
           (part.bytes >= whole.bytes && part.bytes + part.len <= whole.bytes + whole.len);
}

static void check_media_type(struct text value)
{
    struct media_type m = media_type_read(value);
    MUST(inside(m.essence, value) && inside(m.charset, value));
    MUST(!memchr(m.essence.len ? m.essence.bytes : " ", ';', m.essence.len) ||
         memchr(value.bytes, '"', value.len));
}

static void check_robots(struct arena *a, struct text robots, struct text path)
{
    struct strbuf longer = strbuf_in(a);
    struct text whole;
    bool allowed = robots_allow(robots, "onrecord", path);

    strbuf_text(&longer, robots);
    strbuf_str(&longer, "\n# the end\n\n");
    MUST(strbuf_finish(&longer, &whole) == ERR_OK);
    MUST(robots_allow(whole, "onrecord", path) == allowed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(1 << 20);
    struct text input = {(const char *)data, (uint32_t)size};
    const char *end = size ? memchr(input.bytes, '\n', size) : NULL;
    uint32_t len = end ? (uint32_t)(end - input.bytes) : 0;
    struct text first = {input.bytes, len}, rest = {input.bytes + len, input.len - len};
    MUST(a);

    if (size)
        check_media_type(input);
    check_robots(a, rest, first);
    arena_free(a);
    return 0;
}
