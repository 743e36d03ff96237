/*
 * Text into paragraphs, sentences and tokens: spans lie in order and inside each other, tokens
 * cover every byte that is no white space, and the same text gives the same cuts.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "pipeline/sentences.h"
#include "pipeline/text.h"
#include "pipeline/tokens.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_blank(struct text t, uint32_t at, uint32_t end)
{
    for (uint32_t size; at < end; at += size)
        must(utf8_is_space(utf8_at(t, at, &size)));
}

static void check_tokens(const struct document *doc)
{
    uint32_t at = 0, bad;

    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        const struct token *t = &doc->tokens.at[i];
        must(at <= t->span.start && t->span.start < t->span.end);
        must(t->span.end - t->span.start <= TOKEN_BYTES_MAX);
        must(span_contains(doc->sentences.at[t->sentence].span, t->span));
        must(utf8_check(token_text(doc, i), &bad));
        check_blank(doc->text, at, t->span.start);
        at = t->span.end;
    }
    check_blank(doc->text, at, doc->text.len);
}

static void check_sentences(const struct document *doc)
{
    uint32_t at = 0, token = 0;

    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        const struct sentence *s = &doc->sentences.at[i];
        must(at <= s->span.start && s->span.start < s->span.end);
        must(s->span.end - s->span.start <= SENTENCE_BYTES_MAX);
        must(span_contains(doc->paragraphs.at[s->paragraph].span, s->span));
        must(s->first_token == token && s->token_count > 0);
        at = s->span.end;
        token += s->token_count;
    }
    must(token == doc->tokens.count);
}

static bool read_layers(struct arena *a, struct text in, struct document *doc)
{
    return text_normalise(a, in, &doc->text) == ERR_OK &&
           text_paragraphs(a, doc->text, &doc->paragraphs, &doc->title) == ERR_OK &&
           sentences_cut(a, doc, &doc->sentences) == ERR_OK &&
           tokens_cut(a, doc, &doc->tokens) == ERR_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text in = {(const char *)data, (uint32_t)size};
    struct document doc = {.title = {NULL, 0}};
    uint32_t bad;

    if (!utf8_check(in, &bad))
        return 0;
    struct arena *a = arena_new((size_t)1 << 26);
    must(a != NULL);
    if (read_layers(a, in, &doc)) {
        check_sentences(&doc);
        check_tokens(&doc);
    }
    arena_free(a);
    return 0;
}
