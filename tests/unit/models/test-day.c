#include "models/day.h"

#include "tests/unit/check.h"

static void check_day(struct day got, int year, int month, int day)
{
    assert_int_equal(got.year, year);
    assert_int_equal(got.month, month);
    assert_int_equal(got.day, day);
}

static void knows_which_days_exist(void **state)
{
    (void)state;
    assert_true(day_exists(2020, 2, 29));
    assert_true(day_exists(2000, 2, 29));
    assert_false(day_exists(2021, 2, 29));
    assert_false(day_exists(1900, 2, 29));
    assert_false(day_exists(2021, 4, 31));
    assert_false(day_exists(2021, 13, 1));
    assert_false(day_exists(2021, 0, 1));
    assert_false(day_exists(0, 1, 1));
    assert_false(day_exists(10000, 1, 1));
}

static void counts_days_both_ways(void **state)
{
    (void)state;
    assert_int_equal(day_serial((struct day){1970, 1, 1}), 0);
    assert_int_equal(day_serial((struct day){2000, 3, 1}), 11017);
    assert_int_equal(day_serial((struct day){1, 1, 1}), -719162);
    assert_int_equal(day_serial((struct day){9999, 12, 31}), 2932896);
    assert_false(day_known(day_from_serial(-719163)));
    assert_false(day_known(day_from_serial(2932897)));

    struct day last = day_from_serial(-719162);
    for (int32_t n = -719161; n <= 2932896; n++) {
        struct day d = day_from_serial(n);
        bool next = d.day == 1 || (d.month == last.month && d.day == last.day + 1);
        if (day_serial(d) != n || !next || !day_exists(d.year, d.month, d.day))
            fail_msg("serial day %d", (int)n);
        last = d;
    }
}

static void knows_weekdays_and_weeks(void **state)
{
    (void)state;
    static const struct {
        struct day d;
        int weekday, year, week;
    } cases[] = {
        {{2021, 4, 7}, 3, 2021, 14}, {{1970, 1, 1}, 4, 1970, 1},   {{2021, 1, 3}, 7, 2020, 53},
        {{2021, 1, 4}, 1, 2021, 1},  {{2018, 12, 31}, 1, 2019, 1}, {{2020, 12, 31}, 4, 2020, 53},
        {{2005, 1, 1}, 6, 2004, 53}, {{2008, 12, 29}, 1, 2009, 1}, {{1, 1, 1}, 1, 1, 1},
        {{2012, 1, 1}, 7, 2011, 52}, {{2024, 12, 30}, 1, 2025, 1},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        int year, week;
        day_iso_week(cases[i].d, &year, &week);
        assert_int_equal(day_weekday(cases[i].d), cases[i].weekday);
        assert_int_equal(year, cases[i].year);
        assert_int_equal(week, cases[i].week);
    }
}

static void adds_days_and_months(void **state)
{
    (void)state;
    check_day(day_add_days((struct day){2021, 12, 31}, 1), 2022, 1, 1);
    check_day(day_add_days((struct day){2021, 3, 1}, -1), 2021, 2, 28);
    check_day(day_add_months((struct day){2021, 1, 31}, 1), 2021, 2, 28);
    check_day(day_add_months((struct day){2020, 2, 29}, 12), 2021, 2, 28);
    check_day(day_add_months((struct day){2021, 1, 15}, -1), 2020, 12, 15);
    check_day(day_add_months((struct day){2021, 12, 1}, 1), 2022, 1, 1);

    assert_false(day_known(day_add_days((struct day){9999, 12, 31}, 1)));
    assert_false(day_known(day_add_days((struct day){2021, 4, 7}, INT32_MAX)));
    assert_false(day_known(day_add_days((struct day){0}, 1)));
    assert_false(day_known(day_add_months((struct day){1, 1, 1}, -1)));
    assert_false(day_known(day_add_months((struct day){2021, 1, 1}, INT32_MAX)));
    assert_false(day_known(day_add_months((struct day){0}, 24)));
}

static void reads_dates_and_rfc_3339_times(void **state)
{
    (void)state;
    static const char *const good[] = {
        "2021-04-07",
        "2021-04-07T09:30:00Z",
        "2021-04-07t23:59:60z",
        "2021-04-07T09:30:00.123456+05:30",
        "2021-04-07 09:30:00-00:00",
    };
    static const char *const bad[] = {
        "",
        "2021",
        "2021-4-7",
        "07-04-2021",
        "2021-02-29",
        "2021-04-07T",
        "2021-04-07T09:30Z",
        "2021-04-07T09:30:00",
        "2021-04-07T24:00:00Z",
        "2021-04-07T09:61:00Z",
        "2021-04-07T09:30:00.Z",
        "2021-04-07T09:30:00+0530",
        "2021-04-07T09:30:00+24:00",
        "2021-04-07Z",
        "2021-04-07 ",
        " 2021-04-07",
        "0000-01-01",
        "2021-o4-07",
    };
    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
        struct day d = {0};
        assert_true(day_parse(text_of(good[i]), &d));
        check_day(d, 2021, 4, 7);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        struct day d = {1999, 9, 9};
        if (day_parse(text_of(bad[i]), &d))
            fail_msg("\"%s\" was read", bad[i]);
        check_day(d, 1999, 9, 9);
    }
}

static void writes_dates(void **state)
{
    (void)state;
    char out[11];
    day_format((struct day){2021, 4, 7}, out);
    assert_string_equal(out, "2021-04-07");
    day_format((struct day){33, 12, 25}, out);
    assert_string_equal(out, "0033-12-25");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_which_days_exist),         cmocka_unit_test(counts_days_both_ways),
        cmocka_unit_test(knows_weekdays_and_weeks),       cmocka_unit_test(adds_days_and_months),
        cmocka_unit_test(reads_dates_and_rfc_3339_times), cmocka_unit_test(writes_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
