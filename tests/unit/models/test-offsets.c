#include "models/offsets.h"

#include "base/strbuf.h"
#include "base/utf8.h"
#include "tests/unit/check.h"

/* One unit after the other, as the header promises it, at every code point's start. */
static void check_every_offset(struct arena *a, struct text t)
{
    for (unsigned unit = 0; unit < OFFSET_UNIT_COUNT; unit++) {
        struct offsets o;
        uint32_t units = 0, size;
        assert_int_equal(offsets_prepare(a, t, (enum offset_unit)unit, &o), ERR_OK);
        for (uint32_t at = 0; at < t.len; at += size) {
            if (offsets_of(&o, at) != units)
                fail_msg("unit %u, byte %u", unit, (unsigned)at);
            uint32_t c = utf8_at(t, at, &size);
            units += unit == OFFSETS_BYTE ? size : unit == OFFSETS_UTF16 && c > 0xFFFF ? 2 : 1;
        }
        assert_int_equal(offsets_of(&o, t.len), units);
    }
}

static void counts_every_unit(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "plain ASCII ",
        "caf\xC3\xA9 \xE2\x80\x9Cquoted\xE2\x80\x9D ",
        "\xF0\x9F\x98\x80\xF0\x9F\x87\xB5\xF0\x9F\x87\xB0",
        "e\xCC\x81 combining ",
        "\xF0\x9D\x92\x9C",
        "\n",
    };
    struct arena *a = arena_new(8 << 20);
    check_every_offset(a, text_of(""));
    for (unsigned mix = 1; mix < 64; mix++) {
        struct strbuf b = strbuf_in(a);
        struct text t;
        for (unsigned i = 0; i < 60; i++)
            if (mix >> (i * 7 % 6) & 1)
                strbuf_str(&b, pieces[i * 7 % 6]);
        assert_int_equal(strbuf_finish(&b, &t), ERR_OK);
        check_every_offset(a, t);
    }
    arena_free(a);
}

static void needs_no_marks_for_ascii(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct offsets o;
    assert_int_equal(offsets_prepare(a, text_of("plain"), OFFSETS_UTF16, &o), ERR_OK);
    assert_int_equal(offsets_of(&o, 5), 5);
    assert_int_equal(offsets_prepare(a, text_of("caf\xC3\xA9"), OFFSETS_BYTE, &o), ERR_OK);
    assert_int_equal(offsets_of(&o, 5), 5);
    assert_int_equal(offsets_prepare(a, text_of("caf\xC3\xA9"), OFFSETS_UTF16, &o), ERR_NO_MEMORY);
    assert_int_equal(o.unit, OFFSETS_BYTE);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_every_unit),
        cmocka_unit_test(needs_no_marks_for_ascii),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
