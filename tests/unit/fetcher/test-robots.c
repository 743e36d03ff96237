#include "tests/unit/check.h"

#include "fetcher/robots.h"

static bool allowed(const char *robots, const char *path)
{
    return robots_allow(text_of(robots), "onrecord", text_of(path));
}

static void no_rule_allows(void **state)
{
    (void)state;
    assert_true(allowed("", "/a"));
    assert_true(allowed("<html>not found</html>", "/a"));
    assert_true(allowed("User-agent: *\nDisallow:\n", "/a"));
    assert_true(allowed("User-agent: other\nDisallow: /\n", "/a"));
    assert_true(allowed("Disallow: /\n", "/a")); /* belongs to no group */
}

static void a_group_for_all_counts(void **state)
{
    (void)state;
    const char *robots = "\xef\xbb\xbfuser-agent : *  # all\r\nDISALLOW : /private # why\r\n";
    assert_false(allowed(robots, "/private/a"));
    assert_false(allowed(robots, "/privately"));
    assert_true(allowed(robots, "/public"));
}

static void our_group_beats_the_one_for_all(void **state)
{
    (void)state;
    const char *robots = "User-agent: *\nDisallow: /\n\n"
                         "User-agent: a\nUser-agent: OnRecord/1.0\nDisallow: /x\n";
    assert_true(allowed(robots, "/a"));
    assert_false(allowed(robots, "/x"));
    assert_false(allowed("User-agent: onrecorder\nUser-agent: *\nDisallow: /\n", "/a"));
    assert_true(allowed("User-agent: onrecorder\nDisallow: /\n", "/a"));
}

static void the_longest_rule_wins(void **state)
{
    (void)state;
    const char *robots = "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\n";
    assert_false(allowed(robots, "/a/x"));
    assert_true(allowed(robots, "/a/b/x"));
    assert_false(allowed(robots, "/a/b/c"));
    assert_true(allowed("User-agent: *\nDisallow: /a\nAllow: /a\n", "/a"));
}

static void stars_and_ends_match(void **state)
{
    (void)state;
    const char *robots = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /*/print/*x\n";
    assert_false(allowed(robots, "/a/b.pdf"));
    assert_false(allowed(robots, "/.pdf.pdf"));
    assert_true(allowed(robots, "/a/b.pdf?x"));
    assert_false(allowed(robots, "/a/print/bx"));
    assert_false(allowed(robots, "/a/b/print/xyz"));
    assert_true(allowed(robots, "/a/print/b"));
    assert_true(allowed(robots, "/print/x"));
    assert_false(allowed("User-agent: *\nDisallow: /$\n", "/"));
    assert_true(allowed("User-agent: *\nDisallow: /$\n", "/a"));
}

/* One file could ask for billions of steps: it is cut off, and counts as a refusal. */
static void hostile_files_are_cut_off(void **state)
{
    (void)state;
    enum { SIZE = 200000 };
    static char robots[SIZE], path[8000];
    struct text head = text_of("User-agent: *\n"), rule = text_of("b\nDisallow: *");
    memset(robots, 'a', SIZE - 1);
    memset(path, 'a', sizeof path - 1);
    memcpy(robots, head.bytes, head.len);
    for (size_t i = head.len; i + 4000 < SIZE; i += 4000)
        memcpy(robots + i, rule.bytes, rule.len);
    assert_false(allowed(robots, path));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_rule_allows),
        cmocka_unit_test(a_group_for_all_counts),
        cmocka_unit_test(our_group_beats_the_one_for_all),
        cmocka_unit_test(the_longest_rule_wins),
        cmocka_unit_test(stars_and_ends_match),
        cmocka_unit_test(hostile_files_are_cut_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
