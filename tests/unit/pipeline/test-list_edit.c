#include "tests/unit/check.h"

#include <stdio.h>

#include "base/strbuf.h"
#include "pipeline/list_edit.h"

struct heard {
    uint32_t line;
    char what[400];
};

static void hear(void *to, uint32_t line, const char *what)
{
    struct heard *h = to;
    h->line = line;
    snprintf(h->what, sizeof(h->what), "%s", what);
}

static struct list_change edit(struct arena *a, const char *name, struct text rows, bool apply,
                               struct heard *heard)
{
    const struct list_listener listener = {hear, heard};
    struct list_change change;

    *heard = (struct heard){0, ""};
    assert_true(list_is_open(name));
    assert_int_equal(list_edit(a, name, rows, apply, &listener, &change), ERR_OK);
    return change;
}

/* Our own rows keep the rules that an editor's are held to. */
static void every_embedded_row_is_well_formed(void **state)
{
    (void)state;
    unsigned open = 0;
    for (const struct named_wordlist *n = named_wordlists; n->name; n++) {
        if (!list_is_open(n->name))
            continue;
        struct arena *a = arena_new(1 << 28);
        struct strbuf b = strbuf_in(a);
        struct heard heard;
        struct text rows;
        for (uint32_t i = 0; i < n->list->row_count; i++) {
            strbuf_str(&b, n->list->rows[i].key);
            for (unsigned k = 0; k < WORDLIST_COLUMNS_MAX && n->list->rows[i].values[k]; k++) {
                strbuf_char(&b, '\t');
                strbuf_str(&b, n->list->rows[i].values[k]);
            }
            strbuf_char(&b, '\n');
        }
        assert_int_equal(strbuf_finish(&b, &rows), ERR_OK);
        struct list_change c = edit(a, n->name, rows, false, &heard);
        if (c.faults)
            print_error("%s: row %u: %s\n", n->name, heard.line, heard.what);
        assert_int_equal(c.faults, 0);
        assert_int_equal(c.replaced, n->list->row_count);
        arena_free(a);
        open++;
    }
    assert_true(open > 15);
}

static void a_wrong_row_is_told_with_its_line(void **state)
{
    static const struct {
        const char *list, *rows, *what;
        uint32_t line;
    } cases[] = {
        {"roles", "# ours\n\nloremaster\thed\n", "Did you mean head?", 3},
        {"roles", "Loremaster\thead\n", "must be in lower case", 1},
        {"roles", "loremaster\n", "1 to 2 are wanted", 1},
        {"roles", "loremaster\thead\tcivil\tx\n", "1 to 2 are wanted", 1},
        {"roles", "loremaster\thead\t\tx\n", "1 to 2 are wanted", 1},
        {"roles", "a  b\thead\n", "one space apart", 1},
        {"roles", " a\thead\n", "one space apart", 1},
        {"roles", "\thead\n", "must begin with its key", 1},
        {"roles", "vice-warden\thead\n", "are cut as \"vice - warden\"", 1},
        {"roles", "people's advocate\thead\n", "are cut as \"people 's advocate\"", 1},
        {"roles", "loremaster\thead\nloremaster\thead\n", "stands already in line 1", 2},
        {"roles", "!loremaster\n", "does not have it", 1},
        {"roles", "!minister\thead\n", "has nothing behind it", 1},
        {"roles", "!minister\nminister\thead\n", "stands already in line 1", 2},
        {"roles", "caf\xE9\thead\n", "byte 4 of the line is not UTF-8", 1},
        {"commitment-triggers", "swear/verb\tpledge\tinf,thet\n", "Did you mean that?", 1},
        {"page-notes", "our podcast\tany\tmany\n", "a whole number is wanted", 1},
        {"reporting-verbs", "avers\tx\n", "0 to 0 are wanted", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct arena *a = arena_new(1 << 24);
        struct heard heard;
        struct list_change c = edit(a, cases[i].list, text_of(cases[i].rows), false, &heard);
        assert_int_equal(c.faults, 1);
        assert_int_equal(heard.line, cases[i].line);
        if (!strstr(heard.what, cases[i].what))
            fail_msg("%s: heard %s", cases[i].rows, heard.what);
        arena_free(a);
    }
}

static void lists_that_code_counts_on_are_closed(void **state)
{
    (void)state;
    assert_false(list_is_open("commitment-weights"));
    assert_false(list_is_open("columns"));
    assert_false(list_is_open("no-such-list"));
}

static const struct wordlist_row *role(const char *key)
{
    return wordlist_find(&wordlist_roles, text_of(key));
}

static void rows_are_in_effect_once_none_is_wrong(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 24);
    struct heard heard;
    uint32_t before = wordlist_roles.row_count;

    assert_null(role("loremaster"));
    edit(a, "roles", text_of("loremaster\thead\nwrong\n"), true, &heard);
    assert_null(role("loremaster"));

    const char rows[] =
        "loremaster\thead\tcivil\r\nminister\tmodifier\n!lady\nkeeper of the seals\thead";
    struct list_change c = edit(a, "roles", text_of(rows), true, &heard);
    assert_int_equal(c.faults, 0);
    assert_int_equal(c.added, 2);
    assert_int_equal(c.replaced, 1);
    assert_int_equal(c.removed, 1);
    assert_int_equal(wordlist_roles.row_count, before + 1);
    assert_string_equal(role("loremaster")->values[1], "civil");
    assert_string_equal(role("minister")->values[0], "modifier");
    assert_null(role("lady"));
    assert_non_null(role("keeper of the seals"));
    assert_non_null(role("president"));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_embedded_row_is_well_formed),
        cmocka_unit_test(a_wrong_row_is_told_with_its_line),
        cmocka_unit_test(lists_that_code_counts_on_are_closed),
        cmocka_unit_test(rows_are_in_effect_once_none_is_wrong), /* changes a list: the last */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
