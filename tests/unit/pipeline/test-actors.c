#include "tests/unit/pipeline/reading.h"

static void person_has_office_side_and_aliases(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    struct summary s = summary_of(a, "Visiting Norwegian Finance Minister Kari Holm spoke in Oslo "
                                     "on Monday. Holm said Norway will lower taxes.");
    const struct actor *holm = actor_named(&s, "Kari Holm");

    assert_non_null(holm);
    assert_int_equal(holm->type, ACTOR_PERSON);
    check_text(holm->role, "Finance Minister");
    assert_int_not_equal(holm->affiliation, NO_ACTOR);
    check_text(s.actors.at[holm->affiliation].name, "Norway");
    check_text(s.actors.at[holm->affiliation].iso3166, "NO");
    assert_int_equal(holm->mention_count, 2);
    arena_free(a);
}

static void place_is_no_actor_where_it_does_not_act(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    struct summary s =
        summary_of(a, "Anna Berg met reporters in Denmark. Sweden said it will pay.");

    assert_non_null(actor_named(&s, "Sweden"));
    assert_null(actor_named(&s, "Denmark"));
    arena_free(a);
}

static void long_name_and_acronym_are_one(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    struct summary s =
        summary_of(a, "The Baltic Fishing Agency will close two ports. The BFA gave no reason.");
    const struct actor *agency = actor_named(&s, "Baltic Fishing Agency");

    assert_non_null(agency);
    assert_int_equal(agency->mention_count, 2);
    arena_free(a);
}

static void two_people_with_one_surname_stay_apart(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    struct summary s = summary_of(a, "Peter Lund met Maria Lund. Peter Lund left early.");

    assert_non_null(actor_named(&s, "Peter Lund"));
    assert_non_null(actor_named(&s, "Maria Lund"));
    arena_free(a);
}

static void short_form_joins_unless_two_countries_have_one(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    struct summary s =
        summary_of(a, "The Norwegian Coast Guard will buy two ships. The Coast Guard "
                      "said so on Monday.");
    struct summary t = summary_of(a, "The Norwegian Coast Guard met the Danish Coast Guard.");

    assert_non_null(actor_named(&s, "Norwegian Coast Guard"));
    assert_null(actor_named(&s, "Coast Guard"));
    assert_non_null(actor_named(&t, "Norwegian Coast Guard"));
    assert_non_null(actor_named(&t, "Danish Coast Guard"));
    arena_free(a);
}

static void name_ends_before_its_of(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    struct summary s = summary_of(a, "Anna Berg of Norway spoke to reporters.");

    assert_non_null(actor_named(&s, "Anna Berg"));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(person_has_office_side_and_aliases),
        cmocka_unit_test(place_is_no_actor_where_it_does_not_act),
        cmocka_unit_test(long_name_and_acronym_are_one),
        cmocka_unit_test(two_people_with_one_surname_stay_apart),
        cmocka_unit_test(short_form_joins_unless_two_countries_have_one),
        cmocka_unit_test(name_ends_before_its_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
