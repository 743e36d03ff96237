#include "tests/unit/check.h"

#include "pipeline/page_date.h"

static void check_found(const char *line, bool day_first, const char *want)
{
    struct page_date d;
    bool found = page_date_find(text_of(line), 0, day_first, &d);

    if (found != (want != NULL))
        fail_msg("%s: %s", line, found ? d.text : "nothing found");
    if (found && want && strcmp(d.text, want) != 0)
        fail_msg("%s: %s, not %s", line, d.text, want);
}

static void finds_dates_for_machines(void **state)
{
    (void)state;
    check_found("2021-04-06", false, "2021-04-06");
    check_found("2021-04-06T15:14:00-04:00", false, "2021-04-06T15:14:00-04:00");
    check_found("2021-04-06T15:14:00.123Z", false, "2021-04-06T15:14:00Z");
    check_found("2021-04-06 15:14:00 +0530", false, "2021-04-06T15:14:00+05:30");
    check_found("2021-04-06T15:14", false, "2021-04-06"); /* no zone, no instant */
    check_found("20210406", false, "2021-04-06");
    check_found("Tue, 06 Apr 2021 19:14:00 GMT", false, "2021-04-06T19:14:00Z");
    check_found("Tue Apr 06 15:14:00 EDT 2021", false, "2021-04-06");
}

static void finds_dates_for_readers(void **state)
{
    (void)state;
    check_found("Updated 3:14 PM EDT, Tue April 6, 2021", false, "2021-04-06");
    check_found("Published on 6th of April 2021 by Ann Holm", false, "2021-04-06");
    check_found("Apr. 6th, 2021", false, "2021-04-06");
    check_found("6. April 2021, 15:14 Uhr", false, "2021-04-06");
    check_found("el 6 de abril de 2021", false, "2021-04-06");
    check_found("Le 1er février 2021", false, "2021-02-01");
    check_found("06-Apr-2021", false, "2021-04-06");
    check_found("2021年4月6日", false, "2021-04-06");
}

static void reads_figures_in_the_order_asked_for(void **state)
{
    (void)state;
    check_found("04/06/2021", false, "2021-04-06");
    check_found("04/06/2021", true, "2021-06-04");
    check_found("25/12/2021", false, "2021-12-25");
    check_found("12/25/2021", true, "2021-12-25");
    check_found("6.4.2021", false, "2021-04-06");
    check_found("4/6/21", false, "2021-04-06");
}

static void what_is_no_date(void **state)
{
    (void)state;
    check_found("", false, NULL);
    check_found("2021-02-30", false, NULL);
    check_found("Founded in 1851", false, NULL);
    check_found("April is 30 days long", false, NULL);
    check_found("May 5, 1776", false, NULL);
    check_found("version 2.10.2021.5.6", false, NULL);
    check_found("1,204/5,600", false, NULL);
}

static void finds_the_next_one(void **state)
{
    (void)state;
    struct text line = text_of("Published 5 May 2021, updated 7 May 2021");
    struct page_date d;
    assert_true(page_date_find(line, 0, false, &d));
    check_text(text_slice(line, d.span), "5 May 2021");
    assert_true(page_date_find(line, d.span.end, false, &d));
    check_text(text_slice(line, d.span), "7 May 2021");
    assert_false(page_date_find(line, d.span.end, false, &d));
}

static void reads_seconds_since_1970(void **state)
{
    (void)state;
    struct page_date d;
    assert_true(page_date_parse(text_of("1617736440"), false, &d));
    assert_string_equal(d.text, "2021-04-06T19:14:00Z");
    assert_true(page_date_parse(text_of("1617736440000"), false, &d));
    assert_string_equal(d.text, "2021-04-06T19:14:00Z");
    assert_false(page_date_parse(text_of("16177364401"), false, &d));
}

static void reads_urls(void **state)
{
    (void)state;
    struct page_date d;
    assert_true(page_date_in_url(text_of("https://example.org/2021/04/06/vote.html"), &d));
    assert_string_equal(d.text, "2021-04-06");
    assert_true(page_date_in_url(text_of("https://example.org/world/2021/apr/06/vote"), &d));
    assert_string_equal(d.text, "2021-04-06");
    assert_true(page_date_in_url(text_of("https://example.org/news-20210406-vote"), &d));
    assert_false(page_date_in_url(text_of("https://example.org/2021/04/vote"), &d));
    assert_false(page_date_in_url(text_of("https://example.org/a?from=2021/04/06"), &d));
    assert_false(page_date_in_url(text_of("https://2021-04-06.example.org/"), &d));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_dates_for_machines),
        cmocka_unit_test(finds_dates_for_readers),
        cmocka_unit_test(reads_figures_in_the_order_asked_for),
        cmocka_unit_test(what_is_no_date),
        cmocka_unit_test(finds_the_next_one),
        cmocka_unit_test(reads_seconds_since_1970),
        cmocka_unit_test(reads_urls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
