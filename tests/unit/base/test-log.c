#include "base/log.h"

#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "tests/unit/check.h"

/* What one call writes to standard error; `out` holds 4096 bytes. */
static struct text logged(char *out, enum log_level level, const struct log_field *fields,
                          unsigned count)
{
    int ends[2], kept = dup(STDERR_FILENO);
    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    log_event(level, "request", fields, count);
    dup2(kept, STDERR_FILENO);
    close(ends[1]);
    close(kept);
    ssize_t n = read(ends[0], out, 4096);
    close(ends[0]);
    return (struct text){out, n > 0 ? (uint32_t)n : 0};
}

static const struct json *parsed(struct arena *a, struct text line)
{
    const struct json *root = NULL;
    struct json_fault fault;
    assert_true(line.len > 0 && line.len <= 1024 && line.bytes[line.len - 1] == '\n');
    assert_null(memchr(line.bytes, '\n', line.len - 1));
    assert_int_equal(json_parse(a, line, &root, &fault), ERR_OK);
    return root;
}

static void writes_one_json_object_a_line(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    char out[4096];
    const struct log_field fields[] = {
        {.key = "id", .text = TEXT("r-1\n\"quoted\"")},
        {.key = "status", .kind = LOG_INT, .number = 200},
        {.key = "ms", .kind = LOG_MS, .number = 12345},
    };
    const struct json *root = parsed(a, logged(out, LOG_WARN, fields, 3));

    check_text(json_string(json_member(root, "level")), "warn");
    check_text(json_string(json_member(root, "event")), "request");
    check_text(json_string(json_member(root, "id")), "r-1\n\"quoted\"");
    assert_true(json_number(json_member(root, "status")) == 200);
    assert_true(json_number(json_member(root, "ms")) == 12.345);

    struct text ts = json_string(json_member(root, "ts"));
    assert_int_equal(ts.len, strlen("2021-04-07T09:30:00.123Z"));
    assert_true(ts.bytes[10] == 'T' && ts.bytes[19] == '.' && ts.bytes[23] == 'Z');
    arena_free(a);
}

static void stays_json_when_cut_or_fed_rubbish(void **state)
{
    (void)state;
    char out[4096], longest[3000];

    for (uint32_t len = 0; len < sizeof(longest); len += 7) {
        struct arena *a = arena_new(1 << 20);
        for (uint32_t i = 0; i < len; i++)
            longest[i] = "\xC3\xA9\n"[i % 3];
        struct log_field fields[] = {{.key = "host", .text = {longest, len}},
                                     {.key = "n", .kind = LOG_INT, .number = INT64_MIN},
                                     {.key = "bad", .text = TEXT("\xFFoops\xC3")}};
        parsed(a, logged(out, LOG_ERROR, fields, 3));
        arena_free(a);
    }
}

static void drops_what_is_below_its_level(void **state)
{
    (void)state;
    char out[4096];
    assert_int_equal(logged(out, LOG_DEBUG, NULL, 0).len, 0);
    log_set_level(LOG_ERROR);
    assert_int_equal(logged(out, LOG_WARN, NULL, 0).len, 0);
    assert_true(logged(out, LOG_ERROR, NULL, 0).len > 0);
    log_set_level(LOG_INFO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_one_json_object_a_line),
        cmocka_unit_test(stays_json_when_cut_or_fed_rubbish),
        cmocka_unit_test(drops_what_is_below_its_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
