#include "tests/unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/lines.h"

static void check_line(FILE *from, struct line_buffer *line, const char *want)
{
    assert_int_equal(lines_next(from, 8, line), LINE_READ);
    assert_int_equal(line->len, strlen(want));
    if (line->len)
        assert_memory_equal(line->bytes, want, line->len);
}

static void test_lines(void **state)
{
    char in[] = "one\ntwo\r\n\n12345678\n123456789\nlast";
    FILE *from = fmemopen(in, sizeof(in) - 1, "r");
    struct line_buffer line = {NULL, 0, 0};
    (void)state;

    check_line(from, &line, "one");
    check_line(from, &line, "two");
    check_line(from, &line, "");
    check_line(from, &line, "12345678");
    assert_int_equal(lines_next(from, 8, &line), LINE_TOO_LONG);
    check_line(from, &line, "last"); /* what was too long is skipped to its end */
    assert_int_equal(lines_next(from, 8, &line), LINE_END);
    free(line.bytes);
    fclose(from);
}

static void test_rest(void **state)
{
    char in[] = "one\ntwo\n";
    struct line_buffer all = {NULL, 0, 0};
    FILE *from = fmemopen(in, sizeof(in) - 1, "r");
    (void)state;

    assert_int_equal(lines_rest(from, 8, &all), LINE_READ);
    assert_int_equal(all.len, 8);
    rewind(from);
    assert_int_equal(lines_rest(from, 7, &all), LINE_TOO_LONG);
    free(all.bytes);
    fclose(from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
