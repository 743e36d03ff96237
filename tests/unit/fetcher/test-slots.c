#include "tests/unit/check.h"

#include <pthread.h>

#include "fetcher/clock.h"
#include "fetcher/slots.h"

static void the_pool_is_bounded(void **state)
{
    (void)state;
    struct slots *s = slots_new(2, 1);
    struct fetch_error why;
    unsigned a = 9, b = 9, c = 9;
    assert_int_equal(slots_enter(s, &a, &why), ERR_OK);
    assert_int_equal(slots_enter(s, &b, &why), ERR_OK);
    assert_int_not_equal(a, b);
    assert_int_equal(slots_enter(s, &c, &why), ERR_BUSY);
    assert_int_equal(c, 9);
    slots_leave(s, a);
    assert_int_equal(slots_enter(s, &c, &why), ERR_OK);
    assert_int_equal(c, a);
    slots_free(s);
}

static void a_host_is_not_crowded(void **state)
{
    (void)state;
    struct slots *s = slots_new(8, 2);
    struct fetch_error why;
    unsigned p[4];
    for (int i = 0; i < 4; i++)
        assert_int_equal(slots_enter(s, &p[i], &why), ERR_OK);

    assert_int_equal(slots_take_host(s, p[0], "a.example", clock_ms() + 50, &why), ERR_OK);
    assert_int_equal(slots_take_host(s, p[1], "a.example", clock_ms() + 50, &why), ERR_OK);
    int64_t start = clock_ms();
    assert_int_equal(slots_take_host(s, p[2], "a.example", start + 50, &why), ERR_BUSY);
    assert_in_range(clock_ms() - start, 45, 200);
    assert_int_equal(slots_take_host(s, p[2], "b.example", clock_ms() + 50, &why), ERR_OK);
    slots_give_host(s, p[0]);
    assert_int_equal(slots_take_host(s, p[3], "a.example", clock_ms() + 50, &why), ERR_OK);
    slots_free(s);
}

struct waiter {
    struct slots *slots;
    unsigned place;
    enum err result;
};

static void *take(void *arg)
{
    struct waiter *w = arg;
    struct fetch_error why;
    w->result = slots_take_host(w->slots, w->place, "a.example", clock_ms() + 5000, &why);
    return NULL;
}

static void who_waits_is_let_in(void **state)
{
    (void)state;
    struct slots *s = slots_new(4, 1);
    struct fetch_error why;
    unsigned first;
    struct waiter w = {.slots = s, .result = ERR_INTERNAL};
    pthread_t thread;

    slots_enter(s, &first, &why);
    slots_enter(s, &w.place, &why);
    slots_take_host(s, first, "a.example", clock_ms() + 50, &why);
    assert_int_equal(pthread_create(&thread, NULL, take, &w), 0);
    nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    slots_give_host(s, first);
    pthread_join(thread, NULL);
    assert_int_equal(w.result, ERR_OK);
    slots_free(s);
}

static void who_would_wait_too_long_is_told_at_once(void **state)
{
    (void)state;
    struct slots *s = slots_new(4, 1);
    struct fetch_error why;
    struct waiter w[3] = {0};
    pthread_t threads[2];
    unsigned first;

    slots_enter(s, &first, &why);
    slots_take_host(s, first, "a.example", clock_ms() + 50, &why);
    for (int i = 0; i < 3; i++) {
        w[i].slots = s;
        slots_enter(s, &w[i].place, &why);
    }
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, take, &w[i]), 0);
    nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    int64_t start = clock_ms();
    assert_int_equal(slots_take_host(s, w[2].place, "a.example", start + 5000, &why), ERR_BUSY);
    assert_true(clock_ms() - start < 1000);

    slots_give_host(s, first);
    nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    slots_give_host(s, w[0].place);
    slots_give_host(s, w[1].place);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    slots_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pool_is_bounded),
        cmocka_unit_test(a_host_is_not_crowded),
        cmocka_unit_test(who_waits_is_let_in),
        cmocka_unit_test(who_would_wait_too_long_is_told_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
