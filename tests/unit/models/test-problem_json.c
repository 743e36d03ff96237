#include "models/problem_json.h"

#include "tests/unit/check.h"

static void writes_all_that_is_known(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 16);
    struct problem p = {0};
    struct text got;

    problem_add(&p, a, text_of("/a\"b"), "must be %s", "a string");
    assert_int_equal(problem_set(&p, a, ERR_INVALID_REQUEST, "%d is wrong", 1),
                     ERR_INVALID_REQUEST);
    assert_int_equal(problem_to_json(a, &p, text_of("/v1/summaries"), text_of("r1"), &got), ERR_OK);
    check_text(got, "{\"type\":\"/problems/invalid-request\",\"title\":\"The request has wrong "
                    "members\",\"status\":422,\"detail\":\"1 is wrong\",\"instance\":"
                    "\"/v1/summaries\",\"request_id\":\"r1\",\"errors\":[{\"pointer\":\"/a\\\"b\","
                    "\"detail\":\"must be a string\"}]}");
    arena_free(a);
}

static void leaves_out_what_is_not(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 16);
    struct problem p = {.code = ERR_NOT_FOUND};
    struct text none = {NULL, 0}, got;

    assert_int_equal(problem_to_json(a, &p, none, none, &got), ERR_OK);
    check_text(got, "{\"type\":\"/problems/not-found\",\"title\":\"There is nothing at this path\","
                    "\"status\":404}");
    arena_free(a);
}

static void keeps_the_first_errors_only(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 16);
    struct problem p = {0};
    for (int i = 0; i < PROBLEM_ERRORS_MAX + 5; i++)
        problem_add(&p, a, text_of(""), "%d", i);
    assert_int_equal(p.error_count, PROBLEM_ERRORS_MAX);
    check_text(p.errors[PROBLEM_ERRORS_MAX - 1].detail, "15");
    arena_free(a);
}

static void does_without_a_detail_when_memory_is_spent(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct problem p = {0};
    struct text got = {"untouched", 9};

    assert_int_equal(problem_set(&p, a, ERR_NO_MEMORY, "no room for this"), ERR_NO_MEMORY);
    assert_int_equal(p.detail.len, 0);
    assert_int_equal(problem_to_json(a, &p, p.detail, p.detail, &got), ERR_NO_MEMORY);
    check_text(got, "untouched");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_all_that_is_known),
        cmocka_unit_test(leaves_out_what_is_not),
        cmocka_unit_test(keeps_the_first_errors_only),
        cmocka_unit_test(does_without_a_detail_when_memory_is_spent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
