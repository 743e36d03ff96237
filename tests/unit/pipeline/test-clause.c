#include "tests/unit/pipeline/reading.h"

#include "pipeline/clause.h"

static uint32_t find(const struct document *doc, const char *word)
{
    for (uint32_t i = 0; i < doc->tokens.count; i++)
        if (text_is(doc->tokens.at[i].norm, word))
            return i;
    fail_msg("no word %s", word);
    return 0;
}

static const struct {
    const char *text;
    const char *verb;
    const char *subject;
} subjects[] = {
    {"Norway will build two ports.", "will", "Norway"},
    {"Norway and Sweden will build two ports.", "will", "Norway and Sweden"},
    {"The minister said that the new law will pass.", "will", "the new law"},
    {"Deliveries to the navy will begin soon.", "will", "Deliveries to the navy"},
    {"Kari Holm, who will lead the talks, arrived.", "will", "Kari Holm"},
    {"The company said it will close the plant.", "will", "it"},
};

static void finds_the_subject(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(subjects) / sizeof(*subjects); i++) {
        struct arena *a = arena_new(1 << 26);
        struct summary s = summary_of(a, subjects[i].text);
        struct range r = clause_subject(&s.document, find(&s.document, subjects[i].verb));

        assert_false(range_empty(r));
        check_text(slice(&s, words_span(&s.document, r)), subjects[i].subject);
        arena_free(a);
    }
}

static const struct {
    const char *text;
    const char *verb;
    const char *action;
} actions[] = {
    {"Norway will send 200 tents to Jordan by May 1.", "send", "send 200 tents to Jordan"},
    {"Norway will send tents if Jordan asks.", "send", "send tents"},
    {"Norway will send tents, which are new.", "send", "send tents"},
    {"Norway will send tents, the minister said.", "send", "send tents"},
    {"Norway will send tents and rebuild two bridges.", "send", "send tents"},
    {"\"We will send tents,\" she said.", "send", "send tents"},
    {"Norway will send tents next month.", "send", "send tents"},
};

static void ends_the_action_where_its_complements_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++) {
        struct arena *a = arena_new(1 << 26);
        struct summary s = summary_of(a, actions[i].text);
        struct range r = clause_action(&s.document, find(&s.document, actions[i].verb), &s.dates);

        check_text(slice(&s, words_span(&s.document, r)), actions[i].action);
        arena_free(a);
    }
}

static void finds_the_joined_verb_and_the_condition(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 26);
    struct summary s =
        summary_of(a, "Norway will send tents and rebuild two bridges if Jordan asks.");
    uint32_t verb = find(&s.document, "send");
    uint32_t joined = clause_joined_verb(&s.document, clause_action(&s.document, verb, &s.dates));
    struct range condition = clause_condition(&s.document, verb);

    assert_int_equal(joined, find(&s.document, "rebuild"));
    assert_false(range_empty(condition));
    check_text(slice(&s, words_span(&s.document, condition)), "if Jordan asks");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_subject),
        cmocka_unit_test(ends_the_action_where_its_complements_end),
        cmocka_unit_test(finds_the_joined_verb_and_the_condition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
