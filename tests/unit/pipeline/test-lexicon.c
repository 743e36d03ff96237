#include "tests/unit/check.h"

#include "pipeline/weights.h"

static struct lexeme look_up(const char *form)
{
    struct lexicon lexicon = weights_embedded(WEIGHTS_WORDS).lexicon;
    return lexicon_look_up(&lexicon, text_of(form));
}

static void test_known(void **state)
{
    (void)state;
    assert_true(look_up("promise").pos & LEX_VERB);
    assert_true(look_up("promise").pos & LEX_NOUN);
    assert_true(look_up("promise").frames & FRAME_TO);
    assert_true(look_up("say").frames & FRAME_THAT);
    assert_true(look_up("the").fine != 0);
}

static void test_inherits_from_base(void **state)
{
    (void)state;
    assert_true(look_up("vaccinating").pos & LEX_VERB);
    assert_true(look_up("vaccinating").pos & LEX_INFLECTED);
    assert_true(look_up("refitted").pos & LEX_VERB);
    assert_true(look_up("tributaries").pos & LEX_NOUN);
    assert_true(look_up("went").pos & LEX_VERB);
}

static void test_unknown(void **state)
{
    (void)state;
    static char longest[300];
    memset(longest, 's', sizeof(longest) - 1);
    assert_int_equal(look_up("qwrtpsdfg").pos, 0);
    assert_int_equal(look_up("qwrtpsdfg").fine, 0);
    assert_int_equal(look_up("").pos, 0);
    assert_int_equal(look_up(longest).pos, 0);
}

static void test_full_table(void **state)
{
    (void)state;
    static const struct lexeme at[2] = {{.key = 7}, {.key = 9}};
    struct lexicon full = {at, 2};
    assert_ptr_equal(lexicon_find(&full, 9), &at[1]);
    assert_null(lexicon_find(&full, 8)); /* ends, though no slot is empty */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_inherits_from_base),
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_full_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
