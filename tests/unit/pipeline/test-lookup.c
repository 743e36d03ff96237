#include "tests/unit/check.h"

#include <stdio.h>

#include "pipeline/lookup.h"

static void finds_what_was_put_and_nothing_else(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 16);
    struct lookup l;

    assert_int_equal(lookup_new(a, 3, &l), ERR_OK);
    *lookup_put(&l, text_of("oslo"), 1) = 7;
    assert_int_equal(*lookup_put(&l, text_of("oslo"), 1), 7);
    assert_int_equal(*lookup_put(&l, text_of("bergen"), 2), 2);
    assert_int_equal(lookup_get(&l, text_of("oslo"), 0), 7);
    assert_int_equal(lookup_get(&l, text_of("moss"), 9), 9);
    assert_int_equal(lookup_get(&l, (struct text){NULL, 0}, 9), 9);
    arena_free(a);
}

static void full_table_still_ends_its_searches(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct lookup l;
    char key[16];

    assert_int_equal(lookup_new(a, 1000, &l), ERR_OK);
    for (uint32_t i = 0; i < 1000; i++) {
        snprintf(key, sizeof(key), "k%u", i);
        lookup_put(&l, text_of(key), i);
    }
    for (uint32_t i = 0; i < 1000; i++) {
        snprintf(key, sizeof(key), "k%u", i);
        assert_int_equal(lookup_get(&l, text_of(key), 5000), i);
    }
    assert_int_equal(lookup_get(&l, text_of("none"), 5000), 5000);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_was_put_and_nothing_else),
        cmocka_unit_test(full_table_still_ends_its_searches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
