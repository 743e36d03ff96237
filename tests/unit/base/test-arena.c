#include "tests/unit/check.h"

#include "base/arena.h"

static void hands_out_zeroed_aligned_memory(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    for (size_t size = 1; size < 3000; size += 37) {
        unsigned char *p = arena_alloc(a, size);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xff, size);
    }
    arena_free(a);
}

static void stops_at_its_budget(void **state)
{
    (void)state;
    struct arena *a = arena_new(100);
    assert_null(arena_alloc(a, 101));
    assert_non_null(arena_alloc(a, 64));
    assert_null(arena_alloc(a, 64));
    assert_non_null(arena_alloc(a, 16));
    assert_int_equal(arena_used(a), 80);
    arena_free(a);

    struct arena *none = arena_new(0);
    assert_null(arena_alloc(none, 0));
    arena_free(none);
}

static void refuses_products_that_overflow(void **state)
{
    (void)state;
    struct arena *a = arena_new(SIZE_MAX);
    assert_null(arena_array(a, SIZE_MAX / 2, 3));
    assert_null(arena_alloc(a, SIZE_MAX - 8));
    arena_free(a);
}

static void grows_and_keeps_the_bytes(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    char *p = NULL;
    size_t have = 0;
    for (size_t size = 5; size < 200000; size *= 2) {
        p = arena_grow(a, p, have, size);
        assert_non_null(p);
        for (size_t i = 0; i < have; i++)
            assert_int_equal(p[i], 'a');
        for (size_t i = have; i < size; i++)
            assert_int_equal(p[i], 0);
        memset(p, 'a', size);
        have = size;
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hands_out_zeroed_aligned_memory),
        cmocka_unit_test(stops_at_its_budget),
        cmocka_unit_test(refuses_products_that_overflow),
        cmocka_unit_test(grows_and_keeps_the_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
