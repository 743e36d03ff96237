#include "tests/unit/pipeline/reading.h"

static void mentions_stay_in_text_order(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    struct summary s = summary_of(a, "Kari Holm said she will resign. Holm gave no reason.");
    const struct actor *holm = actor_named(&s, "Kari Holm");

    assert_non_null(holm);
    assert_int_equal(holm->mention_count, 3);
    check_text(slice(&s, holm->mentions[1].span), "she");
    assert_int_equal(holm->mentions[1].kind, MENTION_PRONOUN);
    check_text(slice(&s, holm->mentions[2].span), "Holm");
    arena_free(a);
}

static void a_pronoun_carries_the_actor_on(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    struct summary s =
        summary_of(a, "Kari Holm resigned. She gave no reason. Her party was silent.");
    const struct actor *holm = actor_named(&s, "Kari Holm");

    assert_non_null(holm);
    assert_int_equal(holm->mention_count, 3);
    check_text(slice(&s, holm->mentions[2].span), "Her");
    arena_free(a);
}

static void a_pronoun_tells_the_sex_for_later(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    struct summary s =
        summary_of(a, "Ms. Xolani Vey resigned. Peter Lund met Vey on Friday. She paid.");
    const struct actor *vey = actor_named(&s, "Xolani Vey");

    assert_non_null(vey);
    check_text(slice(&s, vey->mentions[vey->mention_count - 1].span), "She");
    arena_free(a);
}

static void a_pronoun_makes_nobody_more_salient(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    struct summary s = summary_of(a, "Kari Holm will resign, she said. Norway will pay.");
    const struct actor *norway = actor_named(&s, "Norway");

    assert_non_null(norway);
    /* Named as often as Holm. */
    assert_true(norway->salience > 0.7);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mentions_stay_in_text_order),
        cmocka_unit_test(a_pronoun_carries_the_actor_on),
        cmocka_unit_test(a_pronoun_tells_the_sex_for_later),
        cmocka_unit_test(a_pronoun_makes_nobody_more_salient),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
