#include "tests/unit/check.h"

#include "handlers/accept.h"

static const char *const offered[] = {"application/json", "text/calendar", "text/markdown"};

static void test_types(void **state)
{
    static const struct {
        const char *accept;
        int want;
    } rows[] = {
        {"", 0},
        {"*/*", 0},
        {"application/json", 0},
        {"application/*", 0},
        {"text/*", 1},
        {"TEXT/Markdown", 2},
        {"text/calendar;q=0.5, text/markdown", 2},
        {"text/html, application/xhtml+xml, */*;q=0.1", 0},
        {"application/json;q=0, */*", 1}, /* the more exact range decides */
        {"text/calendar;charset=utf-8;q=1", 1},
        {"application/json;q=0", -1},
        {"text/html", -1},
        {"application", -1},
        {"application/jsonx", -1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(accept_choose(text_of(rows[i].accept), offered, 3), rows[i].want);
    assert_int_equal(accept_choose((struct text){NULL, 0}, offered, 3), 0);
}

static void test_codings(void **state)
{
    static const struct {
        const char *accept;
        bool want;
    } rows[] = {
        {"gzip", true},         {"deflate, GZIP;q=0.3", true}, {"*", true},      {"", false},
        {"gzip;q=0, *", false}, {"br, deflate", false},        {"xgzip", false}, {"*;q=0", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(accept_coding(text_of(rows[i].accept), "gzip"), rows[i].want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_codings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
