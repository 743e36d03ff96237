#include "tests/unit/check.h"

#include <pthread.h>
#include <stdatomic.h>

#include "server/queue.h"

static void test_order_and_bounds(void **state)
{
    (void)state;
    int items[3];
    struct queue *q = queue_new(2);

    assert_true(queue_push(q, &items[0], 2));
    assert_false(queue_push(q, &items[1], 1)); /* the caller's limit */
    assert_true(queue_push(q, &items[1], 2));
    assert_false(queue_push(q, &items[2], 100)); /* the capacity */
    assert_int_equal(queue_depth(q), 2);
    assert_ptr_equal(queue_pop(q), &items[0]);
    assert_true(queue_push(q, &items[2], 2)); /* around the ring's end */
    assert_ptr_equal(queue_pop(q), &items[1]);
    assert_ptr_equal(queue_pop(q), &items[2]);
    queue_free(q);
}

static void test_closed(void **state)
{
    (void)state;
    int item;
    struct queue *q = queue_new(2);

    queue_push(q, &item, 2);
    queue_close(q);
    assert_false(queue_push(q, &item, 2));
    assert_ptr_equal(queue_pop(q), &item); /* what is left is given out */
    assert_null(queue_pop(q));
    queue_free(q);
    queue_free(NULL);
}

enum { PRODUCERS = 3, CONSUMERS = 3, EACH = 20000 };

static struct queue *shared;
static atomic_int taken;
static atomic_long sum;

static void *consume(void *arg)
{
    (void)arg;
    for (int *item = queue_pop(shared); item; item = queue_pop(shared)) {
        atomic_fetch_add(&taken, 1);
        atomic_fetch_add(&sum, *item);
    }
    return NULL;
}

static void *produce(void *arg)
{
    int *numbers = arg;
    for (int i = 0; i < EACH; i++)
        while (!queue_push(shared, &numbers[i % 8], 16))
            sched_yield();
    return NULL;
}

/* Every item arrives exactly once, whatever the threads do. */
static void test_threads(void **state)
{
    (void)state;
    int numbers[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    pthread_t producers[PRODUCERS], consumers[CONSUMERS];

    shared = queue_new(64);
    for (int i = 0; i < CONSUMERS; i++)
        pthread_create(&consumers[i], NULL, consume, NULL);
    for (int i = 0; i < PRODUCERS; i++)
        pthread_create(&producers[i], NULL, produce, numbers);
    for (int i = 0; i < PRODUCERS; i++)
        pthread_join(producers[i], NULL);
    queue_close(shared);
    for (int i = 0; i < CONSUMERS; i++)
        pthread_join(consumers[i], NULL);

    assert_int_equal(taken, PRODUCERS * EACH);
    assert_int_equal(sum, PRODUCERS * EACH / 8 * 36);
    queue_free(shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_and_bounds),
        cmocka_unit_test(test_closed),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
