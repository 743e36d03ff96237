#include "tests/unit/check.h"

#include "pipeline/tags.h"
#include "pipeline/tree.h"
#include "tests/unit/pipeline/spaced.h"

struct arc {
    uint32_t child, head;
    enum deprel deprel;
};

static void check_arcs(const char *text, const struct arc *arcs, size_t count)
{
    struct arena *a = arena_new(1 << 20);
    struct document doc = spaced_document(a, text);
    assert_int_equal(tags_assign(a, &doc), ERR_OK);
    assert_int_equal(tree_parse(a, &doc), ERR_OK);
    for (size_t i = 0; i < count; i++) {
        const struct token *child = &doc.tokens.at[arcs[i].child];
        assert_int_equal(child->head, arcs[i].head);
        assert_string_equal(deprel_names[child->deprel], deprel_names[arcs[i].deprel]);
    }
    arena_free(a);
}

static void test_clause_behind_said(void **state)
{
    (void)state;
    static const struct arc arcs[] = {
        {1, 2, DEPREL_NSUBJ}, {2, NO_HEAD, DEPREL_ROOT}, {3, 6, DEPREL_MARK}, {4, 6, DEPREL_NSUBJ},
        {5, 6, DEPREL_AUX},   {6, 2, DEPREL_CCOMP},      {8, 6, DEPREL_OBJ},
    };
    check_arcs("The minister said that she would build 40 schools .", arcs,
               sizeof(arcs) / sizeof(arcs[0]));
}

static void test_infinitive_behind_agreed(void **state)
{
    (void)state;
    static const struct arc arcs[] = {
        {1, 2, DEPREL_NSUBJ},
        {3, 4, DEPREL_MARK},
        {4, 2, DEPREL_XCOMP},
        {6, 4, DEPREL_OBJ},
    };
    check_arcs("Both sides agreed to share the water .", arcs, sizeof(arcs) / sizeof(arcs[0]));
}

static void test_infinitive_far_behind_agreed(void **state)
{
    (void)state;
    static const struct arc agreed[] = {{7, 2, DEPREL_XCOMP}};
    static const struct arc stopped[] = {{7, 2, DEPREL_ADVCL}};
    check_arcs("Both sides agreed late on Monday to open the border .", agreed, 1);
    check_arcs("Both sides met late on Monday to open the border .", stopped, 1);
}

static void test_if_asks_or_tells_a_condition(void **state)
{
    (void)state;
    static const struct arc asks[] = {{8, 4, DEPREL_CCOMP}};
    static const struct arc fails[] = {{8, 3, DEPREL_ADVCL}};
    check_arcs("The engineers will soon see if the dam holds .", asks, 1);
    check_arcs("The plan will fail if the two senators leave .", fails, 1);
}

static void test_it_stands_for_the_clause(void **state)
{
    (void)state;
    static const struct arc clear[] = {{7, 2, DEPREL_CSUBJ}};
    static const struct arc seems[] = {{6, 1, DEPREL_CCOMP}};
    check_arcs("It is clear that the minister has resigned .", clear, 1);
    check_arcs("It seems that the minister has resigned .", seems, 1);
}

/* One head outside, every other inside, no cycle: also where a sentence is cut into pieces. */
static void check_is_tree(const struct document *doc)
{
    uint32_t roots = 0, count = doc->tokens.count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t steps = 0, at = i;
        for (; doc->tokens.at[at].head != NO_HEAD && steps <= count; steps++) {
            at = doc->tokens.at[at].head;
            assert_true(at < count);
        }
        assert_true(steps <= count);
        roots += doc->tokens.at[i].head == NO_HEAD;
    }
    assert_int_equal(roots, 1);
}

static void test_long_sentence(void **state)
{
    (void)state;
    enum { REPEATS = 2 * TREE_TOKENS_MAX + 7 };
    static char text[REPEATS * 4 + 1];
    for (int i = 0; i < REPEATS; i++)
        memcpy(text + (size_t)i * 4, i % 3 ? "and " : "cat ", 4);
    text[REPEATS * 4 - 1] = '\0';

    struct arena *a = arena_new(1 << 24);
    struct document doc = spaced_document(a, text);
    assert_int_equal(doc.tokens.count, REPEATS);
    assert_int_equal(tags_assign(a, &doc), ERR_OK);
    assert_int_equal(tree_parse(a, &doc), ERR_OK);
    check_is_tree(&doc);
    arena_free(a);
}

static void test_no_memory(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20), *small = arena_new(8);
    struct document doc = spaced_document(a, "It said no .");
    assert_int_equal(tree_parse(small, &doc), ERR_NO_MEMORY);
    arena_free(small);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clause_behind_said),
        cmocka_unit_test(test_infinitive_behind_agreed),
        cmocka_unit_test(test_infinitive_far_behind_agreed),
        cmocka_unit_test(test_if_asks_or_tells_a_condition),
        cmocka_unit_test(test_it_stands_for_the_clause),
        cmocka_unit_test(test_long_sentence),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
