#include "tests/unit/check.h"

#include <stdio.h>

#include "pipeline/dates_moon.h"
#include "pipeline/dates_movable.h"

static void check_day(struct day got, int year, int month, int day)
{
    char text[11], want[16];
    assert_true(day_known(got));
    day_format(got, text);
    (void)snprintf(want, sizeof(want), "%04d-%02d-%02d", year, month, day);
    assert_string_equal(text, want);
}

static void counts_weekdays_from_both_ends_of_a_month(void **state)
{
    (void)state;
    check_day(movable_weekday(2021, 11, 4, 4), 2021, 11, 25);
    check_day(movable_weekday(2021, 5, 1, -1), 2021, 5, 31);
    check_day(movable_weekday(2020, 2, 6, 5), 2020, 2, 29);
    assert_false(day_known(movable_weekday(2021, 2, 1, 5)));
    assert_false(day_known(movable_weekday(2021, 2, 1, -5)));
}

static void knows_easter_east_and_west(void **state)
{
    (void)state;
    check_day(movable_easter(1818), 1818, 3, 22);
    check_day(movable_easter(1943), 1943, 4, 25);
    check_day(movable_easter(2000), 2000, 4, 23);
    check_day(movable_easter(2024), 2024, 3, 31);
    check_day(movable_orthodox_easter(2013), 2013, 5, 5);
    check_day(movable_orthodox_easter(2024), 2024, 5, 5);
    check_day(movable_orthodox_easter(2025), 2025, 4, 20);
}

static void begins_chinese_years_at_a_new_moon(void **state)
{
    (void)state;
    check_day(movable_chinese_new_year(1985), 1985, 2, 20);
    check_day(movable_chinese_new_year(2034), 2034, 2, 19);
    check_day(movable_chinese_new_year(2015), 2015, 2, 19);
    check_day(movable_chinese_new_year(2020), 2020, 1, 25);
    check_day(movable_chinese_new_year(2021), 2021, 2, 12);
    check_day(movable_chinese_new_year(2023), 2023, 1, 22);
}

static void follows_the_moon_of_mecca(void **state)
{
    (void)state;
    check_day(movable_hijri(2021, 9, 1), 2021, 4, 13);
    check_day(movable_hijri(2021, 10, 1), 2021, 5, 13);
    check_day(movable_hijri(2023, 12, 10), 2023, 6, 28);
}

static void finds_tithis_of_indian_months(void **state)
{
    (void)state;
    check_day(movable_hindu(2020, 7, 30, 18), 2020, 11, 14); /* Diwali, after an extra month */
    check_day(movable_hindu(2021, 7, 30, 18), 2021, 11, 4);
    check_day(movable_hindu(2022, 5, 15, 6), 2022, 8, 12);   /* Raksha Bandhan */
    check_day(movable_hindu(2024, 12, 15, 18), 2024, 3, 24); /* the eve of Holi */
}

/* Any new moon is a lunation after the one before, and the moon then stands with the sun. */
static void new_moons_are_a_month_apart(void **state)
{
    (void)state;
    double moon = moon_next_new(moon_moment((struct day){1950, 1, 1}));
    for (int i = 0; i < 2500; i++) {
        double next = moon_next_new(moon + 20);
        double off = moon_elongation(next);
        assert_true(next - moon > 29.2 && next - moon < 29.9);
        assert_true(off < 0.01 || off > 359.99);
        moon = next;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_weekdays_from_both_ends_of_a_month),
        cmocka_unit_test(knows_easter_east_and_west),
        cmocka_unit_test(begins_chinese_years_at_a_new_moon),
        cmocka_unit_test(follows_the_moon_of_mecca),
        cmocka_unit_test(finds_tithis_of_indian_months),
        cmocka_unit_test(new_moons_are_a_month_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
