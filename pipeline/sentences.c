#include "pipeline/sentences.h"

#include "pipeline/stops.h"

enum { CAPACITY_FIRST = 64 };

struct cutter {
    struct arena *arena;
    struct text text;
    struct sentence *at;
    uint32_t count, capacity;
};

static enum err grow(struct cutter *c)
{
    uint32_t capacity = c->capacity ? 2 * c->capacity : CAPACITY_FIRST;
    void *at = arena_grow(c->arena, c->at, c->capacity * sizeof(*c->at), capacity * sizeof(*c->at));

    if (!at)
        return ERR_NO_MEMORY;
    c->at = at;
    c->capacity = capacity;
    return ERR_OK;
}

static enum err add(struct cutter *c, uint32_t paragraph, struct span span)
{
    span.end = scan_back_over_space(c->text, span.start, span.end);
    if (span.start == span.end)
        return ERR_OK;
    if (c->count == c->capacity && grow(c))
        return ERR_NO_MEMORY;
    c->at[c->count++] = (struct sentence){.span = span, .paragraph = paragraph};
    return ERR_OK;
}

/* Where to cut a run that is too long: behind its last white space, else between two characters. */
static uint32_t forced_end(struct text t, uint32_t start)
{
    uint32_t end = start + SENTENCE_BYTES_MAX;
    for (uint32_t i = end; i > start; i = utf8_before(t, i))
        if (scan_space(t, utf8_before(t, i)))
            return i;
    return utf8_before(t, end + 1);
}

/* The end of the sentence that starts at `start` of a paragraph that ends at `end`. */
static uint32_t sentence_end(struct text t, uint32_t start, uint32_t end)
{
    uint32_t limit = end - start > SENTENCE_BYTES_MAX ? start + SENTENCE_BYTES_MAX : end;

    for (uint32_t i = start; i < limit;) {
        if (!stop_starts(t, i)) {
            i++;
            continue;
        }
        struct stop stop = stop_read(t, (struct span){start, end}, i);
        if (stop.after > limit)
            break;
        if (stop_ends_sentence(t, (struct span){start, end}, &stop))
            return stop.after;
        i = stop.after;
    }
    return limit < end ? forced_end(t, start) : end;
}

static enum err cut_paragraph(struct cutter *c, uint32_t number, struct span in)
{
    for (uint32_t start = in.start; start < in.end;) {
        uint32_t end = sentence_end(c->text, start, in.end);
        if (add(c, number, (struct span){start, end}))
            return ERR_NO_MEMORY;
        start = scan_over(c->text, end, in.end, scan_space);
    }
    return ERR_OK;
}

enum err sentences_cut(struct arena *a, const struct document *doc, struct sentences *out)
{
    struct cutter c = {.arena = a, .text = doc->text};

    for (uint32_t i = 0; i < doc->paragraphs.count; i++)
        if (cut_paragraph(&c, i, doc->paragraphs.at[i].span))
            return ERR_NO_MEMORY;
    *out = (struct sentences){c.at, c.count};
    return ERR_OK;
}
