#include "tests/unit/check.h"

#include "base/hash.h"
#include "pipeline/linear.h"

enum { TABLE = 1 << 12 };

static void fill(int8_t *table)
{
    for (uint32_t i = 0; i < TABLE + LINEAR_CLASSES_MAX; i++)
        table[i] = (int8_t)(hash_mix(i + 1) & 0xff);
}

static void test_same_scores(void **state)
{
    (void)state;
    static int8_t table[TABLE + LINEAR_CLASSES_MAX];
    static const uint32_t classes[] = {1, 2, 63, 64, 65, 100, LINEAR_CLASSES_MAX};
    fill(table);
    for (size_t k = 0; k < sizeof(classes) / sizeof(classes[0]); k++) {
        struct linear model = {table, TABLE - 1, classes[k]};
        struct rows rows = {.count = 0};
        struct scores fast, plain;
        for (; rows.count < LINEAR_ROWS_MAX; rows.count++) {
            linear_score(&model, &rows, &fast);
            linear_score_portable(&model, &rows, &plain);
            assert_memory_equal(fast.at, plain.at, classes[k] * sizeof(fast.at[0]));
            assert_int_equal(linear_best(&model, &fast), linear_best(&model, &plain));
            rows.at[rows.count] = (uint32_t)hash_mix(rows.count);
        }
    }
}

static void test_best_is_first_of_equals(void **state)
{
    (void)state;
    struct linear model = {NULL, 0, 3};
    struct scores scores = {{-4, 7, 7, 9}};
    assert_int_equal(linear_best(&model, &scores), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_scores),
        cmocka_unit_test(test_best_is_first_of_equals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
