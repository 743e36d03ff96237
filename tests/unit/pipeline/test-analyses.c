/*
 * All of GUM dev is analysed alike with SIMD and without. The linker puts __wrap_linear_score in
 * the place of linear_score (tests/unit/meson.build).
 */
#include <string.h>

#include "models/request.h"
#include "pipeline/linear.h"
#include "pipeline/run.h"
#include "tests/unit/shared.h"

#define GUM_DEV "corpora/treebanks/gum-open/dev.conllu"

enum { ARENA_BYTES = 1 << 30, SENTENCES_MIN = 500 };

// NOLINTBEGIN(cert-dcl37-c,cert-dcl51-cpp,bugprone-reserved-identifier): the linker's names
void __real_linear_score(const struct linear *model, const struct rows *rows, struct scores *out);
void __wrap_linear_score(const struct linear *model, const struct rows *rows, struct scores *out);
// NOLINTEND(cert-dcl37-c,cert-dcl51-cpp,bugprone-reserved-identifier)

static bool without_simd;
static uint64_t scored; /* by the portable path */

void __wrap_linear_score(const struct linear *model, const struct rows *rows, struct scores *out)
{
    if (!without_simd) {
        __real_linear_score(model, rows, out);
        return;
    }
    linear_score_portable(model, rows, out);
    scored++;
}

/* The lines "# text = …" of the treebank, one sentence a paragraph. */
static struct text sentences_of(struct arena *a, struct text conllu, uint32_t *count)
{
    static const char mark[] = "# text = ";
    char *bytes = arena_alloc(a, conllu.len + 1);
    uint32_t len = 0;

    assert_non_null(bytes);
    for (uint32_t i = 0; i < conllu.len;) {
        const char *line = conllu.bytes + i;
        const char *end = memchr(line, '\n', conllu.len - i);
        uint32_t size = end ? (uint32_t)(end - line) : conllu.len - i;
        if (size > sizeof(mark) - 1 && memcmp(line, mark, sizeof(mark) - 1) == 0) {
            memcpy(bytes + len, line + sizeof(mark) - 1, size - (sizeof(mark) - 1));
            len += size - (uint32_t)(sizeof(mark) - 1);
            bytes[len++] = '\n';
            bytes[len++] = '\n';
            ++*count;
        }
        i += size + 1;
    }
    return (struct text){bytes, len};
}

static struct summary analyse(struct arena *a, struct text text, bool portable)
{
    struct request r = {.kind = SOURCE_TEXT, .content = text};
    struct problem why = {.code = ERR_OK};
    struct summary s;

    without_simd = portable;
    assert_int_equal(pipeline_run(a, &r, NULL, NULL, &s, &why), ERR_OK);
    return s;
}

static void simd_and_scalar_analyse_alike(void **state)
{
    (void)state;
    struct arena *a = arena_new(ARENA_BYTES);
    struct text conllu = shared_read(a, GUM_DEV);
    uint32_t count = 0;

    if (!conllu.bytes)
        shared_missing(GUM_DEV);
    struct text text = sentences_of(a, conllu, &count);
    assert_true(count >= SENTENCES_MIN);
    struct summary fast = analyse(a, text, false);
    assert_int_equal(scored, 0);
    struct summary plain = analyse(a, text, true);
    assert_true(scored > plain.document.tokens.count);
    assert_int_equal(fast.document.tokens.count, plain.document.tokens.count);
    for (uint32_t i = 0; i < plain.document.tokens.count; i++) {
        const struct token *x = &fast.document.tokens.at[i], *y = &plain.document.tokens.at[i];
        assert_int_equal(x->span.start, y->span.start);
        assert_int_equal(x->upos, y->upos);
        assert_int_equal(x->xpos, y->xpos);
        assert_int_equal(x->head, y->head);
        assert_int_equal(x->deprel, y->deprel);
        assert_int_equal(x->name, y->name);
    }
    assert_int_equal(fast.commitments.count, plain.commitments.count);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(simd_and_scalar_analyse_alike)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
