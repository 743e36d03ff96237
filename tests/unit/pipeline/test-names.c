#include "tests/unit/check.h"

#include "pipeline/names.h"
#include "pipeline/tags.h"
#include "tests/unit/pipeline/layers.h"

struct expected {
    const char *words;
    enum name_class class;
};

static struct document named(struct arena *a, const char *text)
{
    struct document doc = read_tokens(a, text_of(text));
    assert_int_equal(tags_assign(a, &doc), ERR_OK);
    assert_int_equal(names_mark(a, &doc), ERR_OK);
    return doc;
}

static struct text name_text(const struct document *doc, uint32_t i)
{
    struct span s = doc->tokens.at[i].span;
    while (++i < doc->tokens.count && doc->tokens.at[i].name && !doc->tokens.at[i].name_begins)
        s.end = doc->tokens.at[i].span.end;
    return text_slice(doc->text, s);
}

/* Exactly these names, in the order of the text. */
static void check_names(const char *text, const struct expected *names, uint32_t count)
{
    struct arena *a = arena_new(1 << 24);
    struct document doc = named(a, text);
    uint32_t found = 0;
    for (uint32_t i = 0; i < doc.tokens.count; i++) {
        if (!doc.tokens.at[i].name_begins)
            continue;
        assert_true(found < count);
        check_text(name_text(&doc, i), names[found].words);
        assert_string_equal(name_class_names[doc.tokens.at[i].name],
                            name_class_names[names[found].class]);
        found++;
    }
    assert_int_equal(found, count);
    arena_free(a);
}

static void test_running_text(void **state)
{
    (void)state;
    static const struct expected names[] = {
        {"Norwegian", NAME_NATIONALITY}, {"Kari Holm", NAME_PERSON}, {"Oslo", NAME_PLACE},
        {"Holm", NAME_PERSON},           {"Germany", NAME_COUNTRY},
    };
    check_names(
        "Norwegian Finance Minister Kari Holm spoke in Oslo on Monday. Holm said that Germany "
        "would pay more.",
        names, 5);
}

static void test_no_names(void **state)
{
    (void)state;
    check_names("On Monday the minister said that she would build more schools in May.", NULL, 0);
}

static void test_office_inside_is_cut(void **state)
{
    (void)state;
    static const struct expected names[] = {{"Boeing", NAME_ORGANISATION},
                                            {"Anna Berg", NAME_PERSON}};
    check_names("The talks with Boeing CEO Anna Berg went well.", names, 2);
}

static void test_no_memory(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 22), *small = arena_new(8);
    struct document doc = read_tokens(a, text_of("Anna Berg met the press in Oslo."));
    assert_int_equal(tags_assign(a, &doc), ERR_OK);
    assert_int_equal(names_mark(small, &doc), ERR_NO_MEMORY);
    arena_free(small);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_running_text),
        cmocka_unit_test(test_no_names),
        cmocka_unit_test(test_office_inside_is_cut),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
