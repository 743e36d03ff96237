#include "tests/unit/pipeline/reading.h"

static void official_commits_the_side_that_he_names(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    struct summary s =
        summary_of(a, "Norwegian Finance Minister Kari Holm said on Monday that Norway will send "
                      "200 tents to Jordan by May 1.");

    assert_int_equal(s.commitments.count, 1);
    const struct commitment *c = &s.commitments.at[0];
    check_text(slice(&s, c->action), "send 200 tents to Jordan");
    check_text(slice(&s, c->trigger), "will");
    check_text(c->due_edtf, "../2021-05-01");
    assert_int_equal(c->actors.count, 1);
    check_text(s.actors.at[c->actors.at[0]].name, "Norway");
    check_text(s.actors.at[c->speaker].name, "Kari Holm");
    assert_int_equal(c->quantity_count, 1);
    assert_false(c->negative);
    arena_free(a);
}

static void refusal_is_negative(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    struct summary s = summary_of(a, "The airline Nordwind refused to refund its passengers.");

    assert_int_equal(s.commitments.count, 1);
    assert_int_equal(s.commitments.at[0].type, COMMITMENT_REFUSAL);
    assert_true(s.commitments.at[0].negative);
    arena_free(a);
}

static void forecast_and_past_act_are_none(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    struct summary s = summary_of(a, "The storm could reach the coast on Friday. Norway sent 200 "
                                     "tents last month. Critics said the law should be changed.");

    assert_int_equal(s.commitments.count, 0);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(official_commits_the_side_that_he_names),
        cmocka_unit_test(refusal_is_negative),
        cmocka_unit_test(forecast_and_past_act_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
