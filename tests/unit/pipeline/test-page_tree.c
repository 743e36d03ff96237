#include "tests/unit/check.h"

#include "base/strbuf.h"
#include "pipeline/page.h"
#include "pipeline/page_scan.h"
#include "pipeline/page_tree.h"

static struct page_tree read_tree(struct arena *a, const char *html)
{
    struct page_tree tree;
    assert_int_equal(page_tree_read(a, text_of(html), &tree), ERR_OK);
    return tree;
}

static uint32_t find(const struct page_tree *tree, enum page_tag tag)
{
    for (uint32_t i = 0; i < tree->count; i++)
        if (tree->nodes[i].tag == tag)
            return i;
    fail_msg("no such element");
    return 0;
}

static void check_below(struct arena *a, const struct page_tree *tree, enum page_tag tag,
                        const char *want)
{
    struct text t;
    assert_int_equal(page_tree_text(a, tree, find(tree, tag), 1000, &t), ERR_OK);
    check_text(t, want);
}

static void reads_elements_and_text(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct page_tree tree =
        read_tree(a, "<p CLASS=' a b '>One &amp; <b>t\xc2\xadwo</b>\n<p>three<ul><li>four<li>five");
    check_text(page_attribute(&tree, find(&tree, TAG_P), ATTR_CLASS), "a b");
    check_below(a, &tree, TAG_P, "One & two");
    check_below(a, &tree, TAG_LI, "four");
    check_below(a, &tree, TAG_UL, "four five");
    assert_null(page_attribute(&tree, find(&tree, TAG_P), ATTR_ID).bytes);
    arena_free(a);
}

static void subtrees_are_runs(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct page_tree tree = read_tree(a, "<div><p>a</p><p>b</p></div></p></div><section>c");
    for (uint32_t i = 1; i < tree.count; i++) {
        const struct page_node *n = &tree.nodes[i], *parent = &tree.nodes[n->parent];
        assert_true(n->parent < i && i < n->end && n->end <= parent->end);
    }
    assert_int_equal(tree.nodes[0].end, tree.count);
    arena_free(a);
}

static void keeps_scripts_only_if_they_are_data(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct page_tree tree = read_tree(
        a, "<script>var a = '<p>';</script><script type='application/ld+json'>{\"a\":1}</script>");
    uint32_t texts = 0;
    for (uint32_t i = 0; i < tree.count; i++)
        if (tree.nodes[i].tag == TAG_TEXT) {
            check_text(tree.nodes[i].text, "{\"a\":1}");
            texts++;
        }
    assert_int_equal(texts, 1);
    arena_free(a);
}

static void depth_is_bounded(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 24);
    char html[5 * PAGE_DEPTH_MAX + 1];
    struct page_tree tree = {.count = 7};

    for (size_t i = 0; i < PAGE_DEPTH_MAX; i++)
        memcpy(html + 5 * i, "<div>", 5);
    assert_int_equal(page_tree_read(a, (struct text){html, 5 * (PAGE_DEPTH_MAX - 10)}, &tree),
                     ERR_OK);
    tree.count = 7;
    assert_int_equal(page_tree_read(a, (struct text){html, 5 * PAGE_DEPTH_MAX}, &tree),
                     ERR_TOO_COMPLEX);
    assert_int_equal(tree.count, 7);
    arena_free(a);
}

static void memory_may_run_out_anywhere(void **state)
{
    (void)state;
    struct text html =
        text_of("<!DOCTYPE html><title>a</title><!-- b --><?c d?><p class='x&amp;y' id=z>"
                "one &eacute;<odd><script>s</script><p>two</nothing><table><td>three");
    enum err e = ERR_NO_MEMORY;
    page_prepare(); /* else libxml2 takes its memory past the budget */
    for (size_t budget = 0; e != ERR_OK; budget += 16) {
        struct arena *a = arena_new(budget);
        struct page_tree tree;
        e = page_tree_read(a, html, &tree);
        assert_true(e == ERR_OK || e == ERR_NO_MEMORY);
        arena_free(a);
    }
}

/* "<a a0=1 a1=1 …>" with `count` attributes behind `before`. */
static bool fits(struct arena *a, const char *before, unsigned count)
{
    struct strbuf b = strbuf_in(a);
    struct text html;
    strbuf_str(&b, before);
    for (unsigned i = 0; i < count; i++)
        strbuf_printf(&b, " a%u=1", i);
    strbuf_str(&b, ">");
    assert_int_equal(strbuf_finish(&b, &html), ERR_OK);
    return page_scan_fits(html);
}

static void attributes_are_counted_before_they_cost(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    assert_true(fits(a, "<a", 1000));
    assert_false(fits(a, "<a", 40000));
    assert_false(fits(a, "<!-- <a", 40000)); /* what hides a tag from us may not hide it from it */
    assert_false(fits(a, "<b title='<a", 40000));
    assert_true(fits(a, "1 < 2", 40000));
    assert_true(page_scan_fits((struct text){NULL, 0}));
    arena_free(a);
}

static void a_long_value_is_one_attribute(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    assert_true(fits(a, "<a title='", 40000));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_elements_and_text),
        cmocka_unit_test(subtrees_are_runs),
        cmocka_unit_test(keeps_scripts_only_if_they_are_data),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(memory_may_run_out_anywhere),
        cmocka_unit_test(attributes_are_counted_before_they_cost),
        cmocka_unit_test(a_long_value_is_one_attribute),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
