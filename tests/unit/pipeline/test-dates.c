#include "tests/unit/pipeline/dates_case.h"

#define DAY "2021-04-07" /* a Wednesday */

static void reads_named_months_in_every_order(void **state)
{
    (void)state;
    static const struct date_case cases[] = {
        {DAY, "They met on April 7, 2019 in Oslo.", "April 7, 2019 = 2019-04-07"},
        {DAY, "They met on 7 April 2019.", "7 April 2019 = 2019-04-07"},
        {DAY, "They met on the 7th of April, 2019.", "the 7th of April, 2019 = 2019-04-07"},
        {DAY, "Opened Friday, March 5, 2021.", "Friday, March 5, 2021 = 2021-03-05"},
        {DAY, "A deal was signed in February 2020.", "February 2020 = 2020-02"},
        {DAY, "A May 1 deadline nears.", "May 1 = 2021-05-01"},
        {DAY, "The May withdrawal will be late.", "May = 2021-05"},
        {DAY, "It opened on Sept. 3.", "Sept. 3 = 2020-09-03"},
        {NULL, "It opened on April 7.", "April 7 = XXXX-04-07"},
        {DAY, "You may go, and they march on.", ""},
        {DAY, "Theresa May spoke.", ""},
        {DAY, "On February 30 nothing happened.", ""},
    };
    CHECK_DATE_CASES(cases);
}

static void reads_figures(void **state)
{
    (void)state;
    static const struct date_case cases[] = {
        {DAY, "Signed 2020-12-31.", "2020-12-31 = 2020-12-31"},
        {DAY, "Signed on 12/31/2020.", "12/31/2020 = 2020-12-31"},
        {DAY, "Signed on 31/12/2020.", "31/12/2020 = 2020-12-31"},
        {DAY, "Signed on 31-Oct-74.", "31-Oct-74 = 1974-10-31"},
        {DAY, "Call 133-03-03-2020 now or 24/7.", "now = PRESENT_REF"},
        {DAY, "They won 4-3 and lost 10/12.", ""},
    };
    CHECK_DATE_CASES(cases);
}

static void counts_from_the_day_of_the_report(void **state)
{
    (void)state;
    static const struct date_case cases[] = {
        {DAY, "He arrived yesterday.", "yesterday = 2021-04-06"},
        {DAY, "He spoke on Monday.", "Monday = 2021-04-05"},
        {DAY, "He will speak on Monday.", "Monday = 2021-04-12"},
        {DAY, "He left two weeks ago.", "two weeks ago = 2021-W12"},
        {DAY, "He left three years ago.", "three years ago = 2018"},
        {DAY, "Prices rose last month.", "last month = 2021-03"},
        {DAY, "Later this month they will meet.", "Later this month = 2021-04"},
        {DAY, "It will end in 10 days.", "10 days = 2021-04-17"},
        {DAY, "They met two days before Christmas.", "two days before Christmas = 2020-12-23"},
        {DAY, "On May 3, 2020 he fell ill. Three days later he died.",
         "May 3, 2020 = 2020-05-03; Three days later = 2020-05-06"},
        {DAY, "On May 3, 2020 he fell ill and that same day he died.",
         "May 3, 2020 = 2020-05-03; that same day = 2020-05-03"},
        {NULL, "He arrived yesterday.", "yesterday = XXXX-XX-XX"},
    };
    CHECK_DATE_CASES(cases);
}

static void reads_parts_of_years(void **state)
{
    (void)state;
    static const struct date_case cases[] = {
        {DAY, "Born in 1999.", "1999 = 1999"},
        {DAY, "Some 2,000 troops and 1500 soldiers came.", ""},
        {DAY, "It was built in the 1990s.", "the 1990s = 199"},
        {DAY, "It was built in the 20th century.", "the 20th century = 19"},
        {DAY, "Sales fell in the third quarter of 2018.", "the third quarter of 2018 = 2018-Q3"},
        {DAY, "They fought in the summer of 1944.", "the summer of 1944 = 1944-SU"},
        {DAY, "It ended in mid-2011.", "mid-2011 = 2011"},
        {DAY, "By the end of 2022 it will open.", "the end of 2022 = 2022"},
        {DAY, "The first Monday in May 2014 was free.",
         "The first Monday in May 2014 = 2014-05-05"},
        {DAY, "Spring water springs in a fall.", ""},
    };
    CHECK_DATE_CASES(cases);
}

static void reads_lengths_and_sets(void **state)
{
    (void)state;
    static const struct date_case cases[] = {
        {DAY, "A two-day visit.", "two-day = P2D"},
        {DAY, "The first in nearly a decade.", "nearly a decade = P1DE"},
        {DAY, "A war of two and a half years.", "two and a half years = P2.5Y"},
        {DAY, "They meet every Tuesday.", "every Tuesday = XXXX-WXX-2"},
        {DAY, "They meet twice a year.", "twice a year = P1Y"},
        {DAY, "A 45-year-old man and a second term.", ""},
        {DAY, "It warmed only recently.", "recently = PAST_REF"},
    };
    CHECK_DATE_CASES(cases);
}

static void reads_ranges(void **state)
{
    (void)state;
    static const struct date_case cases[] = {
        {DAY, "The talks of April 6-8 failed.", "April 6-8 = 2021-04-06/2021-04-08"},
        {DAY, "The war of 1939-45.", "1939-45 = 1939/1945"},
    };
    CHECK_DATE_CASES(cases);
}

static void tells_of_missing_memory(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20), *small = arena_new(64);
    struct document doc = case_document(a, "They met on April 7, 2019 in Oslo.", DAY);
    struct dates dates = {.count = 7};
    assert_int_equal(dates_find(small, &doc, &dates), ERR_NO_MEMORY);
    assert_int_equal(dates.count, 7);
    arena_free(small);
    arena_free(a);
}

/* Any budget gives all or nothing. */
static void survives_every_budget(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct document doc = case_document(
        a, "On Wednesday, April 8, 2021, he spoke; two days later, at Easter 2018, he left.", DAY);
    for (size_t budget = 0; budget < 40000; budget += 61) {
        struct arena *small = arena_new(budget);
        struct dates dates = {.count = 7};
        enum err e = small ? dates_find(small, &doc, &dates) : ERR_NO_MEMORY;
        assert_true(e == ERR_OK || (e == ERR_NO_MEMORY && dates.count == 7));
        arena_free(small);
    }
    arena_free(a);
}

static void tells_of_weekdays_and_days_that_are_not(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct document doc = case_document(
        a, "On Wednesday, April 8, 2021, and Thursday, April 8, 2021, and February 30, 2021.", DAY);
    struct dates dates;
    struct text first, second;
    assert_int_equal(dates_find(a, &doc, &dates), ERR_OK);
    assert_int_equal(dates.count, 2);
    assert_int_equal(dates.odd_count, 2);
    assert_int_equal(dates_odd_text(a, &doc, &dates.odd[0], &first), ERR_OK);
    check_text(first, "\"Wednesday, April 8, 2021\" is a Thursday.");
    assert_int_equal(dates_odd_text(a, &doc, &dates.odd[1], &second), ERR_OK);
    check_text(second, "\"February 30, 2021\" is no day of the calendar.");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_named_months_in_every_order),
        cmocka_unit_test(reads_figures),
        cmocka_unit_test(counts_from_the_day_of_the_report),
        cmocka_unit_test(reads_parts_of_years),
        cmocka_unit_test(reads_lengths_and_sets),
        cmocka_unit_test(reads_ranges),
        cmocka_unit_test(tells_of_missing_memory),
        cmocka_unit_test(survives_every_budget),
        cmocka_unit_test(tells_of_weekdays_and_days_that_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
