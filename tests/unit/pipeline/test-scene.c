#include "tests/unit/pipeline/reading.h"

#include "pipeline/scene.h"

static const struct {
    const char *text;
    const char *word;    /* the first token with this norm is asked about */
    const char *speaker; /* NULL: nobody */
} speakers[] = {
    {"Kari Holm said that Norway will pay.", "will", "Kari Holm"},
    {"Norway will pay, Kari Holm said.", "will", "Kari Holm"},
    {"\"We will pay,\" said Kari Holm.", "will", "Kari Holm"},
    {"According to Kari Holm, Norway will pay.", "will", "Kari Holm"},
    {"Kari Holm spoke. \"We will pay,\" she said.", "will", "Kari Holm"},
    {"Norway will pay.", "will", NULL},
};

static void finds_who_says_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(speakers) / sizeof(*speakers); i++) {
        struct arena *a = arena_new(1 << 26);
        struct summary s = summary_of(a, speakers[i].text);
        struct scene scene;
        uint32_t at = 0;

        assert_int_equal(scene_set(a, &s.document, &s.actors, &s.dates, &scene), ERR_OK);
        while (!word_is(&s.document, at, speakers[i].word))
            at++;
        uint32_t who = scene_speaker(&scene, at);
        assert_int_equal(who != NO_ACTOR, speakers[i].speaker != NULL);
        if (who != NO_ACTOR)
            check_text(s.actors.at[who].name, speakers[i].speaker);
        arena_free(a);
    }
}

static void we_is_the_side_of_who_speaks(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    struct summary s =
        summary_of(a, "Norwegian Finance Minister Kari Holm met reporters. \"We will pay the whole "
                      "debt,\" Holm said. Norway agreed.");

    assert_int_equal(s.commitments.count, 1);
    assert_int_equal(s.commitments.at[0].actors.count, 1);
    check_text(s.actors.at[s.commitments.at[0].actors.at[0]].name, "Norway");
    assert_true(s.commitments.at[0].quoted);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_who_says_it),
        cmocka_unit_test(we_is_the_side_of_who_speaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
