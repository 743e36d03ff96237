/*
 * The page stage against the public packs of odd HTML, and against pages made to cost much: nothing
 * crashes, nothing takes long, whatever is returned holds together.
 */
#include "tests/unit/shared.h"

#include <time.h>

#include "base/json.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "pipeline/page.h"

enum {
    PACK_MS_MAX = 100,
    BOMB_MS_MAX = 200,
    BOMB_BYTES = 1 << 20,
    BOMB_MEMORY = 64 << 20,
};

struct tally {
    const char *folder;
    unsigned pages;
    double slowest;
};

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void check_page(const struct page *p)
{
    uint32_t bad, at = 0;
    assert_true(utf8_check(p->text, &bad));
    assert_true(p->paragraphs.count > 0);
    for (uint32_t i = 0; i < p->paragraphs.count; i++) {
        struct span s = p->paragraphs.at[i].span;
        assert_true(at <= s.start && s.start < s.end && s.end <= p->text.len);
        at = s.end;
    }
}

/* Milliseconds that the page costs. */
static double read_page(struct text html)
{
    struct arena *a = arena_new(BOMB_MEMORY);
    struct page_input in = {.bytes = html};
    struct problem why = {.code = ERR_OK};
    struct page p;
    double start = cpu_ms();
    enum err e = page_read(a, &in, &p, &why);

    assert_true(e == ERR_OK || e == ERR_NO_ARTICLE || e == ERR_TOO_COMPLEX);
    if (e == ERR_OK)
        check_page(&p);
    arena_free(a);
    return cpu_ms() - start;
}

static void count(struct tally *t, struct text html)
{
    double ms = read_page(html);
    t->pages++;
    if (ms > t->slowest)
        t->slowest = ms;
}

static struct text read_file(struct arena *a, const struct tally *t, const char *file)
{
    char path[800];
    snprintf(path, sizeof(path), "%.500s/%.255s", t->folder, file);
    return shared_read(a, path);
}

static void each_whole(const char *file, void *data)
{
    struct arena *a = arena_new((size_t)64 << 20);
    struct text html = read_file(a, data, file);
    if (html.bytes)
        count(data, html);
    arena_free(a);
}

/* The value of every "input" of the tokeniser's tests; as written where it is no valid JSON. */
static void each_input(const char *file, void *data)
{
    struct arena *a = arena_new((size_t)64 << 20);
    struct text all = read_file(a, data, file);
    const char *at = all.bytes, *end = all.bytes + all.len;

    while (at && (at = memmem(at, (size_t)(end - at), "\"input\":", 8))) {
        at = memchr(at + 8, '"', (size_t)(end - at - 8));
        const char *close = at + 1;
        while (*close != '"')
            close += *close == '\\' ? 2 : 1;
        struct text raw = {at, (uint32_t)(close - at) + 1};
        struct json_fault fault;
        const struct json *v;
        count(data, json_parse(a, raw, &v, &fault) == ERR_OK ? json_string(v) : raw);
        at = close + 1;
    }
    arena_free(a);
}

/* What stands between #data and #errors in the tree builder's tests. */
static void each_section(const char *file, void *data)
{
    struct arena *a = arena_new((size_t)64 << 20);
    bool is_folder = !strchr(file, '.');
    struct text all = is_folder ? (struct text){NULL, 0} : read_file(a, data, file);
    const char *at = all.bytes, *end = all.bytes + all.len;

    while (at && (at = memmem(at, (size_t)(end - at), "#data\n", 6))) {
        at += 6;
        const char *close = memmem(at, (size_t)(end - at), "\n#errors", 8);
        if (!close)
            break;
        count(data, (struct text){at, (uint32_t)(close - at)});
        at = close;
    }
    arena_free(a);
}

static void read_pack(const char *folder, void (*each)(const char *, void *), unsigned at_least)
{
    struct tally t = {.folder = folder};

    shared_each(folder, each, &t);
    if (t.pages == 0) {
        shared_missing(folder);
        return;
    }
    print_message("%s: %u pages, slowest %.2f ms\n", folder, t.pages, t.slowest);
    assert_true(t.pages >= at_least);
    assert_true(t.slowest <= PACK_MS_MAX);
}

static void html5lib_tokenizer(void **state)
{
    (void)state;
    read_pack("reliability/html5lib-tests/tokenizer", each_input, 6000);
}

static void html5lib_tree_construction(void **state)
{
    (void)state;
    read_pack("reliability/html5lib-tests/tree-construction", each_section, 1500);
}

static void libxml2_html(void **state)
{
    (void)state;
    read_pack("reliability/libxml2-html/test/HTML", each_whole, 30);
}

static const struct {
    const char *before;
    const char *again; /* up to a megabyte */
} bombs[] = {
    {"", "<div>"},
    {"", "<b>"},
    {"", "<svg>"},
    {"", "<font color=red size=2>"},
    {"<a ", "b "},
    {"<a ", "a=1 "},
    {"<!-- <a ", "a=1 "},
    {"", "<table><tr><td>"},
    {"", "&amp;&lt;&foo;&#x41;&"},
    {"", "<!-- x -->"},
    {"", "<![CDATA[x]]>"},
    {"", "<b><i></b></i><p>"},
    {"<b><b><b><b><b><b><b><b><b><b><b><b><b><b><b><b>", "</i>"},
    {"", "\x01"},
    {"", "<"},
    {"", "<a b='"},
    {"", "<h1>Bridge, bridge. "},
    {"<script type=application/ld+json>Article", "\"author\":"},
    {"<h1>a</h1>", "<time>April 6, 2021</time> and, by the way, "},
    {"", "<p>By Ann Holm and Raj Patel, by Li Wei, by the way. "},
    {"", "<meta name=author content='Ann Holm'>"},
};

static void bombs_cost_little(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof(bombs) / sizeof(bombs[0]); i++) {
        struct arena *a = arena_new((size_t)16 << 20);
        struct strbuf b = strbuf_in(a);
        struct text html;
        strbuf_str(&b, bombs[i].before);
        while (b.len < BOMB_BYTES)
            strbuf_str(&b, bombs[i].again);
        assert_int_equal(strbuf_finish(&b, &html), ERR_OK);
        double ms = read_page(html);
        print_message("%s: %.1f ms\n", bombs[i].again, ms);
#ifndef ONRECORD_ARENA_SYSTEM /* with sanitizers only that it ends */
        assert_true(ms <= BOMB_MS_MAX);
#endif
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html5lib_tokenizer),
        cmocka_unit_test(html5lib_tree_construction),
        cmocka_unit_test(libxml2_html),
        cmocka_unit_test(bombs_cost_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
