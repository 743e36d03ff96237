#include "tests/unit/check.h"

#include "base/percent.h"

static void test_decoded(void **state)
{
    static const struct {
        const char *raw;
        bool plus_is_space;
        const char *want; /* NULL: refused */
    } rows[] = {
        {"", false, ""},
        {"/v1/version", false, "/v1/version"},
        {"a%20b+c", true, "a b c"},
        {"a+b", false, "a+b"},
        {"%e2%82%AC", false, "\xe2\x82\xac"},
        {"%e2%82", false, NULL}, /* half a character */
        {"%zz", false, NULL},
        {"%4", false, NULL},
        {"a%00b", false, NULL},
        {"%C0%AF", false, NULL}, /* an overlong "/" */
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena *a = arena_new(4096);
        struct text got = {"untouched", 9};
        bool fine = percent_decode(a, text_of(rows[i].raw), rows[i].plus_is_space, &got) == ERR_OK;
        assert_int_equal(fine, rows[i].want != NULL);
        check_text(got, rows[i].want ? rows[i].want : "untouched");
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decoded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
