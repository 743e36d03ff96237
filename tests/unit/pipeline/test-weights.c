#include "tests/unit/check.h"

#include <stdlib.h>

#include "base/hash.h"
#include "pipeline/weights.h"

enum { BITS = 10, CLASSES = 3 };
enum { SIZE = sizeof(struct weights_header) + CLASSES * 2 + (1 << BITS) + LINEAR_CLASSES_MAX };

/* A small sound file. */
static void make(char *file)
{
    struct weights_header h = {
        .kind = WEIGHTS_TAGS, .table_bits = BITS, .classes = CLASSES, .schema = weights_schema()};
    memcpy(h.magic, WEIGHTS_MAGIC, sizeof(h.magic));
    memset(file, 5, SIZE);
    h.checksum = hash_bytes(file + sizeof(h), SIZE - sizeof(h), 0);
    memcpy(file, &h, sizeof(h));
}

static void check_refused(const char *file, uint32_t len, const char *expected)
{
    struct weights out = {.pairs = NULL};
    const char *why = NULL;
    assert_int_equal(weights_open((struct text){file, len}, WEIGHTS_TAGS, &out, &why),
                     ERR_INTERNAL);
    assert_null(out.pairs);
    assert_non_null(strstr(why, expected));
}

static void test_sound(void **state)
{
    (void)state;
    char file[SIZE];
    struct weights out;
    const char *why = NULL;
    make(file);
    assert_int_equal(weights_open((struct text){file, SIZE}, WEIGHTS_TAGS, &out, &why), ERR_OK);
    assert_int_equal(out.model.classes, CLASSES);
    assert_int_equal(out.model.mask, (1 << BITS) - 1);
    assert_int_equal(out.model.weights[0], 5);
}

static void test_refused(void **state)
{
    (void)state;
    char file[SIZE];
    make(file);
    check_refused(file, 0, "truncated");
    check_refused(file, sizeof(struct weights_header) - 1, "truncated");
    check_refused(file, SIZE - 1, "truncated");
    file[SIZE - 1] ^= 1;
    check_refused(file, SIZE, "altered");
    make(file);
    file[0] = 'X';
    check_refused(file, SIZE, "not a weights file");
    make(file);
    file[offsetof(struct weights_header, schema)] ^= 1;
    check_refused(file, SIZE, "another version");
    make(file);
    file[offsetof(struct weights_header, kind)] ^= 64;
    check_refused(file, SIZE, "another stage");
    make(file);
    memset(file + offsetof(struct weights_header, classes), 0xff, 4);
    check_refused(file, SIZE, "out of range");
}

static void test_embedded(void **state)
{
    (void)state;
    const char *why = NULL;
    char version[17];
    assert_int_equal(weights_check(&why), ERR_OK);
    weights_version(version);
    assert_int_equal(strlen(version), 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sound),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_embedded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
