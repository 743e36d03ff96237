#include "tests/unit/check.h"

#include "base/arena.h"
#include "pipeline/forms.h"
#include "pipeline/tags.h"

/* One sentence whose tokens stand between single spaces. */
static struct document document_of(struct arena *a, const char *text)
{
    struct document doc = {.text = text_of(text)};
    doc.tokens.at = ARENA_ARRAY(a, struct token, doc.text.len + 1);
    doc.sentences = (struct sentences){ARENA_NEW(a, struct sentence), 1};
    for (uint32_t i = 0, start = 0; i <= doc.text.len; i++) {
        if (i < doc.text.len && text[i] != ' ')
            continue;
        struct token *token = &doc.tokens.at[doc.tokens.count++];
        token->span = (struct span){start, i};
        assert_int_equal(token_form(a, doc.text, token), ERR_OK);
        start = i + 1;
    }
    doc.sentences.at[0] = (struct sentence){{0, doc.text.len}, 0, 0, doc.tokens.count};
    return doc;
}

static void check_tags(const char *text, const char *const *xpos, const char *const *lemmas)
{
    struct arena *a = arena_new(1 << 20);
    struct document doc = document_of(a, text);
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
    static const char *const xpos[] = {"NN", "TO", "VB", "IN", "DT", "NN"};
    static const char *const lemmas[] = {"parliament", "to", "vote", "on", "the", "budget"};
    check_tags("Parliament to Vote on the Budget", xpos, lemmas);
}

static void test_no_memory(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20), *small = arena_new(8);
    struct document doc = document_of(a, "It said no .");
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
