#include "tests/unit/check.h"

#include "base/strbuf.h"

static void joins_what_was_appended(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 16);
    struct strbuf b = strbuf_in(a);
    struct text got;

    strbuf_str(&b, "by ");
    strbuf_printf(&b, "%s %d", "May", 1);
    strbuf_char(&b, '!');
    for (int i = 0; i < 1000; i++)
        strbuf_char(&b, 'x');
    assert_int_equal(strbuf_finish(&b, &got), ERR_OK);
    assert_int_equal(got.len, 1009);
    assert_memory_equal(got.bytes, "by May 1!xxx", 12);
    assert_int_equal(got.bytes[got.len], '\0');
    arena_free(a);
}

static void tells_of_missing_memory_once_at_the_end(void **state)
{
    (void)state;
    struct arena *a = arena_new(300);
    struct strbuf b = strbuf_in(a);
    struct text got = {"untouched", 9};

    for (int i = 0; i < 1000; i++)
        strbuf_char(&b, 'x');
    assert_int_equal(strbuf_finish(&b, &got), ERR_NO_MEMORY);
    check_text(got, "untouched");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joins_what_was_appended),
        cmocka_unit_test(tells_of_missing_memory_once_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
