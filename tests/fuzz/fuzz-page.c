/*
 * A page: whatever comes in, the article's text is UTF-8, its paragraphs lie in order in it, and
 * what is stated of it is no empty text. With too little memory it ends all the same. The first
 * byte chooses the charset that the header names, and how little.
 */
#include "base/utf8.h"
#include "pipeline/page.h"
#include "tests/fuzz/fuzz.h"

static void check_text(struct text t)
{
    uint32_t bad;

    MUST(utf8_check(t, &bad));
    MUST(t.bytes == NULL || t.len > 0);
}

static void check_paragraphs(const struct page *p)
{
    uint32_t at = 0;

    MUST(p->paragraphs.count > 0);
    for (uint32_t i = 0; i < p->paragraphs.count; i++) {
        struct span s = p->paragraphs.at[i].span;
        MUST(at <= s.start && s.start < s.end && s.end <= p->text.len);
        at = s.end;
    }
    MUST(at == p->text.len);
}

static void check_article(const struct article *a)
{
    check_text(a->title);
    check_text(a->site);
    check_text(a->section);
    check_text(a->language);
    check_text(a->published);
    check_text(a->modified);
    MUST((a->published.len > 0) == day_known(a->published_day));
    for (uint32_t i = 0; i < a->byline_count; i++) {
        MUST(a->byline[i].len > 0);
        check_text(a->byline[i]);
    }
}

static enum err read_within(size_t budget, const struct page_input *in)
{
    struct problem why = {.code = ERR_OK};
    struct arena *a = arena_new(budget);
    struct page p;

    MUST(a != NULL);
    enum err e = page_read(a, in, &p, &why);
    if (e == ERR_OK) {
        check_text(p.text);
        check_text(p.canonical_url);
        check_paragraphs(&p);
        check_article(&p.article);
    }
    arena_free(a);
    return e;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const charsets[] = {NULL, "utf-8", "windows-1252", "utf-16", "gb18030"};
    static bool prepared;

    if (!prepared)
        page_prepare();
    prepared = true;
    if (size == 0)
        return 0;
    struct page_input in = {.bytes = {(const char *)data + 1, (uint32_t)size - 1}};
    const char *charset = charsets[data[0] % 5];
    if (charset)
        in.charset = text_of(charset);
    enum err whole = read_within((size_t)1 << 26, &in);
    enum err tight = read_within((64 * size + 65536) * data[0] / 256, &in);
    MUST(tight == whole || tight == ERR_NO_MEMORY);
    return 0;
}
