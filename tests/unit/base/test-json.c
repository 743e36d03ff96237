#include "base/json.h"

#include <math.h>

#include "tests/unit/shared.h"

/* Repeats `piece` into a NUL-terminated string in `a`. */
static struct text repeat(struct arena *a, const char *before, const char *piece, unsigned count,
                          const char *behind)
{
    struct strbuf b = strbuf_in(a);
    struct text t = {NULL, 0};
    strbuf_str(&b, before);
    for (unsigned i = 0; i < count; i++)
        strbuf_str(&b, piece);
    strbuf_str(&b, behind);
    assert_int_equal(strbuf_finish(&b, &t), ERR_OK);
    return t;
}

/* Checks a copy of exact size, so that AddressSanitizer sees a read beyond it. */
static enum err check(struct arena *a, struct text body, struct json_fault *fault)
{
    char *copy = arena_alloc(a, body.len);
    assert_non_null(copy);
    memcpy(copy, body.bytes, body.len);
    return json_check(a, (struct text){copy, body.len}, fault);
}

static void accepts_what_the_grammar_allows(void **state)
{
    (void)state;
    static const char *const good[] = {
        "0",
        " \t\r\n-0.5e+10 ",
        "1E9",
        "\"\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\"",
        "\"\xF0\x9F\x98\x80\x7F\"",
        "true",
        "false",
        "null",
        "[]",
        "{}",
        "[ 1 , [ ] , { } ]",
        "{\"a\":{\"a\":1},\"b\":[{\"a\":2}],\"A\":3,\"\":4}",
    };
    struct arena *a = arena_new(1 << 20);
    struct json_fault fault;
    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
        if (check(a, text_of(good[i]), &fault) != ERR_OK)
            fail_msg("%s: %s", good[i], fault.reason);
    arena_free(a);
}

static void tells_line_and_column_of_a_break(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        uint32_t line, column;
    } bad[] = {
        {"", 1, 1},
        {"  ", 1, 3},
        {"nul", 1, 1},
        {"True", 1, 1},
        {"[1,]", 1, 4},
        {"[1 2]", 1, 4},
        {"[,1]", 1, 2},
        {"[1", 1, 3},
        {"[1}", 1, 3},
        {"{\"a\":1,}", 1, 8},
        {"{\"a\" 1}", 1, 6},
        {"{a:1}", 1, 2},
        {"{\"a\":}", 1, 6},
        {"{\"a\":1]", 1, 7},
        {"{} {}", 1, 4},
        {"01", 1, 2},
        {"-", 1, 2},
        {"+1", 1, 1},
        {".5", 1, 1},
        {"1.", 1, 3},
        {"1e", 1, 3},
        {"1e+", 1, 4},
        {"0x1", 1, 2},
        {"\"open", 1, 6},
        {"\"\\", 1, 3},
        {"\"\\x\"", 1, 3},
        {"\"\\u12G4\"", 1, 3},
        {"\"\\u123", 1, 3},
        {"\"a\nb\"", 1, 3},
        {"'a'", 1, 1},
        {"{\n  \"title\": \"\xC3\xA9\xF0\x9F\x98\x80\" oops\n}", 2, 17},
        {"\xEF\xBB\xBF{}", 1, 1},
        {"[\xC2\xA0]", 1, 2},
        {"/* no */ 1", 1, 1},
    };
    struct arena *a = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        struct json_fault fault = {0};
        if (check(a, text_of(bad[i].body), &fault) != ERR_MALFORMED_JSON ||
            fault.line != bad[i].line || fault.column != bad[i].column)
            fail_msg("%s: line %u column %u, %s", bad[i].body, fault.line, fault.column,
                     fault.reason);
    }
    struct json_fault fault;
    assert_int_equal(check(a, (struct text){"[\0]", 3}, &fault), ERR_MALFORMED_JSON);
    arena_free(a);
}

static void tells_the_byte_that_is_not_utf8(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct json_fault fault = {0};
    assert_int_equal(check(a, text_of("{\"a\":\n\"\xC3(\"}"), &fault), ERR_BAD_ENCODING);
    assert_int_equal(fault.offset, 7);
    assert_int_equal(fault.line, 2);
    assert_int_equal(check(a, text_of("\xFF\xFE["), &fault), ERR_BAD_ENCODING); /* UTF-16 */
    arena_free(a);
}

static void points_at_content_it_refuses(void **state)
{
    (void)state;
    static const struct {
        const char *body, *pointer;
    } bad[] = {
        {"\"\\u0000\"", ""},
        {"{\"text\":\"a\\u0000b\"}", "/text"},
        {"{\"a\":[1,{\"b/c~\":\"\\uD800\"}]}", "/a/1/b~1c~0"},
        {"[\"ok\",\"\\uDC00\\uD800\"]", "/1"},
        {"[\"\\uD800\\u0041\"]", "/0"},
        {"{\"a\":{\"\\u0000\":1}}", "/a"},
        {"{\"a\":1,\"b\":2,\"a\":3}", "/a"},
        {"{\"x\":[{\"a\":1,\"\\u0061\":2}]}", "/x/0/a"},
        {"{\"\\uD83D\\uDE00\":1,\"\xF0\x9F\x98\x80\":2}", "/\xF0\x9F\x98\x80"},
        {"{\"\\n\":1,\"\\u000a\":2}", "/\n"},
        {"{\"\":1,\"\":2}", "/"},
        {"[1,1234567890123456789012345678901234567890123456789012345678901234]", "/1"},
    };
    struct arena *a = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        struct json_fault fault = {0};
        if (check(a, text_of(bad[i].body), &fault) != ERR_INVALID_REQUEST)
            fail_msg("%s was let through", bad[i].body);
        check_text(fault.pointer, bad[i].pointer);
    }
    arena_free(a);
}

static void finds_the_second_of_two_equal_keys(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct json_fault fault = {0};
    assert_int_equal(check(a, text_of("{\"b\":1,\n\"c\":2, \"b\":3}"), &fault),
                     ERR_INVALID_REQUEST);
    assert_int_equal(fault.offset, 15);
    assert_int_equal(fault.line, 2);
    assert_int_equal(fault.column, 8);
    arena_free(a);
}

static void prefers_a_fault_of_grammar(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct json_fault fault = {0};
    assert_int_equal(check(a, text_of("[\"\\u0000\", ]"), &fault), ERR_MALFORMED_JSON);
    assert_int_equal(fault.offset, 11);
    arena_free(a);
}

static void keeps_its_bounds(void **state)
{
    (void)state;
    struct arena *a = arena_new(16 << 20);
    struct json_fault fault;

    struct text deep = repeat(a, "", "[", 64, "");
    assert_int_equal(check(a, repeat(a, deep.bytes, "]", 64, ""), &fault), ERR_OK);
    deep = repeat(a, "", "[", 65, "");
    assert_int_equal(check(a, repeat(a, deep.bytes, "]", 65, ""), &fault), ERR_MALFORMED_JSON);
    assert_int_equal(fault.offset, 64);

    assert_int_equal(check(a, repeat(a, "[0", ",0", 9998, "]"), &fault), ERR_OK);
    assert_int_equal(check(a, repeat(a, "[0", ",0", 9999, "]"), &fault), ERR_MALFORMED_JSON);

    assert_int_equal(check(a, repeat(a, "{\"", "k", 256, "\":1}"), &fault), ERR_OK);
    assert_int_equal(check(a, repeat(a, "{\"", "k", 257, "\":1}"), &fault), ERR_INVALID_REQUEST);
    check_text(fault.pointer, "");
    arena_free(a);
}

/* No budget may crash it, and a small one is told as such. */
static void says_so_when_memory_runs_out(void **state)
{
    (void)state;
    struct text body = text_of("{\"a\\n\":[1,2,{\"b\":\"text\"}],\"c\":null,\"d\":\"\\u00e9\"}");
    bool done = false;
    for (size_t budget = 0; !done; budget += 16) {
        struct arena *a = arena_new(budget);
        struct json_fault fault;
        const struct json *root = NULL;
        enum err err = json_parse(a, body, &root, &fault);
        done = err == ERR_OK;
        assert_true(done ? root != NULL : root == NULL && err == ERR_NO_MEMORY);
        arena_free(a);
        assert_true(budget < 10000);
    }
}

static void reads_a_tree(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct json_fault fault;
    const struct json *root, *v;
    struct text body = text_of("{\"text\":\"a\\u00e9\\ud83d\\ude00\",\"n\":-1.5e2,\"huge\":1e999,"
                               "\"list\":[true,false,null]} ");

    assert_int_equal(json_parse(a, body, &root, &fault), ERR_OK);
    assert_int_equal(json_type(root), JSON_OBJECT);
    v = json_first(root);
    check_text(json_key(v), "text");
    check_text(json_string(v), "a\xC3\xA9\xF0\x9F\x98\x80");
    v = json_member(root, "n");
    assert_true(json_type(v) == JSON_NUMBER && json_number(v) == -150);
    assert_true(isinf(json_number(json_member(root, "huge"))));
    assert_null(json_member(root, "TEXT"));

    v = json_first(json_member(root, "list"));
    assert_int_equal(json_type(v), JSON_TRUE);
    v = json_next(v);
    assert_int_equal(json_type(v), JSON_FALSE);
    v = json_next(v);
    assert_int_equal(json_type(v), JSON_NULL);
    assert_null(json_next(v));
    arena_free(a);
}

static void write_sample(struct json_writer *w)
{
    json_open_object(w);
    json_put_key(w, "a\"b");
    json_put_text(w, (struct text){"tab\t nul\0 \xC3\xA9 \\ \x1F", 16});
    json_put_key(w, "list");
    json_open_array(w);
    json_put_uint(w, 0);
    json_put_uint(w, UINT64_MAX);
    json_put_double(w, 0.1);
    json_put_double(w, (double)NAN);
    json_put_bool(w, true);
    json_close_array(w);
    json_put_key(w, "empty");
    json_open_array(w);
    json_close_array(w);
    json_put_key(w, "none");
    json_put_str(w, NULL);
    json_close_object(w);
}

static void writes_compact_and_indented(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct strbuf compact = strbuf_in(a), pretty = strbuf_in(a);
    struct json_writer w = json_writer_to(&compact, false);
    struct text got;

    write_sample(&w);
    assert_int_equal(strbuf_finish(&compact, &got), ERR_OK);
    check_text(got, "{\"a\\\"b\":\"tab\\t nul\\u0000 \xC3\xA9 \\\\ \\u001f\","
                    "\"list\":[0,18446744073709551615,0.1,null,true],\"empty\":[],\"none\":null}");

    w = json_writer_to(&pretty, true);
    write_sample(&w);
    assert_int_equal(strbuf_finish(&pretty, &got), ERR_OK);
    check_text(got, "{\n  \"a\\\"b\": \"tab\\t nul\\u0000 \xC3\xA9 \\\\ \\u001f\",\n"
                    "  \"list\": [\n    0,\n    18446744073709551615,\n    0.1,\n    null,\n"
                    "    true\n  ],\n  \"empty\": [],\n  \"none\": null\n}");
    arena_free(a);
}

static void writes_numbers_that_read_back(void **state)
{
    (void)state;
    static const double numbers[] = {
        0, 1, 0.93, 1.0 / 3, 5e-324, 1.7976931348623157e308, 1e21, -273.15, 5000000, 0.1 + 0.2};
    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
        struct arena *a = arena_new(1 << 16);
        struct strbuf b = strbuf_in(a);
        struct json_writer w = json_writer_to(&b, false);
        struct text got;
        json_put_double(&w, numbers[i]);
        assert_int_equal(strbuf_finish(&b, &got), ERR_OK);
        assert_true(strtod(got.bytes, NULL) == numbers[i]);
        arena_free(a);
    }
}

#define PACK "reliability/JSONTestSuite/test_parsing"

/* y_: accepted, or refused for its content. n_: refused by the grammar. i_: never a crash. */
static void judge(const char *name, void *data)
{
    struct arena *a = arena_new(32 << 20);
    unsigned *counts = data;
    struct json_fault fault;
    const struct json *root;
    char path[512];

    snprintf(path, sizeof(path), PACK "/%s", name);
    enum err err = json_parse(a, shared_read(a, path), &root, &fault);
    bool grammatical = err == ERR_OK || err == ERR_INVALID_REQUEST;
    bool refused = err == ERR_MALFORMED_JSON || err == ERR_BAD_ENCODING;
    if ((name[0] == 'y' && !grammatical) || (name[0] == 'n' && !refused) ||
        !(grammatical || refused))
        fail_msg("%s: %s", name, err_name(err));
    counts[name[0] == 'y' ? 0 : name[0] == 'n' ? 1 : 2]++;
    arena_free(a);
}

static void agrees_with_json_test_suite(void **state)
{
    (void)state;
    unsigned counts[3] = {0};

    if (shared_each(PACK, judge, counts) == 0)
        shared_missing(PACK);
    assert_int_equal(counts[0], 95);
    assert_int_equal(counts[1], 188);
    assert_int_equal(counts[2], 35);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_what_the_grammar_allows),
        cmocka_unit_test(tells_line_and_column_of_a_break),
        cmocka_unit_test(tells_the_byte_that_is_not_utf8),
        cmocka_unit_test(points_at_content_it_refuses),
        cmocka_unit_test(finds_the_second_of_two_equal_keys),
        cmocka_unit_test(prefers_a_fault_of_grammar),
        cmocka_unit_test(keeps_its_bounds),
        cmocka_unit_test(says_so_when_memory_runs_out),
        cmocka_unit_test(reads_a_tree),
        cmocka_unit_test(writes_compact_and_indented),
        cmocka_unit_test(writes_numbers_that_read_back),
        cmocka_unit_test(agrees_with_json_test_suite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
