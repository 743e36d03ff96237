#include "tests/unit/check.h"

#include "server/endpoint.h"

static void test_read_and_printed(void **state)
{
    static const char *const rows[][2] = {
        {"127.0.0.1:8080", "127.0.0.1:8080"},
        {"[::1]:80", "[::1]:80"},
        {":8080", "0.0.0.0:8080"},
        {"*:0", "0.0.0.0:0"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct endpoint e;
        char text[ENDPOINT_TEXT_MAX];
        assert_true(endpoint_parse(rows[i][0], &e));
        endpoint_print(&e, text);
        assert_string_equal(text, rows[i][1]);
    }
}

static void test_refused(void **state)
{
    static const char *const rows[] = {
        "",           "8080",          "localhost:80", "127.0.0.1:", "::1:80",       "1.2.3.4:x",
        "1.2.3.4:-1", "1.2.3.4:65536", "[::1:80",      "1.2.3:80",   "1.2.3.4:8080 "};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct endpoint e = {.len = 7};
        assert_false(endpoint_parse(rows[i], &e));
        assert_int_equal(e.len, 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read_and_printed),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
