#include "tests/unit/pipeline/reading.h"

#include "pipeline/page.h"

static void text_that_is_not_utf8_is_refused_with_its_place(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    struct request r = {.kind = SOURCE_TEXT, .content = {"Caf\xE9 closes", 11}};
    struct summary s = {.key_sentences = {NULL, 7}};
    struct problem why = {0};

    assert_int_equal(pipeline_run(a, &r, NULL, NULL, &s, &why), ERR_BAD_ENCODING);
    assert_int_equal(why.code, ERR_BAD_ENCODING);
    assert_int_equal(s.key_sentences.count, 7);
    arena_free(a);
}

static void other_language_is_told_and_still_summarised(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    struct summary s = summary_of(
        a,
        "Der Minister sagte am Montag, dass die Regierung das Gesetz nicht zurückziehen wird und "
        "dass eine neue Kommission für das Land eingesetzt ist. Die Opposition ist dagegen.");

    check_text(s.article.language, "de");
    assert_int_equal(s.warnings.count, 1);
    arena_free(a);
}

static void dateline_gives_the_reference(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    struct request r = {.kind = SOURCE_TEXT,
                        .content = text_of("OSLO, March 3, 2020 (Nordpress) - Norway will open two "
                                           "ports tomorrow, the government said.")};
    struct summary s;
    struct problem why = {0};

    assert_int_equal(pipeline_run(a, &r, NULL, NULL, &s, &why), ERR_OK);
    check_text(s.article.dateline_place, "OSLO");
    assert_int_equal(s.reference_from, REFERENCE_DATELINE);
    assert_int_equal(s.document.reference.day, 3);
    arena_free(a);
}

/* Every budget from nothing on, in steps of a few words of memory, until one is enough. */
static void check_budgets(const struct request *r)
{
    enum err e = ERR_NO_MEMORY;

    for (size_t budget = 0; e != ERR_OK; budget += 64) {
        struct arena *a = arena_new(budget);
        struct summary s = {.key_sentences = {NULL, 7}};
        struct problem why = {0};
        assert_non_null(a);
        e = pipeline_run(a, r, NULL, NULL, &s, &why);
        if (e != ERR_OK) {
            assert_int_equal(e, ERR_NO_MEMORY);
            assert_int_equal(why.code, ERR_NO_MEMORY);
            assert_int_equal(s.key_sentences.count, 7);
        }
        arena_free(a);
        assert_true(budget < 4 << 20);
    }
}

static void any_budget_is_enough_or_told_to_be_too_small(void **state)
{
    (void)state;
    struct request text = {.kind = SOURCE_TEXT,
                           .content = text_of("Norway said it will send 200 tents by May 1.")};
    struct request page = {
        .kind = SOURCE_HTML,
        .content = text_of(
            "<title>Tents</title><article><p>Norway said on Monday, after a long debate in "
            "parliament, that it will send 200 tents to the camps on the border by May 1.</p>"
            "<p>More help would follow in the weeks to come, the ministry said, and Sweden has "
            "promised to pay for the flights that will bring them to the islands in the north.</p>"
            "<p>The camps hold some 4,000 people, many of whom lost their houses in the "
            "flood.</p>")};

    page_prepare();
    check_budgets(&text);
    check_budgets(&page);
}

struct seen {
    enum pipeline_stage at[PIPELINE_STAGES + 1];
    unsigned count;
    enum pipeline_stage stop_before;
};

static bool note(void *of, enum pipeline_stage next)
{
    struct seen *seen = of;
    assert_in_range(seen->count, 0, PIPELINE_STAGES);
    seen->at[seen->count++] = next;
    return next != seen->stop_before;
}

static void the_watch_is_told_of_each_stage_in_order_and_can_end_the_run(void **state)
{
    (void)state;
    for (unsigned stop = PIPELINE_TEXT; stop <= PIPELINE_STAGES + 1; stop++) {
        struct arena *a = arena_new(1 << 26);
        struct request r = {.kind = SOURCE_TEXT, .content = text_of("Peru will sell ships.")};
        struct seen seen = {.stop_before = (enum pipeline_stage)stop};
        struct pipeline_watch watch = {note, &seen};
        struct summary s;
        struct problem why = {0};

        enum err e = pipeline_run(a, &r, NULL, &watch, &s, &why);
        assert_int_equal(e, stop <= PIPELINE_STAGES ? ERR_DEADLINE : ERR_OK);
        assert_int_equal(why.code, e);
        unsigned told = stop <= PIPELINE_STAGES ? stop : PIPELINE_STAGES;
        assert_int_equal(seen.count, told - PIPELINE_TEXT + 1);
        for (unsigned i = 0; i < seen.count; i++)
            assert_int_equal(seen.at[i], PIPELINE_TEXT + i);
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_that_is_not_utf8_is_refused_with_its_place),
        cmocka_unit_test(other_language_is_told_and_still_summarised),
        cmocka_unit_test(dateline_gives_the_reference),
        cmocka_unit_test(the_watch_is_told_of_each_stage_in_order_and_can_end_the_run),
        cmocka_unit_test(any_budget_is_enough_or_told_to_be_too_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
