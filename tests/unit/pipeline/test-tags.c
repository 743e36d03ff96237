#include "tests/unit/check.h"

#include "pipeline/tags.h"
#include "tests/unit/pipeline/spaced.h"

static void check_tags(const char *text, const char *const *xpos, const char *const *lemmas)
{
    struct arena *a = arena_new(1 << 20);
    struct document doc = spaced_document(a, text);
    assert_int_equal(tags_assign(a, &doc), ERR_OK);
    for (uint32_t i = 0; i < doc.tokens.count; i++) {
        assert_string_equal(xpos_names[doc.tokens.at[i].xpos], xpos[i]);
        check_text(doc.tokens.at[i].lemma, lemmas[i]);
    }
    arena_free(a);
}

static void test_news(void **state)
{
    (void)state;
    static const char *const xpos[] = {"DT", "NN", "VBD", "IN",  "PRP",
                                       "MD", "VB", "CD",  "NNS", "."};
    static const char *const lemmas[] = {"the",   "ministry", "say", "that",   "it",
                                         "would", "build",    "40",  "school", "."};
    check_tags("The ministry said that it would build 40 schools .", xpos, lemmas);
}

static void test_title_case(void **state)
{
    (void)state;
    static const char *const xpos[] = {"NNS", "VBP", "TO", "VB", "NNS", "IN", "JJ", "NNS"};
    static const char *const lemmas[] = {"minister", "agree", "to",   "cut",
                                         "tax",      "after", "long", "talk"};
    check_tags("Ministers Agree to Cut Taxes After Long Talks", xpos, lemmas);
}

static void test_no_memory(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20), *small = arena_new(8);
    struct document doc = spaced_document(a, "It said no .");
    assert_int_equal(tags_assign(small, &doc), ERR_NO_MEMORY);
    arena_free(small);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_news),
        cmocka_unit_test(test_title_case),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
