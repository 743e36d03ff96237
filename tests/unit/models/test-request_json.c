#include "models/request_json.h"

#include "tests/unit/check.h"

static enum err read(struct arena *a, const char *body, struct request *r, struct problem *why)
{
    return request_from_json(a, text_of(body), r, why);
}

static void reads_every_member(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct problem why;
    struct request r;
    enum err err =
        read(a,
             "{\"text\":\"He will go.\",\"id\":\"x\",\"title\":\"T\",\"published\":"
             "\"2021-04-07T09:30:00Z\",\"source_url\":\"https://paper.test/1\",\"offsets\":"
             "\"utf16\",\"include\":[\"tokens\",\"mentions\",\"tokens\"],\"min_confidence\":0.5}",
             &r, &why);
    assert_int_equal(err, ERR_OK);
    assert_int_equal(r.kind, SOURCE_TEXT);
    check_text(r.content, "He will go.");
    check_text(r.id, "x");
    check_text(r.title, "T");
    check_text(r.published, "2021-04-07T09:30:00Z");
    assert_int_equal(r.published_day.month, 4);
    check_text(r.source_url, "https://paper.test/1");
    assert_int_equal(r.offsets, OFFSETS_UTF16);
    assert_int_equal(r.include, INCLUDE_TOKENS | INCLUDE_MENTIONS);
    assert_true(r.min_confidence == 0.5);
    arena_free(a);
}

static void has_defaults(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct problem why;
    struct request r;
    assert_int_equal(read(a,
                          "{\"url\":\"https://paper.test/1\",\"id\":null,\"title\":null,"
                          "\"published\":null,\"source_url\":null}",
                          &r, &why),
                     ERR_OK);
    assert_int_equal(r.kind, SOURCE_URL);
    assert_null(r.id.bytes);
    assert_null(r.title.bytes);
    assert_null(r.published.bytes);
    assert_null(r.source_url.bytes);
    assert_false(day_known(r.published_day));
    assert_int_equal(r.offsets, OFFSETS_CODEPOINT);
    assert_int_equal(r.include, 0);
    assert_true(r.min_confidence == 0);

    assert_int_equal(read(a, "{\"html\":\"\",\"title\":\"\"}", &r, &why), ERR_OK);
    assert_int_equal(r.kind, SOURCE_HTML);
    assert_null(r.title.bytes);
    assert_non_null(r.content.bytes);
    arena_free(a);
}

/* Each body and the pointers of its faults, in order. */
static const struct {
    const char *body;
    const char *pointers[5];
} wrong[] = {
    {"[]", {""}},
    {"\"text\"", {""}},
    {"{}", {""}},
    {"{\"text\":1}", {"/text"}},
    {"{\"text\":null}", {"/text"}},
    {"{\"text\":\"a\",\"html\":null}", {"/html", "/text", "/html"}},
    {"{\"text\":\"a\",\"html\":\"b\"}", {"/text", "/html"}},
    {"{\"url\":\"u\",\"text\":\"a\",\"html\":\"b\"}", {"/text", "/html", "/url"}},
    {"{\"url\":\"\"}", {"/url"}},
    {"{\"text\":\"a\",\"Text\":\"b\"}", {"/Text"}},
    {"{\"text\":\"a\",\"x/y~\":0}", {"/x~1y~0"}},
    {"{\"text\":\"a\",\"published\":\"yesterday\"}", {"/published"}},
    {"{\"text\":\"a\",\"published\":\"2021-02-30\"}", {"/published"}},
    {"{\"text\":\"a\",\"published\":20210407}", {"/published"}},
    {"{\"text\":\"a\",\"published\":\"\"}", {"/published"}},
    {"{\"text\":\"a\",\"title\":[]}", {"/title"}},
    {"{\"text\":\"a\",\"source_url\":\"javascript:alert(1)\"}", {"/source_url"}},
    {"{\"url\":\"https://a.test/\",\"source_url\":\"https://b.test/\"}", {"/source_url"}},
    {"{\"text\":\"a\",\"offsets\":\"bytes\"}", {"/offsets"}},
    {"{\"text\":\"a\",\"offsets\":null}", {"/offsets"}},
    {"{\"text\":\"a\",\"include\":\"tokens\"}", {"/include"}},
    {"{\"text\":\"a\",\"include\":null}", {"/include"}},
    {"{\"text\":\"a\",\"include\":[\"tokens\",\"all\",7]}", {"/include/1", "/include/2"}},
    {"{\"text\":\"a\",\"min_confidence\":1.01}", {"/min_confidence"}},
    {"{\"text\":\"a\",\"min_confidence\":-1e999}", {"/min_confidence"}},
    {"{\"text\":\"a\",\"min_confidence\":\"0.5\"}", {"/min_confidence"}},
    {"{\"publishd\":1,\"offsets\":2,\"id\":3}", {"/publishd", "/offsets", "/id", ""}},
    {"{\"text\":\"a\",\"text\":\"b\"}", {"/text"}},
    {"{\"text\":\"a\\u0000\"}", {"/text"}},
};

static void names_every_bad_member(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
        struct arena *a = arena_new(1 << 20);
        struct problem why = {0};
        struct request r = {.min_confidence = 7};
        if (read(a, wrong[i].body, &r, &why) != ERR_INVALID_REQUEST)
            fail_msg("%s was read", wrong[i].body);
        assert_true(r.min_confidence == 7);
        assert_int_equal(why.code, ERR_INVALID_REQUEST);
        assert_true(why.detail.len > 0);
        uint32_t n = 0;
        for (; n < 5 && wrong[i].pointers[n]; n++) {
            assert_true(n < why.error_count);
            check_text(why.errors[n].pointer, wrong[i].pointers[n]);
            assert_true(why.errors[n].detail.len > 0);
        }
        assert_int_equal(why.error_count, n);
        arena_free(a);
    }
}

static void tells_where_json_breaks(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct problem why;
    struct request r;
    assert_int_equal(read(a, "{\n \"text\": oops}", &r, &why), ERR_MALFORMED_JSON);
    check_text(why.detail, "Line 2, column 10 (byte 11): a value was expected.");
    assert_int_equal(why.error_count, 0);
    assert_int_equal(read(a, "{\"text\":\"\xFF\"}", &r, &why), ERR_BAD_ENCODING);
    check_text(why.detail, "Line 1, column 10 (byte 9): this byte is not UTF-8.");
    arena_free(a);
}

static void guesses_what_was_meant(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *meant;
    } cases[] = {
        {"publishd", "\"published\""},
        {"TITLE", "\"title\""},
        {"sourceUrl", "\"source_url\""},
        {"min_confidense", "\"min_confidence\""},
        {"includes", "\"include\""},
        {"TEXT", NULL},
        {"language", NULL},
        {"zzz", NULL},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct arena *a = arena_new(1 << 20);
        struct problem why = {0};
        struct request r = {0};
        assert_int_equal(
            request_set_option(a, &r, text_of(cases[i].typed), text_of("x"), text_of("/x"), &why),
            ERR_INVALID_REQUEST);
        const char *found = strstr(why.errors[0].detail.bytes, "did you mean");
        assert_int_equal(found != NULL, cases[i].meant != NULL);
        if (found)
            assert_non_null(strstr(found, cases[i].meant));
        arena_free(a);
    }
}

static void guesses_contents_in_objects_only(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct problem why;
    struct request r;
    assert_int_equal(read(a, "{\"TEXT\":\"a\",\"html\":\"b\"}", &r, &why), ERR_INVALID_REQUEST);
    check_text(why.detail, "/TEXT is not known (did you mean \"text\"?).");
    arena_free(a);
}

static enum err set(struct arena *a, struct request *r, const char *name, const char *value,
                    struct problem *why)
{
    return request_set_option(a, r, text_of(name), text_of(value), text_of("/query"), why);
}

static void sets_options_from_strings(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct problem why = {0};
    struct request r = {0};

    assert_int_equal(set(a, &r, "published", "2021-04-07", &why), ERR_OK);
    assert_int_equal(set(a, &r, "include", "mentions,sentences", &why), ERR_OK);
    assert_int_equal(set(a, &r, "min_confidence", "0.25", &why), ERR_OK);
    assert_int_equal(set(a, &r, "offsets", "byte", &why), ERR_OK);
    assert_int_equal(set(a, &r, "title", "", &why), ERR_OK);
    assert_int_equal(set(a, &r, "published", "", &why), ERR_OK);
    assert_int_equal(r.published_day.year, 2021);
    assert_int_equal(r.include, INCLUDE_MENTIONS | INCLUDE_SENTENCES);
    assert_true(r.min_confidence == 0.25);
    assert_int_equal(r.offsets, OFFSETS_BYTE);
    assert_null(r.title.bytes);
    assert_int_equal(why.error_count, 0);

    static const char *const bad[][2] = {
        {"text", "no content here"}, {"min_confidence", "nan"}, {"min_confidence", "0x1"},
        {"min_confidence", "1 "},    {"min_confidence", "."},   {"include", "mentions,"},
        {"include", "all"},          {"title", "\xFF"},         {"offsets", "Byte"},
        {"nonsense", "1"},
    };
    uint32_t count = sizeof(bad) / sizeof(*bad);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(set(a, &r, bad[i][0], bad[i][1], &why), ERR_INVALID_REQUEST);
        assert_int_equal(why.error_count, i + 1);
        assert_int_equal(why.code, ERR_INVALID_REQUEST);
    }
    assert_true(r.min_confidence == 0.25);
    arena_free(a);
}

static void stops_cleanly_without_memory(void **state)
{
    (void)state;
    enum err err = ERR_NO_MEMORY;
    for (size_t budget = 0; err != ERR_OK; budget += 16) {
        struct arena *a = arena_new(budget);
        struct problem why;
        struct request r;
        err = read(a, "{\"text\":\"a\",\"include\":[\"tokens\"]}", &r, &why);
        assert_true(err == ERR_OK || (err == ERR_NO_MEMORY && why.code == err));
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_member),
        cmocka_unit_test(has_defaults),
        cmocka_unit_test(names_every_bad_member),
        cmocka_unit_test(tells_where_json_breaks),
        cmocka_unit_test(guesses_what_was_meant),
        cmocka_unit_test(sets_options_from_strings),
        cmocka_unit_test(guesses_contents_in_objects_only),
        cmocka_unit_test(stops_cleanly_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
