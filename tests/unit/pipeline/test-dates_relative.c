/*
 * Relative forms from every day of three years, against a calendar that knows nothing of ours: a
 * table of days, counted one by one from a Tuesday.
 */
#include "tests/unit/pipeline/dates_case.h"

enum { YEAR_FIRST = 2019, YEARS = 4, DAYS_MAX = 366 * YEARS, MARGIN = 366 };

struct oracle_day {
    int year, month, day, weekday;
};

static struct oracle_day calendar[DAYS_MAX];
static int calendar_days;

static int oracle_length(int year, int month)
{
    if (month == 2)
        return year == 2020 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* 2019-01-01 was a Tuesday. */
static int fill_calendar(void **state)
{
    (void)state;
    int weekday = 2;
    for (int year = YEAR_FIRST; year < YEAR_FIRST + YEARS; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= oracle_length(year, month); day++) {
                calendar[calendar_days++] = (struct oracle_day){year, month, day, weekday};
                weekday = weekday % 7 + 1;
            }
    return 0;
}

static void write_day(int i, char out[16])
{
    (void)snprintf(out, 16, "%04d-%02d-%02d", calendar[i].year, calendar[i].month, calendar[i].day);
}

/* The one date that `text` holds, published on day `i` of the table. */
static struct date read_one(struct arena *a, int i, const char *text)
{
    char published[16];
    struct dates dates;
    write_day(i, published);
    struct document doc = case_document(a, text, published);
    assert_int_equal(dates_find(a, &doc, &dates), ERR_OK);
    assert_int_equal(dates.count, 1);
    return dates.at[0];
}

static void check_timex(int i, const char *text, const char *want)
{
    struct arena *a = arena_new(1 << 16);
    struct date d = read_one(a, i, text);
    if (!text_is(d.timex, want))
        fprintf(stderr, "day %d, \"%s\"\n", i, text);
    check_text(d.timex, want);
    check_text(d.edtf, want);
    assert_true(day_serial(d.earliest) <= day_serial(d.latest));
    arena_free(a);
}

static void counts_days(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int days;
    } forms[] = {
        {"He came today.", 0},
        {"He came yesterday.", -1},
        {"He will come tomorrow.", 1},
        {"He came the day before yesterday.", -2},
        {"He will come the day after tomorrow.", 2},
        {"He came 45 days ago.", -45},
        {"He will come in ten days.", 10},
        {"He came two days before yesterday.", -3},
    };
    char want[16];
    for (int i = MARGIN; i < calendar_days - MARGIN; i++)
        for (size_t f = 0; f < sizeof(forms) / sizeof(*forms); f++) {
            write_day(i + forms[f].days, want);
            check_timex(i, forms[f].text, want);
        }
}

static void finds_the_weekday_that_the_verb_means(void **state)
{
    (void)state;
    static const char *const names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};
    char text[64], want[16];
    for (int i = MARGIN; i < calendar_days - MARGIN; i++)
        for (int weekday = 1; weekday <= 7; weekday++) {
            int past = i, next = i;
            while (calendar[past].weekday != weekday)
                past--;
            while (calendar[next].weekday != weekday)
                next++;
            (void)snprintf(text, sizeof(text), "They met on %s.", names[weekday - 1]);
            write_day(past, want);
            check_timex(i, text, want);
            (void)snprintf(text, sizeof(text), "They will meet on %s.", names[weekday - 1]);
            write_day(next, want);
            check_timex(i, text, want);
        }
}

static void finds_months_and_years(void **state)
{
    (void)state;
    char want[32];
    for (int i = MARGIN; i < calendar_days - MARGIN; i++) {
        int year = calendar[i].year, month = calendar[i].month;
        (void)snprintf(want, sizeof(want), "%04d-%02d", month == 1 ? year - 1 : year,
                       month == 1 ? 12 : month - 1);
        check_timex(i, "It rose last month.", want);
        (void)snprintf(want, sizeof(want), "%04d-%02d", month == 12 ? year + 1 : year,
                       month == 12 ? 1 : month + 1);
        check_timex(i, "It will rise next month.", want);
        (void)snprintf(want, sizeof(want), "%04d", year - 1);
        check_timex(i, "It rose last year.", want);
        (void)snprintf(want, sizeof(want), "%04d", year + 5);
        check_timex(i, "It will rise in five years.", want);
    }
}

/* A week has seven days from a Monday on, and holds the day that it is counted from. */
static void finds_weeks(void **state)
{
    (void)state;
    for (int i = MARGIN; i < calendar_days - MARGIN; i++) {
        struct arena *a = arena_new(1 << 16);
        char from[16], to[16], want[40];
        int monday = i - (calendar[i].weekday - 1);
        struct date d = read_one(a, i, "It rose this week.");
        write_day(monday, from);
        write_day(monday + 6, to);
        (void)snprintf(want, sizeof(want), "%s/%s", from, to);
        check_text(d.edtf, want);
        arena_free(a);
    }
}

/* What is written without words of time reads back as itself. */
static void reads_back_what_it_writes(void **state)
{
    (void)state;
    char text[48], day[16];
    for (int i = MARGIN; i < calendar_days - MARGIN; i++) {
        write_day(i, day);
        (void)snprintf(text, sizeof(text), "It was signed on %s.", day);
        check_timex(MARGIN, text, day);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_days),
        cmocka_unit_test(finds_the_weekday_that_the_verb_means),
        cmocka_unit_test(finds_months_and_years),
        cmocka_unit_test(finds_weeks),
        cmocka_unit_test(reads_back_what_it_writes),
    };
    return cmocka_run_group_tests(tests, fill_calendar, NULL);
}
