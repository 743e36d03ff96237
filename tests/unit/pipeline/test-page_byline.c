#include "tests/unit/check.h"

#include <stdio.h>

#include "pipeline/page_byline.h"

/* `want` lists the names, each followed by ";". */
static void check_people(const char *line, const char *want)
{
    struct page_people people = {.count = 0};
    char got[512];
    size_t n = 0;

    page_people_add(&people, text_of(line));
    got[0] = '\0';
    for (uint32_t i = 0; i < people.count; i++)
        n += (size_t)snprintf(got + n, sizeof(got) - n, "%.*s;", (int)people.at[i].len,
                              people.at[i].bytes);
    if (strcmp(got, want) != 0)
        fail_msg("%s: \"%s\", not \"%s\"", line, got, want);
}

static void names_people(void **state)
{
    (void)state;
    check_people("Ann Holm", "Ann Holm;");
    check_people("By Ann Holm and Raj Patel", "Ann Holm;Raj Patel;");
    check_people("BY: ANN HOLM", "ANN HOLM;");
    check_people("Written by Ann Holm, Raj Patel & Li Wei", "Ann Holm;Raj Patel;Li Wei;");
    check_people("By Ann Holm, Science Correspondent", "Ann Holm;");
    check_people("By Ann Holm | Example Courier", "Ann Holm;");
    check_people("Ann Holm in Geneva", "Ann Holm;");
    check_people("Ann Holm, Ann Holm", "Ann Holm;");
    check_people("Élodie van der Berg", "Élodie van der Berg;");
}

static void names_nobody(void **state)
{
    (void)state;
    check_people("", "");
    check_people("Staff", "");
    check_people("By Example News Desk", "");
    check_people("https://example.org/people/ann", "");
    check_people("admin", "");
    check_people("the council that met on Monday", "");
    check_people("Route 66", "");
}

static void knows_bylines(void **state)
{
    (void)state;
    assert_true(page_is_byline(text_of("By Ann Holm")));
    assert_true(page_is_byline(text_of("Written by Ann Holm")));
    assert_false(page_is_byline(text_of("Bylaws of the council")));
    assert_false(page_is_byline(text_of("By")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_people),
        cmocka_unit_test(names_nobody),
        cmocka_unit_test(knows_bylines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
