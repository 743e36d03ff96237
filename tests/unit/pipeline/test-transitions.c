#include "tests/unit/check.h"

#include "models/document.h"
#include "pipeline/transitions.h"

enum { WORDS = 3 };

struct room {
    struct node nodes[WORDS];
    uint32_t stack[WORDS];
    struct transitions t;
};

static void start(struct room *r)
{
    r->t.nodes = r->nodes;
    r->t.stack = r->stack;
    transitions_start(&r->t, WORDS);
}

/* "they said no": said is the root, they its subject, no its object. */
static void test_builds_a_tree(void **state)
{
    (void)state;
    struct room r;
    start(&r);
    transitions_apply(&r.t, MOVE_SHIFT, DEPREL_NONE);
    transitions_apply(&r.t, MOVE_LEFT, DEPREL_NSUBJ);
    transitions_apply(&r.t, MOVE_SHIFT, DEPREL_NONE);
    transitions_apply(&r.t, MOVE_SHIFT, DEPREL_NONE);
    transitions_apply(&r.t, MOVE_RIGHT, DEPREL_OBJ);
    assert_false(transitions_done(&r.t));
    transitions_apply(&r.t, MOVE_LEFT, DEPREL_ROOT);
    assert_true(transitions_done(&r.t));

    assert_int_equal(r.nodes[0].head, 1);
    assert_int_equal(r.nodes[1].head, WORDS);
    assert_int_equal(r.nodes[2].head, 1);
    assert_int_equal(r.nodes[1].left, 0);
    assert_int_equal(r.nodes[1].right, 2);
    assert_true(r.nodes[1].left_labels == UINT64_C(1) << DEPREL_NSUBJ);
    assert_true(r.nodes[1].right_labels == UINT64_C(1) << DEPREL_OBJ);
}

static void test_allows(void **state)
{
    (void)state;
    struct room r;
    start(&r);
    assert_true(transitions_allows(&r.t, MOVE_SHIFT));
    assert_false(transitions_allows(&r.t, MOVE_LEFT));
    assert_false(transitions_allows(&r.t, MOVE_RIGHT));
    for (int i = 0; i < WORDS; i++)
        transitions_apply(&r.t, MOVE_SHIFT, DEPREL_NONE);
    assert_false(transitions_allows(&r.t, MOVE_SHIFT));
    assert_false(transitions_allows(&r.t, MOVE_LEFT)); /* the root takes one word only */
    assert_true(transitions_allows(&r.t, MOVE_RIGHT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_builds_a_tree),
        cmocka_unit_test(test_allows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
