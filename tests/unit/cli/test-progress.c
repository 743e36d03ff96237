#include "cli/progress.h"
#include "tests/unit/check.h"

static void a_line_tells_share_rate_and_time_left(void **state)
{
    static const struct {
        unsigned long done, refused;
        int64_t micros;
        double share;
        const char *line;
    } rows[] = {
        {0, 0, 0, 0, "[                    ]   0 %  0 lines, 0 refused, 0/s, 0:00"},
        {310, 4, 5000000, 0.25,
         "[#####               ]  25 %  310 lines, 4 refused, 62/s, 0:15 left"},
        {9, 0, 3600000000, 0.5,
         "[##########          ]  50 %  9 lines, 0 refused, 0/s, 1:00:00 left"},
        {1000, 1, 61000000, 1, "1000 lines, 1 refused, 16/s, 1:01"},
        {1000, 1, 1000000, -1, "1000 lines, 1 refused, 1000/s, 0:01"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char line[160];
        progress_line(line, sizeof(line), rows[i].done, rows[i].refused, rows[i].micros,
                      rows[i].share);
        assert_string_equal(line, rows[i].line);
    }
}

static void a_line_ends_where_the_room_does(void **state)
{
    char line[8];
    (void)state;
    progress_line(line, sizeof(line), 123, 0, 1000000, 0.5);
    assert_int_equal(strlen(line), 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_tells_share_rate_and_time_left),
        cmocka_unit_test(a_line_ends_where_the_room_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
