/*
 * tokenise: plain text on standard input, one token a line as "START END" in bytes on standard
 * output, an empty line behind every sentence. For tests/bench/score_tokens.py. With --words it
 * prints the tokens themselves, with --page those of the article in a page of HTML
 * (training/pages.py); with a number N it cuts the text N times and prints tokens a second.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/strbuf.h"
#include "pipeline/language.h"
#include "pipeline/page.h"
#include "pipeline/sentences.h"
#include "pipeline/text.h"
#include "pipeline/tokens.h"

enum { ARTICLE_BYTES_MIN = 500 }; /* less is a page of links */

static const size_t input_budget = (size_t)1 << 28;
static const size_t budget = (size_t)1 << 30;

static enum err cut(struct arena *a, struct text in, struct document *doc)
{
    enum err e = text_normalise(a, in, &doc->text);
    if (!e)
        e = text_paragraphs(a, doc->text, &doc->paragraphs, &doc->title);
    if (!e)
        e = sentences_cut(a, doc, &doc->sentences);
    return e ? e : tokens_cut(a, doc, &doc->tokens);
}

static void print(const struct document *doc, bool words)
{
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        const struct token *t = &doc->tokens.at[i];
        if (i > 0 && t->sentence != t[-1].sentence)
            putchar('\n');
        struct text form = token_text(doc, i);
        if (words)
            printf("%.*s\tO\n", (int)form.len, form.bytes);
        else
            printf("%u %u\n", t->span.start, t->span.end);
    }
}

static enum err read_all(struct arena *a, struct text *out)
{
    struct strbuf b = strbuf_in(a);
    char block[1 << 16];

    for (size_t n; (n = fread(block, 1, sizeof(block), stdin)) > 0;)
        strbuf_bytes(&b, block, n);
    return strbuf_finish(&b, out);
}

static enum err bench(struct text in, long rounds)
{
    double tokens = 0;
    clock_t start = clock();

    for (long i = 0; i < rounds; i++) {
        struct arena *a = arena_new(budget);
        struct document doc = {.title = {NULL, 0}};
        enum err e = a ? cut(a, in, &doc) : ERR_NO_MEMORY;
        tokens += doc.tokens.count;
        arena_free(a);
        if (e)
            return e;
    }
    printf("%.1f million tokens/s\n", tokens * CLOCKS_PER_SEC / (double)(clock() - start) / 1e6);
    return ERR_OK;
}

/* The article of a page in HTML; empty where there is none, it is short, or not in English. */
static enum err cut_page(struct arena *a, struct text html, struct document *doc)
{
    struct page_input in = {.bytes = html};
    struct page page;
    struct problem why;

    page_prepare();
    if (page_read(a, &in, &page, &why) != ERR_OK || page.text.len < ARTICLE_BYTES_MIN)
        return ERR_OK;
    enum err e = cut(a, page.text, doc);
    if (!e && !language_guess(doc).english)
        doc->tokens.count = 0;
    return e;
}

int main(int argc, char **argv)
{
    struct text how = text_of(argc > 1 ? argv[1] : "");
    struct arena *a = arena_new(budget + input_budget);
    struct document doc = {.title = {NULL, 0}};
    struct text in;
    enum err e = a ? read_all(a, &in) : ERR_NO_MEMORY;
    bool page = text_is(how, "--page"), words = page || text_is(how, "--words");

    if (!e && how.len && !words)
        e = bench(in, strtol(how.bytes, NULL, 10));
    else if (!e && !(e = page ? cut_page(a, in, &doc) : cut(a, in, &doc)))
        print(&doc, words);
    if (e)
        fprintf(stderr, "tokenise: %s\n", err_title(e));
    arena_free(a);
    return e ? 1 : 0;
}
