#include "tests/unit/check.h"

#include <stdlib.h>

#include "cli/options.h"

enum { WORDS_MAX = 8 };

/* Parses one command line given as words that end with NULL. */
static bool parse(enum command_bit command, const char *const *words, struct options *o,
                  char message[OPTION_MESSAGE_MAX])
{
    static char copies[WORDS_MAX][128];
    char *argv[WORDS_MAX + 1];
    bool help;
    int argc = 0;
    for (; words[argc]; argc++) {
        snprintf(copies[argc], sizeof(copies[argc]), "%s", words[argc]);
        argv[argc] = copies[argc];
    }
    return options_parse(o, command, argc, argv, &help, message);
}

static void test_defaults_are_in_range(void **state)
{
    static const char *const none[] = {NULL};
    static const enum command_bit all[] = {FOR_SERVE, FOR_EXTRACT, FOR_HEALTHCHECK};
    (void)state;
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        struct options o;
        char message[OPTION_MESSAGE_MAX] = "";
        assert_true(parse(all[i], none, &o, message));
    }
}

static void test_values(void **state)
{
    static const char *const words[] = {"--max-body=2MiB", "--deadline", "0.5", "--workers", "3",
                                        "--log-level",     "warn",       NULL};
    struct options o;
    char message[OPTION_MESSAGE_MAX];
    (void)state;
    assert_true(parse(FOR_SERVE, words, &o, message));
    assert_int_equal(o.max_body, 2 * 1024 * 1024);
    assert_int_equal(o.deadline, 500000);
    assert_int_equal(o.workers, 3);
    assert_int_equal(o.log_level, 2);
    assert_string_equal(o.listen, "127.0.0.1:8080");
    assert_int_equal(o.operands.count, 0);
}

static void test_refused(void **state)
{
    static const struct {
        const char *words[4];
        const char *message;
    } rows[] = {
        {{"--max-body", "1", NULL}, "--max-body 1: it must be from 1024 to 67108864"},
        {{"--max-body", "4Mib", NULL}, "--max-body 4Mib: a size like 4MiB or 4194304 is wanted"},
        {{"--max-body", "", NULL}, "--max-body : a size like 4MiB or 4194304 is wanted"},
        {{"--workers", "1e", NULL}, "--workers 1e: a number is wanted"},
        {{"--workers", "-1", NULL}, "--workers -1: a number is wanted"},
        {{"--workers", "257", NULL}, "--workers 257: it must be from 0 to 256"},
        {{"--workers", NULL}, "--workers wants a value: --workers N"},
        {{"--listen", "8080", NULL},
         "--listen 8080: an address like 127.0.0.1:8080 or [::1]:8080 is wanted"},
        {{"--log-level", "loud", NULL},
         "--log-level loud: it must be one of debug info warn error"},
        {{"--wokers", "2", NULL}, "there is no option --wokers; did you mean --workers?"},
        {{"--xyzzy-plugh", NULL}, "there is no option --xyzzy-plugh"},
        {{"--ndjson", NULL}, "there is no option --ndjson"}, /* it is extract's */
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct options o;
        char message[OPTION_MESSAGE_MAX] = "";
        assert_false(parse(FOR_SERVE, rows[i].words, &o, message));
        assert_string_equal(message, rows[i].message);
    }
}

static void test_environment(void **state)
{
    static const char *const none[] = {NULL};
    static const char *const flag[] = {
        "--queue",           "9", "--cors-origin", "https://c.example", "--cors-origin",
        "https://d.example", NULL};
    struct options o;
    char message[OPTION_MESSAGE_MAX];
    (void)state;
    setenv("ONRECORD_QUEUE", "7", 1);
    setenv("ONRECORD_CORS_ORIGIN", "https://a.example,,https://b.example", 1);
    assert_true(parse(FOR_SERVE, none, &o, message));
    assert_int_equal(o.queue, 7);
    assert_int_equal(o.cors_origins.count, 2);
    assert_string_equal(o.cors_origins.at[1], "https://b.example");
    assert_null(o.cors_origins.at[2]);

    assert_true(parse(FOR_SERVE, flag, &o, message)); /* a flag wins */
    assert_int_equal(o.queue, 9);
    assert_int_equal(o.cors_origins.count, 2);
    assert_string_equal(o.cors_origins.at[0], "https://c.example");

    setenv("ONRECORD_QUEUE", "many", 1);
    assert_false(parse(FOR_SERVE, none, &o, message));
    assert_string_equal(message, "--queue many: a number is wanted, from ONRECORD_QUEUE");
    unsetenv("ONRECORD_QUEUE");
    unsetenv("ONRECORD_CORS_ORIGIN");
}

static void test_flags_and_operands(void **state)
{
    static const char *const words[] = {"--ndjson", "--format", "html", "-", NULL};
    struct options o;
    char message[OPTION_MESSAGE_MAX];
    (void)state;
    assert_true(parse(FOR_EXTRACT, words, &o, message));
    assert_true(o.ndjson);
    assert_false(o.robots);
    assert_int_equal(o.format, FORMAT_HTML);
    assert_int_equal(o.operands.count, 1);
    assert_string_equal(o.operands.at[0], "-");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults_are_in_range),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_environment),
        cmocka_unit_test(test_flags_and_operands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
