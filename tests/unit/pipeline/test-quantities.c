#include "tests/unit/pipeline/reading.h"

#include "pipeline/quantities.h"

static const struct {
    const char *text;
    const char *words; /* NULL: none */
    double value;
    const char *unit; /* NULL: not said */
} cases[] = {
    {"It will buy 5 million doses of the vaccine.", "5 million doses", 5e6, "doses"},
    {"It will pay $2.5 billion.", "$2.5 billion", 2.5e9, "USD"},
    {"It will cut taxes by 30 percent.", "30 percent", 30, "%"},
    {"It will send two frigates.", "two frigates", 2, "frigates"},
    {"It will spend 300 million euros.", "300 million euros", 3e8, "EUR"},
    {"It will leave by May 1.", NULL, 0, NULL},
    {"It will build a new one.", NULL, 0, NULL},
};

static void reads_value_and_unit_but_no_dates(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct arena *a = arena_new(1 << 26);
        struct summary s = summary_of(a, cases[i].text);
        struct quantities q;

        assert_int_equal(
            quantities_find(a, &s.document, &s.dates, words_of_sentence(&s.document, 0), &q),
            ERR_OK);
        assert_int_equal(q.count, cases[i].words != NULL);
        if (q.count) {
            check_text(slice(&s, q.at[0].span), cases[i].words);
            assert_true(q.at[0].value == cases[i].value);
            check_text(q.at[0].unit, cases[i].unit);
        }
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_value_and_unit_but_no_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
