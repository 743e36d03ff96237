#include "tests/unit/check.h"

#include "base/utf8.h"
#include "pipeline/page_charset.h"

static void check(struct text bytes, const char *declared, const char *name, const char *want)
{
    struct arena *a = arena_new(1 << 20);
    struct text label = {NULL, 0}, got;
    const char *used;
    if (declared)
        label = text_of(declared);
    assert_int_equal(page_charset_decode(a, bytes, label, &got, &used), ERR_OK);
    if (strcmp(used, name) != 0)
        fail_msg("%.*s: %s, not %s", (int)bytes.len, bytes.bytes, used, name);
    check_text(got, want);
    arena_free(a);
}

#define CHECK(literal, declared, name, want) check((struct text)TEXT(literal), declared, name, want)

static void utf8_is_taken_as_it_is(void **state)
{
    (void)state;
    const struct text page = TEXT("<p>caf\xc3\xa9</p>");
    struct arena *a = arena_new(0);
    struct text got;
    const char *name;
    assert_int_equal(page_charset_decode(a, page, (struct text){NULL, 0}, &got, &name), ERR_OK);
    assert_ptr_equal(got.bytes, page.bytes);
    arena_free(a);
    CHECK("", NULL, "utf-8", "");
    CHECK("plain", "us-ascii", "utf-8", "plain");
    CHECK("caf\xc3\xa9", "iso-8859-1", "utf-8", "caf\xc3\xa9"); /* the label is wrong */
}

static void marks_beat_labels(void **state)
{
    (void)state;
    CHECK("\xef\xbb\xbf"
          "a",
          "windows-1251", "utf-8", "a");
    CHECK("\xff\xfe"
          "a\0\xe9\0",
          "utf-8", "utf-16le", "a\xc3\xa9");
    CHECK("\xfe\xff\0a\x20\x19", NULL, "utf-16be", "a\xe2\x80\x99");
}

static void the_header_beats_the_page(void **state)
{
    (void)state;
    CHECK("<meta charset=koi8-r>\xef", "windows-1251", "windows-1251",
          "<meta charset=koi8-r>\xd0\xbf");
    CHECK("<meta charset=koi8-r>\xf0", "no-such-label", "koi8-r", "<meta charset=koi8-r>\xd0\x9f");
    CHECK("a\0b\0", "UTF-16", "utf-16le", "ab");
}

static void labels_are_read_loosely(void **state)
{
    (void)state;
    CHECK("\x93"
          "a\x94 \x80",
          " ISO-8859-1 ", "windows-1252",
          "\xe2\x80\x9c"
          "a\xe2\x80\x9d \xe2\x82\xac");
    CHECK("\xa4", "Latin9", "iso-8859-15", "\xe2\x82\xac");
    CHECK("\xb4\xd9", "ks_c_5601-1987", "euc-kr", "\xeb\x8b\xa4");
    CHECK("\x82\xa0", "Shift_JIS", "shift_jis", "\xe3\x81\x82");
    CHECK("\xc4\xe3", "gb2312", "gb18030", "\xe4\xbd\xa0");
    CHECK("\x1b$B$\"\x1b(B", "iso-2022-jp", "iso-2022-jp", "\xe3\x81\x82");
}

static void the_page_may_tell(void **state)
{
    (void)state;
    CHECK("<META http-equiv=Content-Type content=\"text/html; charset = 'koi8-r'\">\xf0", NULL,
          "koi8-r",
          "<META http-equiv=Content-Type content=\"text/html; charset = 'koi8-r'\">\xd0\x9f");
    CHECK("<?xml version=\"1.0\" encoding=\"iso-8859-2\"?>\xb1", NULL, "iso-8859-2",
          "<?xml version=\"1.0\" encoding=\"iso-8859-2\"?>\xc4\x85");
    CHECK("<!-- <meta charset=koi8-r> --><meta charset=windows-1251>\xef", NULL, "windows-1251",
          "<!-- <meta charset=koi8-r> --><meta charset=windows-1251>\xd0\xbf");
    CHECK("<meta charset=utf-16>caf\xc3\xa9", NULL, "utf-8", "<meta charset=utf-16>caf\xc3\xa9");
}

static void bytes_are_detected(void **state)
{
    (void)state;
    CHECK(
        "<p>The minister said \x93we will pay\x94 in the first week of the month, and asked "
        "the regions to send their figures before the council meets again, at a cost of \xa3"
        "5m that nobody has voted so far and that the treasury has not yet confirmed.</p>",
        NULL, "windows-1252",
        "<p>The minister said \xe2\x80\x9cwe will pay\xe2\x80\x9d in the first week of the month, "
        "and asked the regions to send their figures before the council meets again, at a cost "
        "of \xc2\xa3"
        "5m that nobody has voted so far and that the treasury has not yet confirmed.</p>");
    CHECK("The caf\xe9 owner\x92s r\xe9sum\xe9 was sent to the ministry in June.", NULL,
          "windows-1252",
          "The caf\xc3\xa9 owner\xe2\x80\x99s r\xc3\xa9sum\xc3\xa9 was sent to the ministry in "
          "June.");
    /* "Правительство обещает помощь" */
    CHECK("\xcf\xf0\xe0\xe2\xe8\xf2\xe5\xeb\xfc\xf1\xf2\xe2\xee \xee\xe1\xe5\xf9\xe0\xe5\xf2 "
          "\xef\xee\xec\xee\xf9\xfc",
          NULL, "windows-1251",
          "\xd0\x9f\xd1\x80\xd0\xb0\xd0\xb2\xd0\xb8\xd1\x82\xd0\xb5\xd0\xbb\xd1\x8c\xd1\x81\xd1\x82"
          "\xd0\xb2\xd0\xbe \xd0\xbe\xd0\xb1\xd0\xb5\xd1\x89\xd0\xb0\xd0\xb5\xd1\x82 \xd0\xbf\xd0"
          "\xbe\xd0\xbc\xd0\xbe\xd1\x89\xd1\x8c");
    CHECK("it\x92s", "utf-8", "windows-1252", "it\xe2\x80\x99s"); /* says UTF-8 and is none */
}

static void what_is_broken_is_replaced(void **state)
{
    (void)state;
    CHECK("caf\xc3\xa9 caf\xc3\xa9 \xff!", "utf-8", "utf-8",
          "caf\xc3\xa9 caf\xc3\xa9 \xef\xbf\xbd!");
    CHECK("a\x81z", "windows-1252", "windows-1252", "a\xef\xbf\xbdz");
    CHECK("\x82", "shift_jis", "shift_jis", "\xef\xbf\xbd");
    CHECK("a\0\0", "utf-16le", "utf-16le", "a\xef\xbf\xbd");
}

static void no_label_is_too_strange(void **state)
{
    (void)state;
    static const char *const labels[] = {
        "UTF-8//TRANSLIT",
        "iso-2022-cn-ext",
        "../../gconv",
        " ",
        "\"",
        "x",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "utf-8 utf8", /* blanks are dropped: no label either */
    };
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        CHECK("caf\xc3\xa9", labels[i], "utf-8", "caf\xc3\xa9");
}

/* Any bytes under any label come out as UTF-8. */
static void everything_comes_out_well_formed(void **state)
{
    (void)state;
    static const char *const labels[] = {"utf-8",  "utf-16le",    "gbk",  "iso-2022-jp",
                                         "big5",   "euc-jp",      "sjis", "euc-kr",
                                         "koi8-u", "windows-874", NULL};
    char bytes[1500];
    uint64_t seed = 1;
    for (size_t i = 0; i < 11 * 20; i++) {
        for (size_t k = 0; k < sizeof bytes; k++) {
            seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
            bytes[k] = (char)(seed >> 56);
        }
        struct arena *a = arena_new(1 << 16);
        struct text label = {NULL, 0}, got;
        const char *name;
        uint32_t bad;
        if (labels[i % 11])
            label = text_of(labels[i % 11]);
        struct text page = {bytes, sizeof bytes};
        assert_int_equal(page_charset_decode(a, page, label, &got, &name), ERR_OK);
        assert_true(utf8_check(got, &bad));
        arena_free(a);
    }
}

static void missing_memory_is_told(void **state)
{
    (void)state;
    struct arena *a = arena_new(10);
    struct text got = {"untouched", 9}, latin = text_of("latin1");
    const char *name;
    assert_int_equal(page_charset_decode(a, (struct text)TEXT("\xe9"), latin, &got, &name),
                     ERR_NO_MEMORY);
    check_text(got, "untouched");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_taken_as_it_is),
        cmocka_unit_test(marks_beat_labels),
        cmocka_unit_test(the_header_beats_the_page),
        cmocka_unit_test(labels_are_read_loosely),
        cmocka_unit_test(the_page_may_tell),
        cmocka_unit_test(bytes_are_detected),
        cmocka_unit_test(what_is_broken_is_replaced),
        cmocka_unit_test(no_label_is_too_strange),
        cmocka_unit_test(everything_comes_out_well_formed),
        cmocka_unit_test(missing_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
