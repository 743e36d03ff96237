#include "tests/unit/check.h"

#include "base/arena.h"
#include "pipeline/lemmas.h"

static const struct {
    const char *norm;
    enum xpos xpos;
    const char *lemma;
} cases[] = {
    {"provided", XPOS_VBN, "provide"},
    {"provided", XPOS_JJ, "provided"},
    {"agreed", XPOS_VBD, "agree"},
    {"needed", XPOS_VBD, "need"},
    {"pledged", XPOS_VBD, "pledge"},
    {"pledging", XPOS_VBG, "pledge"},
    {"planned", XPOS_VBN, "plan"},
    {"planed", XPOS_VBD, "plane"},
    {"hoping", XPOS_VBG, "hope"},
    {"hopping", XPOS_VBG, "hop"},
    {"offered", XPOS_VBD, "offer"},
    {"required", XPOS_VBN, "require"},
    {"visiting", XPOS_VBG, "visit"},
    {"inviting", XPOS_VBG, "invite"},
    {"avoided", XPOS_VBD, "avoid"},
    {"decided", XPOS_VBD, "decide"},
    {"said", XPOS_VBD, "say"},
    {"found", XPOS_VBD, "find"},
    {"found", XPOS_VB, "found"},
    {"calling", XPOS_VBG, "call"},
    {"controlled", XPOS_VBN, "control"},
    {"tried", XPOS_VBD, "try"},
    {"died", XPOS_VBD, "die"},
    {"continued", XPOS_VBD, "continue"},
    {"bring", XPOS_VB, "bring"},
    {"bringing", XPOS_VBG, "bring"},
    {"says", XPOS_VBZ, "say"},
    {"goes", XPOS_VBZ, "go"},
    {"passes", XPOS_VBZ, "pass"},
    {"rises", XPOS_VBZ, "rise"},
    {"is", XPOS_VBZ, "be"},
    {"'ll", XPOS_MD, "will"},
    {"countries", XPOS_NNS, "country"},
    {"vaccines", XPOS_NNS, "vaccine"},
    {"viruses", XPOS_NNS, "virus"},
    {"causes", XPOS_NNS, "cause"},
    {"women", XPOS_NNS, "woman"},
    {"taxes", XPOS_NNS, "tax"},
    {"states", XPOS_NNPS, "state"},
    {"paris", XPOS_NNP, "paris"},
    {"larger", XPOS_JJR, "large"},
    {"bigger", XPOS_JJR, "big"},
    {"earliest", XPOS_JJS, "early"},
    {"best", XPOS_JJS, "good"},
    {"them", XPOS_PRP, "they"},
    {"n't", XPOS_RB, "not"},
    {"s", XPOS_NNS, "s"},
    {"", XPOS_VBD, ""},
};

static void test_lemmas(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 16);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct text lemma = {NULL, 0};
        assert_int_equal(lemma_of(a, text_of(cases[i].norm), cases[i].xpos, &lemma), ERR_OK);
        check_text(lemma, cases[i].lemma);
    }
    arena_free(a);
}

static void test_no_memory(void **state)
{
    (void)state;
    struct arena *a = arena_new(1);
    struct text lemma = {NULL, 7};
    assert_int_equal(lemma_of(a, text_of("provided"), XPOS_VBD, &lemma), ERR_NO_MEMORY);
    assert_int_equal(lemma.len, 7);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lemmas),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
