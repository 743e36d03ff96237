#include "tests/unit/check.h"

#include "base/arena.h"
#include "pipeline/forms.h"

static const struct {
    const char *form, *norm;
    unsigned shape;
} cases[] = {
    {"vaccine", "vaccine", SHAPE_WORD},
    {"Russia", "russia", SHAPE_WORD | SHAPE_FIRST_UPPER},
    {"iPhone", "iphone", SHAPE_WORD},
    {"NATO", "nato", SHAPE_WORD | SHAPE_FIRST_UPPER | SHAPE_ALL_UPPER},
    {"U.S.", "u.s.", SHAPE_WORD | SHAPE_FIRST_UPPER | SHAPE_ALL_UPPER},
    {"I", "i", SHAPE_WORD | SHAPE_FIRST_UPPER},
    {"2021", "2021", SHAPE_HAS_DIGIT | SHAPE_ALL_DIGIT},
    {"1,000", "1,000", SHAPE_HAS_DIGIT},
    {"G7", "g7", SHAPE_WORD | SHAPE_FIRST_UPPER | SHAPE_HAS_DIGIT},
    {"n\xe2\x80\x99t", "n't", SHAPE_WORD},
    {"\xe2\x80\x9c", "\"", 0},
    {"\xe2\x80\x93", "-", 0},
    {"\xc3\x89lys\xc3\xa9"
     "e",
     "\xc3\xa9lys\xc3\xa9"
     "e",
     SHAPE_WORD | SHAPE_FIRST_UPPER},
    {"\xc8\xba", "\xe2\xb1\xa5", SHAPE_WORD | SHAPE_FIRST_UPPER},
};

static void test_forms(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 16);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct text text = text_of(cases[i].form);
        struct token token = {.span = {0, text.len}};
        assert_int_equal(token_form(a, text, &token), ERR_OK);
        check_text(token.norm, cases[i].norm);
        assert_int_equal(token.shape, cases[i].shape | SHAPE_SPACE_BEFORE);
    }
    arena_free(a);
}

static void test_space_before(void **state)
{
    (void)state;
    struct text text = TEXT("it\xc2\xa0isn't");
    struct token spaced = {.span = {4, 6}}, glued = {.span = {6, 9}};
    struct arena *a = arena_new(1 << 16);
    assert_int_equal(token_form(a, text, &spaced), ERR_OK);
    assert_int_equal(token_form(a, text, &glued), ERR_OK);
    assert_true(spaced.shape & SHAPE_SPACE_BEFORE);
    assert_false(glued.shape & SHAPE_SPACE_BEFORE);
    arena_free(a);
}

static void test_no_memory(void **state)
{
    (void)state;
    struct text text = TEXT("Russia");
    struct token token = {.span = {0, 6}};
    struct arena *a = arena_new(1);
    assert_int_equal(token_form(a, text, &token), ERR_NO_MEMORY);
    assert_null(token.norm.bytes);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_space_before),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
