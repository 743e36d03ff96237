/*
 * tokenise: plain text on standard input, one token a line as "START END" in bytes on standard
 * output, an empty line behind every sentence. For tests/bench/score_tokens.py. With a number N as
 * argument it cuts the text N times and prints tokens a second instead.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/strbuf.h"
#include "pipeline/sentences.h"
#include "pipeline/text.h"
#include "pipeline/tokens.h"

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

static void print(const struct document *doc)
{
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        const struct token *t = &doc->tokens.at[i];
        if (i > 0 && t->sentence != t[-1].sentence)
            putchar('\n');
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

int main(int argc, char **argv)
{
    struct arena *a = arena_new(budget + input_budget);
    struct document doc = {.title = {NULL, 0}};
    struct text in;
    enum err e = a ? read_all(a, &in) : ERR_NO_MEMORY;

    if (!e && argc > 1)
        e = bench(in, strtol(argv[1], NULL, 10));
    else if (!e && !(e = cut(a, in, &doc)))
        print(&doc);
    if (e)
        fprintf(stderr, "tokenise: %s\n", err_title(e));
    arena_free(a);
    return e ? 1 : 0;
}
