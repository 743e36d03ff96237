#include "tests/unit/check.h"

#include "pipeline/dates_when.h"

static const struct day unknown = {0, 0, 0};

static void check_forms(struct when w, const char *timex, const char *edtf)
{
    struct arena *a = arena_new(4096);
    struct strbuf t = strbuf_in(a), e = strbuf_in(a);
    struct text got;

    when_put_timex(&t, w);
    assert_int_equal(strbuf_finish(&t, &got), ERR_OK);
    check_text(got, timex);
    assert_int_equal(when_put_edtf(&e, w, MOD_NONE), edtf != NULL);
    assert_int_equal(strbuf_finish(&e, &got), ERR_OK);
    check_text(got, edtf ? edtf : "");
    arena_free(a);
}

static struct when grain_of(struct when w, enum grain grain)
{
    w.grain = (uint8_t)grain;
    return w;
}

static void writes_every_grain(void **state)
{
    (void)state;
    struct day day = {2021, 4, 7};
    check_forms(when_around(day, GRAIN_DAY), "2021-04-07", "2021-04-07");
    check_forms(when_around(day, GRAIN_WEEK), "2021-W14", "2021-04-05/2021-04-11");
    check_forms(when_around(day, GRAIN_WEEKEND), "2021-W14-WE", "2021-04-10/2021-04-11");
    check_forms(when_around(day, GRAIN_MONTH), "2021-04", "2021-04");
    check_forms(when_around(day, GRAIN_QUARTER), "2021-Q2", "2021-34");
    check_forms(when_around(day, GRAIN_SEASON), "2021-SP", "2021-21");
    check_forms(when_around(day, GRAIN_HALF), "2021-H1", "2021-40");
    check_forms(when_around(day, GRAIN_YEAR), "2021", "2021");
    check_forms(when_around(day, GRAIN_DECADE), "202", "202X");
    check_forms(when_around(day, GRAIN_CENTURY), "20", "20XX");
    check_forms(when_around(day, GRAIN_MILLENNIUM), "2", "2XXX");
}

static void leaves_open_what_is_not_known(void **state)
{
    (void)state;
    struct when weekday = when_around(unknown, GRAIN_DAY);
    weekday.weekday = 1;
    check_forms(weekday, "XXXX-WXX-1", NULL);
    check_forms(when_date(0, 4, 7), "XXXX-04-07", "XXXX-04-07");
    check_forms(when_month(0, 4), "XXXX-04", "XXXX-04");
    check_forms(when_around(unknown, GRAIN_WEEK), "XXXX-WXX", NULL);
    check_forms(when_around(unknown, GRAIN_YEAR), "XXXX", NULL);
    check_forms(when_nth(GRAIN_SEASON, 0, 2), "XXXX-SU", NULL);
    assert_false(day_known(when_first(when_date(0, 4, 7))));
}

static void counts_years_before_christ_as_astronomers_do(void **state)
{
    (void)state;
    struct when w = when_year(490);
    w.bc = true;
    check_forms(w, "BC0490", "-0489");
    check_forms(grain_of(w, GRAIN_DECADE), "BC049", NULL);
    w.year = 1;
    check_forms(w, "BC0001", "0000");
}

static void writes_times_of_day(void **state)
{
    (void)state;
    struct when w = when_date(2021, 4, 7);
    w.clock = (struct clock){15, 30, -1, ZONE_NONE};
    check_forms(w, "2021-04-07T15:30", "2021-04-07T15:30:00");
    w.clock.zone = -300;
    check_forms(w, "2021-04-07T15:30-05:00", "2021-04-07T15:30:00-05:00");
    w.clock = NO_CLOCK;
    w.part = PART_NIGHT;
    check_forms(w, "2021-04-07TNI", "2021-04-07");
}

static void check_bounds(struct when w, struct day first, struct day last)
{
    assert_int_equal(day_serial(when_first(w)), day_serial(first));
    assert_int_equal(day_serial(when_last(w)), day_serial(last));
}

static void knows_first_and_last_days(void **state)
{
    (void)state;
    struct day winter = {2020, 2, 10};
    check_bounds(when_around(winter, GRAIN_SEASON), (struct day){2019, 12, 1},
                 (struct day){2020, 2, 29});
    check_bounds(when_nth(GRAIN_QUARTER, 2021, 4), (struct day){2021, 10, 1},
                 (struct day){2021, 12, 31});
    check_bounds(when_nth(GRAIN_HALF, 2021, 1), (struct day){2021, 1, 1},
                 (struct day){2021, 6, 30});
    check_bounds(when_around(winter, GRAIN_CENTURY), (struct day){2000, 1, 1},
                 (struct day){2099, 12, 31});
}

/* A step forward and a step back lead to the same stretch, and neighbours touch. */
static void moves_by_its_own_grain(void **state)
{
    (void)state;
    static const enum grain grains[] = {GRAIN_DAY,  GRAIN_WEEK, GRAIN_MONTH,  GRAIN_QUARTER,
                                        GRAIN_HALF, GRAIN_YEAR, GRAIN_DECADE, GRAIN_CENTURY};
    for (int32_t serial = 10000; serial < 20000; serial += 13)
        for (size_t i = 0; i < sizeof(grains) / sizeof(*grains); i++) {
            struct when w = when_around(day_from_serial(serial), grains[i]);
            struct when next = when_shift(w, 1);
            assert_int_equal(day_serial(when_first(next)), day_serial(when_last(w)) + 1);
            assert_int_equal(day_serial(when_first(when_shift(next, -1))),
                             day_serial(when_first(w)));
        }
}

static void stays_unknown_beyond_the_calendar(void **state)
{
    (void)state;
    assert_false(day_known(day_shift((struct day){9999, 12, 31}, GRAIN_DAY, 1)));
    assert_false(day_known(day_shift((struct day){2021, 1, 1}, GRAIN_CENTURY, 2000000000)));
    assert_false(day_known(when_first(when_shift(when_year(9999), 1))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_every_grain),
        cmocka_unit_test(leaves_open_what_is_not_known),
        cmocka_unit_test(counts_years_before_christ_as_astronomers_do),
        cmocka_unit_test(writes_times_of_day),
        cmocka_unit_test(knows_first_and_last_days),
        cmocka_unit_test(moves_by_its_own_grain),
        cmocka_unit_test(stays_unknown_beyond_the_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
