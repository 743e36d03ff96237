#include "tests/unit/pipeline/layers.h"

#include <stdio.h>

/* `want` is the text with a | where one sentence ends and the next begins. */
static void check(const char *want)
{
    struct arena *a = arena_new(1 << 20);
    char plain[1024], got[2048] = "";
    uint32_t len = 0;

    for (const char *p = want; *p; p++)
        if (*p != '|')
            plain[len++] = *p;
    struct document doc = read_tokens(a, (struct text){plain, len});
    for (uint32_t i = 0; i < doc.sentences.count; i++) {
        struct span s = doc.sentences.at[i].span;
        snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s%.*s", i ? " |" : "",
                 (int)(s.end - s.start), doc.text.bytes + s.start);
    }
    assert_string_equal(got, want);
    arena_free(a);
}

static void ends_at_stops(void **state)
{
    (void)state;
    check("Talks ended. |Both sides left.");
    check("Will it hold? |Nobody knows! |We wait.");
    check("He walked on… |Then he stopped.");
    check("It cost 3.5 percent. |15 people came.");
    check("no stop at all");
}

static void goes_on_after_abbreviations(void **state)
{
    (void)state;
    check("Gen. Akhtar met Mr. Orlov in St. Malo. |They talked.");
    check("The U.S. Senate voted. |It passed.");
    check("They live in the U.S. |The law is new.");
    check("Acme Inc. said so. |Shares of Acme Inc. |But they fell.");
    check("At 5 p.m. Monday it opens. |It closes at 9 p.m. |The rest is known.");
    check("It opens at 9 p.m. Eastern and closes at 9 a.m. |Norland stays open.");
    check("See No. 5 below. |He said no. |She agreed.");
    check("It starts on Sept. 5 in Oslo. |He fell ill. |She stayed.");
    check("Fruit, e.g. Apples, is cheap. |They sell pens, paper, etc. |Apples too.");
    check("Anna K. Holm and J. R. Stone came. |So did I. |The others left.");
}

static void keeps_list_numbers_with_their_item(void **state)
{
    (void)state;
    check("1. Build the bridge. |2. Open it.");
    check("2.1. Build it. |B. Open it.");
    check("He was born in 1984. |She was not.");
}

static void keeps_closing_quotes_and_brackets(void **state)
{
    (void)state;
    check("“We will pay.” |He left.");
    check("“We will pay!” he said. |Nobody did.");
    check("\"Will you?\" she asked. |\"Yes.\" |\"No.\"");
    check("(It rained.) |He left.");
    check("He left. \"");
    check("It runs on iPhone. |eBay sells it.");
}

static void takes_references_along(void **state)
{
    (void)state;
    check("It fell. [3] [12] |He left.");
    check("It fell. |[Music] He left.");
    check("It fell. [3]");
}

static void reads_spaced_marks_as_one(void **state)
{
    (void)state;
    check("He left . . . as soon as he could. |It fell.");
    check("He left . . . |Then he came back.");
    check("It rose to .5 percent.");
    check("“We try [...] We do it.” |“We try ... |We do it.”");
}

static void goes_on_in_lower_case_behind_a_dash(void **state)
{
    (void)state;
    check("“Why?” – so he asked. |“No!” |– The minister.");
}

static void glued_sentences_are_two(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct document doc = read_tokens(a, text_of("It ends in the spring.The union agreed."));
    assert_int_equal(doc.sentences.count, 2);
    doc = read_tokens(a, text_of("It runs Node.Js code."));
    assert_int_equal(doc.sentences.count, 1);
    arena_free(a);
}

static void never_crosses_a_paragraph(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct document doc = read_tokens(a, text_of("Talks go on\n\nBoth sides met. They talked."));
    assert_int_equal(doc.sentences.count, 3);
    assert_int_equal(doc.sentences.at[0].paragraph, 0);
    assert_int_equal(doc.sentences.at[2].paragraph, 1);
    arena_free(a);
}

static void cuts_what_has_no_end(void **state)
{
    (void)state;
    enum { LEN = 5 * SENTENCE_BYTES_MAX };
    struct arena *a = arena_new((size_t)LEN * 200);
    char *bytes = arena_alloc(a, LEN);

    for (uint32_t i = 0; i < LEN; i++)
        bytes[i] = i % 10 == 9 ? ' ' : 'x';
    struct document doc = read_tokens(a, (struct text){bytes, LEN});
    assert_true(doc.sentences.count >= 5 && doc.sentences.count < 8);
    for (uint32_t i = 0; i < doc.sentences.count; i++) {
        struct span s = doc.sentences.at[i].span;
        assert_true(s.end - s.start <= SENTENCE_BYTES_MAX && s.start % 10 == 0);
    }
    arena_free(a);
}

static void tells_of_missing_memory(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 12), *small = arena_new(16);
    struct document doc = read_paragraphs(a, text_of("One. Two."));
    struct sentences got = {NULL, 7};

    assert_int_equal(sentences_cut(small, &doc, &got), ERR_NO_MEMORY);
    assert_int_equal(got.count, 7);
    arena_free(small);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_at_stops),
        cmocka_unit_test(goes_on_after_abbreviations),
        cmocka_unit_test(keeps_list_numbers_with_their_item),
        cmocka_unit_test(keeps_closing_quotes_and_brackets),
        cmocka_unit_test(takes_references_along),
        cmocka_unit_test(reads_spaced_marks_as_one),
        cmocka_unit_test(goes_on_in_lower_case_behind_a_dash),
        cmocka_unit_test(glued_sentences_are_two),
        cmocka_unit_test(never_crosses_a_paragraph),
        cmocka_unit_test(cuts_what_has_no_end),
        cmocka_unit_test(tells_of_missing_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
