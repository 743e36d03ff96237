#include "tests/unit/check.h"

#include "pipeline/evidence.h"

static void count_features(void *to, struct text feature)
{
    (void)feature;
    ++*(int *)to;
}

static void feature_counts_once_and_is_folded(void **state)
{
    (void)state;
    int heard = 0;
    struct evidence e = {
        .weights = &wordlist_commitment_weights, .listener = count_features, .to = &heard};

    evidence_add(&e, "bias");
    double once = e.sums[0];
    evidence_add(&e, "BIAS");
    assert_true(e.sums[0] == once);
    evidence_add(&e, "no such feature %d", 7);
    assert_true(e.sums[0] == once);
    assert_int_equal(heard, 2);
}

static void probability_is_half_without_evidence(void **state)
{
    (void)state;
    struct evidence e = {.weights = &wordlist_commitment_weights};
    assert_true(evidence_probability(&e, 0) == 0.5);
}

static void endless_features_are_cut_off(void **state)
{
    (void)state;
    struct evidence e = {.weights = &wordlist_commitment_weights};
    for (int i = 0; i < 5000; i++)
        evidence_add(&e, "feature %d %s", i,
                     "with a tail that is longer than a feature may be at all");
    assert_int_equal(e.seen_count, EVIDENCE_SEEN / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(feature_counts_once_and_is_folded),
        cmocka_unit_test(probability_is_half_without_evidence),
        cmocka_unit_test(endless_features_are_cut_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
