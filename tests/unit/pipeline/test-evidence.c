#include "tests/unit/check.h"

#include <stdio.h>

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
    struct evidence e = {.weights = &evidence_commitment, .listener = count_features, .to = &heard};

    evidence_add(&e, "bias");
    int32_t once = e.hundredths[0];
    assert_int_not_equal(once, 0);
    evidence_add(&e, "BIAS");
    assert_int_equal(e.hundredths[0], once);
    evidence_add(&e, "no such feature %d", 7);
    assert_int_equal(e.hundredths[0], once);
    assert_int_equal(heard, 2);
}

static void keep_feature(void *to, struct text feature)
{
    snprintf(to, EVIDENCE_BYTES_MAX, "%.*s", (int)feature.len, feature.bytes);
}

static void formats_as_printf_does(void **state)
{
    (void)state;
    char heard[EVIDENCE_BYTES_MAX] = "";
    struct evidence e = {.weights = &evidence_commitment, .listener = keep_feature, .to = heard};
    struct text t = text_of("An action of many words");

    evidence_add(&e, "a=%s,%d/%u", "In The\tend", -17, 4294967295u);
    assert_string_equal(heard, "a=in_the_end,-17/4294967295");
    evidence_add(&e, "%d%d=%.*s", 0, INT32_MIN, EVIDENCE_TEXT(t));
    assert_string_equal(heard, "0-2147483648=an_action_of_many_wo");
    evidence_add(&e, "%s%s", "0123456789012345678901234567890123456789",
                 "0123456789012345678901234");
    assert_int_equal(strlen(heard), EVIDENCE_BYTES_MAX - 1);
}

/* Each feature of the file has the weights that stand there: the build and the program hash alike.
 */
static void weights_are_those_of_the_file(void **state)
{
    (void)state;
    struct evidence e = {.weights = &evidence_actor};
    unsigned full = 0;
    for (uint32_t i = 0; i < e.weights->slot_count; i++)
        full += e.weights->slots[i].hundredths[0] != 0;
    assert_true(full > 100 && full <= e.weights->slot_count / 2);
    evidence_add(&e, "bias");
    assert_int_not_equal(e.hundredths[0], 0);
}

static void probability_is_half_without_evidence(void **state)
{
    (void)state;
    struct evidence e = {.weights = &evidence_commitment};
    assert_true(evidence_probability(&e, 0) == 0.5);
}

static void endless_features_are_cut_off(void **state)
{
    (void)state;
    struct evidence e = {.weights = &evidence_commitment};
    for (int i = 0; i < 5000; i++)
        evidence_add(&e, "feature %d %s", i,
                     "with a tail that is longer than a feature may be at all");
    assert_int_equal(e.seen_count, EVIDENCE_SEEN / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(feature_counts_once_and_is_folded),
        cmocka_unit_test(formats_as_printf_does),
        cmocka_unit_test(weights_are_those_of_the_file),
        cmocka_unit_test(probability_is_half_without_evidence),
        cmocka_unit_test(endless_features_are_cut_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
