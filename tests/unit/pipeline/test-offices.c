#include "tests/unit/pipeline/reading.h"

static const struct {
    const char *text;
    const char *name;
    const char *role; /* NULL: none is said */
    const char *side; /* NULL: none is said */
} cases[] = {
    {"Norwegian Finance Minister Kari Holm spoke.", "Kari Holm", "Finance Minister", "Norway"},
    {"Kari Holm, Norway's finance minister, spoke.", "Kari Holm", "finance minister", "Norway"},
    {"The governor of Texas, Peter Lund, spoke.", "Peter Lund", "governor", "Texas"},
    {"President of Norway Peter Lund spoke.", "Peter Lund", "President", "Norway"},
    {"Peter Lund of the Nordic Fishing Agency spoke.", "Peter Lund", NULL, "Nordic Fishing Agency"},
    {"Secretary of State Anna Berg spoke.", "Anna Berg", "Secretary of State", NULL},
    {"Anna Berg, a friend, spoke.", "Anna Berg", NULL, NULL},
    {"Mr. Peter Lund spoke.", "Peter Lund", NULL, NULL},
};

static void reads_office_and_side_beside_the_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct arena *a = arena_new(1 << 26);
        struct summary s = summary_of(a, cases[i].text);
        const struct actor *who = actor_named(&s, cases[i].name);

        assert_non_null(who);
        assert_int_equal(who->role.bytes != NULL, cases[i].role != NULL);
        if (cases[i].role)
            check_text(who->role, cases[i].role);
        assert_int_equal(who->affiliation != NO_ACTOR, cases[i].side != NULL);
        if (cases[i].side)
            check_text(s.actors.at[who->affiliation].name, cases[i].side);
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_office_and_side_beside_the_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
