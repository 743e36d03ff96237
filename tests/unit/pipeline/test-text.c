#include "tests/unit/pipeline/layers.h"

static void turns_line_ends_into_lf(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 16);
    struct text got = {"untouched", 9};

    assert_int_equal(text_normalise(a, text_of("a\r\nb\rc\n\r\n"), &got), ERR_OK);
    check_text(got, "a\nb\nc\n\n");
    assert_int_equal(text_normalise(a, text_of(" \r\n\t\xC2\xA0"), &got), ERR_EMPTY_TEXT);
    assert_int_equal(text_normalise(a, (struct text){NULL, 0}, &got), ERR_EMPTY_TEXT);
    check_text(got, "a\nb\nc\n\n");
    arena_free(a);
}

/* `want` is the paragraphs, a | between them. */
static void check_cut(const char *text, const char *want)
{
    struct arena *a = arena_new(1 << 20);
    struct document doc = read_paragraphs(a, text_of(text));
    char got[2048] = "";
    size_t len = 0;

    for (uint32_t i = 0; i < doc.paragraphs.count; i++) {
        struct text t = text_slice(doc.text, doc.paragraphs.at[i].span);
        if (i > 0)
            got[len++] = '|';
        memcpy(got + len, t.bytes, t.len);
        len += t.len;
    }
    assert_string_equal(got, want);
    arena_free(a);
}

static void cuts_at_blank_lines_and_line_ends(void **state)
{
    (void)state;
    check_cut("One.\n\nTwo.\n \n\nThree.", "One.|Two.|Three.");
    check_cut("One.\nTwo.\n", "One.|Two.");
    check_cut("  One. \n\tTwo.", "One.|Two.");
    check_cut("A plan:\n- Build the bridge\n- Open it\n", "A plan:|- Build the bridge|- Open it");
}

static void joins_lines_wrapped_by_hand(void **state)
{
    (void)state;
    check_cut("The two ministers met in the old harbour town and\n"
              "agreed to build a bridge, which the smaller of the\n"
              "two countries will pay for until the year is over.\n"
              "\n"
              "Neither spoke afterwards.",
              "The two ministers met in the old harbour town and\n"
              "agreed to build a bridge, which the smaller of the\n"
              "two countries will pay for until the year is over.|"
              "Neither spoke afterwards.");
}

static void does_not_join_lines_of_their_own(void **state)
{
    (void)state;
    check_cut("Bridge to link the two harbour towns by next May\nBy Ann Holm\n\nThey met.",
              "Bridge to link the two harbour towns by next May|By Ann Holm|They met.");
}

static const char kind_letters[] = {'b', 'h', 'p', 'c'};

/* `kinds` has a letter a paragraph: body, headline, caption (p), credit. */
static void check_kinds(const char *text, const char *kinds)
{
    struct arena *a = arena_new(1 << 20);
    struct document doc = read_paragraphs(a, text_of(text));
    char got[64] = "";

    for (uint32_t i = 0; i < doc.paragraphs.count; i++)
        got[i] = kind_letters[doc.paragraphs.at[i].kind];
    assert_string_equal(got, kinds);
    arena_free(a);
}

static void marks_headlines(void **state)
{
    (void)state;
    check_kinds("Norland to Build Bridge\n\nThe minister said so.", "hb");
    check_kinds("Norland says it will build a bridge\n\nThe minister said so.", "hb");
    check_kinds("The minister said so.\n\nHe left.", "bb");
    check_kinds("Norland will build a bridge", "b");
    check_kinds("Monday, May 3, 2021\n\nThe minister said so.", "bb");
    check_kinds("It rained.\n\nWhat Happens Next\n\nIt will rain.", "bhb");
    check_kinds("It rained.\n\nWhat comes next\n\nIt will rain.", "bhb");
    check_kinds("It rained.\n\nBuild a bridge across the bay by 2022\n\nIt will rain.", "bbb");
    check_kinds("It rained.\n\n—Ann Holm\n\n“Bye,\nJim.”\nIt will.", "bbbbb");
    check_kinds("Norland’s “deal”\n\nIt rained.", "hb");
    check_kinds("Aims:\n- Build a Bridge\n- Train Pilots\nIt rained.", "bbbb");
}

static void marks_captions(void **state)
{
    (void)state;
    check_kinds("It rained.\n\nFILE PHOTO: Ann Holm speaks in Oslo.\n\nHe left.", "bpb");
    check_kinds("It rained.\n\nAnn Holm (left) and Bo Lind shake hands.\n\nHe left.", "bpb");
    check_kinds("It rained.\n\nThe old bridge. Image: Bo Lind.\n\nHe left.", "bpb");
    check_kinds("It rained.\n\nAnn Holm, left, and Bo Lind pose.\n\nHe left.", "bpb");
    check_kinds("It rained.\n\nBoth sides, left, right and centre, met.\n\nHe left.", "bbb");
    check_kinds("It rained.\n\nGov. Ann Holm (R) will build a bridge.\n\nHe left.", "bbb");
    check_kinds("It rained.\n\nFILE - Ann Holm speaks in Oslo.\n\nHe left.", "bpb");
    check_kinds("It rained.\n\nFile-by-file patches therefore help them.\n\nHe left.", "bbb");
    check_kinds("It rained.\n\nThe photo shows that he left it.\n\nHe left.", "bbb");
    check_kinds("It rained.\n\nHe left, she said, right away.\n\nHe left.", "bbb");
}

static void marks_credits(void **state)
{
    (void)state;
    check_kinds("It rained.\n\n(Reporting by Ann Holm; Editing by Bo Lind)", "bc");
    check_kinds("It rained.\n\nWith reporting by AP and dpa", "bc");
    check_kinds("It rained.\n\nCopyright 2021 Norland News.", "bc");
    check_kinds("It rained.\n\nCopyright law will change in May, she said.", "bb");
    check_kinds("It rained.\n\nReporting by the council shows that it will rain.", "bb");
    check_kinds("It rained.\n\nSign up for our newsletter to get more.", "bc");
    check_kinds("Norland to Build Bridge\nBy Ann Holm\nIt rained.", "hcb");
    check_kinds("By May the bridge will be open.\n\nHe left.", "bb");
    check_kinds("It rained.\n\nA source: the minister will sign up for it.", "bb");
    check_kinds("It rained.\n\nRead more books, the minister told them.", "bb");
}

static void finds_the_title(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 16);
    struct document doc = read_paragraphs(a, text_of("Photo: Bo Lind\n\nBridge Opens\n\nIt did."));
    check_text(doc.title, "Bridge Opens");

    struct text title = text_of("Known");
    assert_int_equal(text_paragraphs(a, doc.text, &doc.paragraphs, &title), ERR_OK);
    check_text(title, "Known");
    doc = read_paragraphs(a, text_of("It did.\n\nBridge Opens\n\nIt did."));
    assert_null(doc.title.bytes);
    arena_free(a);
}

static void tells_of_missing_memory(void **state)
{
    (void)state;
    struct arena *small = arena_new(16);
    struct paragraphs got = {NULL, 7};
    struct text title = {NULL, 0}, text = {NULL, 7};

    assert_int_equal(text_paragraphs(small, text_of("A\nB\nC."), &got, &title), ERR_NO_MEMORY);
    assert_int_equal(got.count, 7);
    assert_int_equal(text_normalise(small, text_of("A text of some length."), &text),
                     ERR_NO_MEMORY);
    assert_int_equal(text.len, 7);
    arena_free(small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_line_ends_into_lf),
        cmocka_unit_test(cuts_at_blank_lines_and_line_ends),
        cmocka_unit_test(joins_lines_wrapped_by_hand),
        cmocka_unit_test(does_not_join_lines_of_their_own),
        cmocka_unit_test(marks_headlines),
        cmocka_unit_test(marks_captions),
        cmocka_unit_test(marks_credits),
        cmocka_unit_test(finds_the_title),
        cmocka_unit_test(tells_of_missing_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
