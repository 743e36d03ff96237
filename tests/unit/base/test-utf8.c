#include "base/utf8.h"

#include "tests/unit/shared.h"

static void accepts_well_formed_text(void **state)
{
    (void)state;
    static const char *const good[] = {
        "",
        "plain",
        "eight by\xC2\xA0nine bytes",
        "\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF",
        "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF",
        "mixed \xF0\x9F\x98\x80 text, long enough for eight bytes at a time \xE2\x80\x94",
    };
    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
        uint32_t bad_at = 77;
        assert_true(utf8_check(text_of(good[i]), &bad_at));
        assert_int_equal(bad_at, 77);
    }
}

static void finds_the_first_ill_formed_byte(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        uint32_t at;
    } bad[] = {
        {"\x80", 0},
        {"abc\xC0\xAF", 3},            /* overlong "/" */
        {"abc\xE0\x80\xAF", 3},        /* overlong, three bytes */
        {"\xF0\x8F\xBF\xBF", 0},       /* overlong, four bytes */
        {"ok \xED\xA0\x80", 3},        /* surrogate */
        {"\xF4\x90\x80\x80", 0},       /* above U+10FFFF */
        {"\xF5\x80\x80\x80", 0},       /* no such lead */
        {"cut short \xE2\x80", 10},    /* ends inside */
        {"cut \xE2\x80 short", 4},     /* broken off */
        {"\xC2\xA0 then \xFF", 8},     /* a good one first */
        {"0123456789abcdef\xC3(", 16}, /* behind the fast path */
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        uint32_t at = 999;
        assert_false(utf8_check(text_of(bad[i].bytes), &at));
        assert_int_equal(at, bad[i].at);
    }
}

/* Every scalar value: written, checked, read back, and stepped over backwards. */
static void round_trips_every_code_point(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char bytes[5] = "";
        uint32_t size, bad_at;
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        struct text t = {bytes, utf8_put(c, bytes)};
        if (!utf8_check(t, &bad_at) || utf8_at(t, 0, &size) != c || size != t.len ||
            utf8_before(t, t.len) != 0)
            fail_msg("U+%04X", (unsigned)c);
    }
}

static void knows_letters_and_case(void **state)
{
    (void)state;
    static const struct {
        uint32_t c, lower;
        bool letter;
    } cases[] = {
        {'A', 'a', true},        {'z', 'z', true},           {'@', '@', false},
        {'[', '[', false},       {0xC9, 0xE9, true},         {0xE9, 0xE9, true},
        {0xD7, 0xD7, false},     {0xF7, 0xF7, false},        {0x130, 'i', true},
        {0x178, 0xFF, true},     {0x17D, 0x17E, true},       {0x17E, 0x17E, true},
        {0x391, 0x3B1, true},    {0x38F, 0x3CE, true},       {0x3C2, 0x3C2, true},
        {0x410, 0x430, true},    {0x401, 0x451, true},       {0x4C0, 0x4CF, true},
        {0x1E9E, 0xDF, true},    {0x1F08, 0x1F00, true},     {0x212A, 'k', true},
        {0xA64A, 0xA64B, true},  {0xFF21, 0xFF41, true},     {0x10D0, 0x10D0, true},
        {0x4E2D, 0x4E2D, true},  {0x301, 0x301, true},       {0xAD, 0xAD, true},
        {0x200D, 0x200D, true},  {0xA0, 0xA0, false},        {0xB2, 0xB2, false},
        {0x20AC, 0x20AC, false}, {0x2019, 0x2019, false},    {0x2014, 0x2014, false},
        {0x2026, 0x2026, false}, {0x3002, 0x3002, false},    {0x1F600, 0x1F600, false},
        {0xFFFD, 0xFFFD, false}, {0x10FFFF, 0x10FFFF, true},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        uint32_t c = cases[i].c;
        if (utf8_is_letter(c) != cases[i].letter || utf8_lower(c) != cases[i].lower ||
            utf8_is_upper(c) != (cases[i].lower != c))
            fail_msg("U+%04X", (unsigned)c);
    }
    assert_true(utf8_is_upper(0x3D2)); /* a capital without a small form */
}

static void knows_spaces_dashes_quotes_digits(void **state)
{
    (void)state;
    static const struct {
        bool (*is)(uint32_t c);
        uint32_t yes[12], no[6];
    } cases[] = {
        {utf8_is_space,
         {' ', '\t', '\n', '\r', 0xA0, 0x2009, 0x200B, 0x2028, 0x202F, 0x3000, 0x85, 0x1680},
         {'_', 0x200C, 0x200D, 0xAD, 0x2010}},
        {utf8_is_dash, {'-', 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212}, {'_', 0xAD}},
        {utf8_is_single_quote, {'\'', 0x2018, 0x2019, 0x201B, 0x2BC}, {'"', 0x201C, ','}},
        {utf8_is_double_quote, {'"', 0x201C, 0x201D, 0x201E, 0xAB, 0xBB}, {'\'', 0x2019}},
        {utf8_is_digit, {'0', '9'}, {'a', 0x661, 0xB2, '/', ':'}},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        for (size_t k = 0; k < 12 && cases[i].yes[k]; k++)
            assert_true(cases[i].is(cases[i].yes[k]));
        for (size_t k = 0; k < 6 && cases[i].no[k]; k++)
            assert_false(cases[i].is(cases[i].no[k]));
    }
}

/* Lines of the pack: NUMBER:valid:BYTES or NUMBER:invalid:BYTES. */
static bool line_is_judged_right(struct text line)
{
    const char *kind = memchr(line.bytes, ':', line.len);
    assert_non_null(kind++);
    const char *bytes = memchr(kind, ':', line.len - (size_t)(kind - line.bytes));
    assert_non_null(bytes++);

    uint32_t bad_at;
    struct text t = {bytes, line.len - (uint32_t)(bytes - line.bytes)};
    return utf8_check(t, &bad_at) == (*kind == 'v');
}

static void agrees_with_the_utf8tests_pack(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct text all = shared_read(a, "reliability/utf8tests/utf8tests.bin");
    uint32_t lines = 0;

    for (uint32_t at = 0; at < all.len;) {
        const char *end = memchr(all.bytes + at, '\n', all.len - at);
        uint32_t stop = end ? (uint32_t)(end - all.bytes) : all.len;
        if (!line_is_judged_right((struct text){all.bytes + at, stop - at}))
            fail_msg("%.10s", all.bytes + at);
        lines++;
        at = stop + 1;
    }
    arena_free(a);
    if (lines == 0)
        shared_missing("reliability/utf8tests");
    assert_true(lines >= 216);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_well_formed_text),
        cmocka_unit_test(finds_the_first_ill_formed_byte),
        cmocka_unit_test(round_trips_every_code_point),
        cmocka_unit_test(knows_letters_and_case),
        cmocka_unit_test(knows_spaces_dashes_quotes_digits),
        cmocka_unit_test(agrees_with_the_utf8tests_pack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
