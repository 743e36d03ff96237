/*
 * The UTF-8 gate against a plain reading of RFC 3629, and the walkers over what it lets through.
 */
#include "tests/fuzz/fuzz.h"

#include "base/utf8.h"
#include "models/offsets.h"

/* Length of the sequence that starts at `at`, decoded by the book and put to every test; or 0. */
static uint32_t slow_sequence(struct text t, uint32_t at)
{
    unsigned char lead = (unsigned char)t.bytes[at];
    uint32_t size = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};

    if (size == 0 || lead >= 0xF8 || size > t.len - at)
        return 0;
    uint32_t c = size == 1 ? lead : lead & (0x7Fu >> size);
    for (uint32_t i = 1; i < size; i++) {
        unsigned char next = (unsigned char)t.bytes[at + i];
        if (next >> 6 != 2)
            return 0;
        c = c << 6 | (next & 0x3Fu);
    }
    bool surrogate = c >= 0xD800 && c <= 0xDFFF;
    return c < least[size] || c > 0x10FFFF || surrogate ? 0 : size;
}

static void walk(struct text t)
{
    struct arena *a = arena_new(64 << 20);
    struct offsets points, pairs;
    uint32_t size, seen = 0, units = 0;

    MUST(offsets_prepare(a, t, OFFSETS_CODEPOINT, &points) == ERR_OK);
    MUST(offsets_prepare(a, t, OFFSETS_UTF16, &pairs) == ERR_OK);
    for (uint32_t at = 0; at < t.len; at += size) {
        char written[4];
        uint32_t c = utf8_at(t, at, &size);
        MUST(utf8_put(c, written) == size && memcmp(written, t.bytes + at, size) == 0);
        MUST(utf8_before(t, at + size) == at);
        MUST(offsets_of(&points, at) == seen && offsets_of(&pairs, at) == units);
        MUST(utf8_lower(utf8_lower(c)) == utf8_lower(c));
        MUST(!(utf8_is_letter(c) && (utf8_is_space(c) || utf8_is_dash(c))));
        MUST(!utf8_is_upper(c) || utf8_is_letter(c));
        seen++;
        units += c > 0xFFFF ? 2 : 1;
    }
    arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text t = {(const char *)data, (uint32_t)size};
    uint32_t bad_at = 0, at = 0, step = 1;

    while (at < t.len && (step = slow_sequence(t, at)) > 0)
        at += step;
    bool well_formed = utf8_check(t, &bad_at);
    MUST(well_formed == (at >= t.len));
    if (well_formed)
        walk(t);
    else
        MUST(bad_at == at);
    return 0;
}
