#include "tests/unit/check.h"

#include "fetcher/media_type.h"

static void reads_type_and_charset(void **state)
{
    (void)state;
    static const struct {
        const char *value, *essence, *charset;
        bool is_page;
    } rows[] = {
        {"text/html", "text/html", NULL, true},
        {"Text/HTML; Charset=UTF-8", "Text/HTML", "UTF-8", true},
        {"text/plain;charset=\"iso-8859-1\"", "text/plain", "iso-8859-1", true},
        {"application/xhtml+xml ; a=b ; charset = utf-8 ", "application/xhtml+xml", "utf-8", true},
        {"text/html; a=\";charset=x\"; charset=y", "text/html", "y", true},
        {"text/html; charset=a; charset=b", "text/html", "a", true},
        {"text/html; charset=", "text/html", NULL, true},
        {"text/html; charset", "text/html", NULL, true},
        {"text/html; xcharset=a", "text/html", NULL, true},
        {"text/htmlx", "text/htmlx", NULL, false},
        {"application/json", "application/json", NULL, false},
        {"text/html, application/pdf", "text/html, application/pdf", NULL, false},
        {"image/svg+xml", "image/svg+xml", NULL, false},
        {";", "", NULL, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct media_type m = media_type_read(text_of(rows[i].value));
        check_text(m.essence, rows[i].essence);
        if (rows[i].charset)
            check_text(m.charset, rows[i].charset);
        else
            assert_null(m.charset.bytes);
        assert_int_equal(media_type_is_page(&m), rows[i].is_page);
    }
}

static void a_missing_header_is_no_page(void **state)
{
    (void)state;
    struct media_type m = media_type_read((struct text){NULL, 0});
    assert_false(media_type_is_page(&m));
    assert_null(m.charset.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_type_and_charset),
        cmocka_unit_test(a_missing_header_is_no_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
