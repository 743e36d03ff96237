#include "tests/unit/check.h"

#include "pipeline/sexes.h"

static const struct {
    const char *word;
    enum sex sex;
} words[] = {
    {"he", SEX_MALE},         {"her", SEX_FEMALE},     {"mr.", SEX_MALE},
    {"chairman", SEX_MALE},   {"woman", SEX_FEMALE},   {"chairwoman", SEX_FEMALE},
    {"teacher", SEX_UNKNOWN}, {"they", SEX_UNKNOWN},   {"Queen", SEX_FEMALE},
    {"", SEX_UNKNOWN},        {"spokesman", SEX_MALE}, {"german", SEX_UNKNOWN},
};

static void knows_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        assert_int_equal(sex_of_word(text_of(words[i].word)), words[i].sex);
}

static void unknown_agrees_with_all(void **state)
{
    (void)state;
    assert_true(sexes_agree(SEX_UNKNOWN, SEX_MALE));
    assert_true(sexes_agree(SEX_FEMALE, SEX_FEMALE));
    assert_false(sexes_agree(SEX_FEMALE, SEX_MALE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_words),
        cmocka_unit_test(unknown_agrees_with_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
