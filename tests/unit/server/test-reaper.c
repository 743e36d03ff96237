#include "tests/unit/check.h"

#include "server/reaper.h"

static void test_due(void **state)
{
    (void)state;
    struct reaper r;
    const int64_t limits[PHASE_COUNT] = {[PHASE_HEADER] = 5, [PHASE_BODY] = 15};
    struct reaper_link a = {0}, b = {0};

    reaper_init(&r, limits);
    assert_null(reaper_due(&r, 1000));
    assert_true(reaper_next(&r) == INT64_MAX);
    reaper_enter(&r, &a, PHASE_HEADER, 100);
    reaper_enter(&r, &b, PHASE_BODY, 101);
    assert_int_equal(reaper_next(&r), 105);
    assert_null(reaper_due(&r, 104));
    assert_ptr_equal(reaper_due(&r, 105), &a);
    reaper_enter(&r, &a, PHASE_BODY, 105); /* a new phase, a new deadline */
    assert_null(reaper_due(&r, 115));
    assert_ptr_equal(reaper_due(&r, 116), &b);
    reaper_leave(&b);
    reaper_leave(&b); /* twice does no harm */
    assert_ptr_equal(reaper_due(&r, 120), &a);
    reaper_enter(&r, &a, PHASE_CUT, 120); /* no limit there */
    assert_null(reaper_due(&r, 1000000));
}

/* A phase that begins anew does not outlive one that began before: the list keeps their order. */
static void test_order(void **state)
{
    (void)state;
    struct reaper r;
    const int64_t limits[PHASE_COUNT] = {[PHASE_IDLE] = 30};
    struct reaper_link links[3] = {0};

    reaper_init(&r, limits);
    for (int i = 0; i < 3; i++)
        reaper_enter(&r, &links[i], PHASE_IDLE, i);
    reaper_enter(&r, &links[0], PHASE_IDLE, 10);
    assert_int_equal(reaper_next(&r), 31);
    assert_ptr_equal(reaper_due(&r, 31), &links[1]);
    reaper_leave(&links[1]);
    assert_ptr_equal(reaper_due(&r, 32), &links[2]);
    reaper_leave(&links[2]);
    assert_int_equal(reaper_next(&r), 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_due),
        cmocka_unit_test(test_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
