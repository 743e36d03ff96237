#include "pipeline/tokens.h"

#include "pipeline/forms.h"
#include "pipeline/token_ends.h"

enum { BYTES_A_TOKEN = 4, CAPACITY_FIRST = 64 }; /* most articles fit into the first guess */

struct cutter {
    struct arena *arena;
    struct text text;
    struct token *at;
    uint32_t count, capacity;
};

static enum err grow(struct cutter *c)
{
    size_t size = c->capacity * sizeof(*c->at);
    void *at = arena_grow(c->arena, c->at, size, 2 * size);

    if (!at)
        return ERR_NO_MEMORY;
    c->at = at;
    c->capacity *= 2;
    return ERR_OK;
}

static enum err add(struct cutter *c, uint32_t sentence, struct span span, bool starts_sentence)
{
    if (c->count == c->capacity && grow(c))
        return ERR_NO_MEMORY;
    struct token token = {.span = span, .sentence = sentence, .head = NO_HEAD};
    if (token_form(c->arena, c->text, &token))
        return ERR_NO_MEMORY;
    if (starts_sentence)
        token.shape |= SHAPE_SENTENCE_START;
    c->at[c->count++] = token;
    return ERR_OK;
}

static uint32_t scan_ink(struct text t, uint32_t at)
{
    uint32_t size;
    if (scan_space(t, at))
        return 0;
    utf8_at(t, at, &size);
    return size;
}

static enum err cut_chunk(struct cutter *c, uint32_t sentence, const struct chunk *chunk)
{
    for (uint32_t at = chunk->span.start; at < chunk->span.end;) {
        uint32_t end = token_end(c->text, chunk, at);
        bool first = chunk->starts_sentence && at == chunk->span.start;
        if (add(c, sentence, (struct span){at, end}, first))
            return ERR_NO_MEMORY;
        at = end;
    }
    return ERR_OK;
}

static enum err cut_sentence(struct cutter *c, uint32_t number, struct sentence *s)
{
    uint32_t first = c->count;

    for (uint32_t at = s->span.start; at < s->span.end;) {
        uint32_t end = scan_over(c->text, at, s->span.end, scan_ink);
        struct chunk chunk = {{at, end}, at == s->span.start, end == s->span.end};
        if (cut_chunk(c, number, &chunk))
            return ERR_NO_MEMORY;
        at = scan_over(c->text, end, s->span.end, scan_space);
    }
    s->first_token = first;
    s->token_count = c->count - first;
    return ERR_OK;
}

enum err tokens_cut(struct arena *a, struct document *doc, struct tokens *out)
{
    struct cutter c = {.arena = a, .text = doc->text};

    c.capacity = c.text.len / BYTES_A_TOKEN + CAPACITY_FIRST;
    c.at = ARENA_ARRAY(a, struct token, c.capacity);
    if (!c.at)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < doc->sentences.count; i++)
        if (cut_sentence(&c, i, &doc->sentences.at[i]))
            return ERR_NO_MEMORY;
    *out = (struct tokens){c.at, c.count};
    return ERR_OK;
}
