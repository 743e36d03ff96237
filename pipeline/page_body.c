#include "pipeline/page_body.h"

#include <stdlib.h>

#include "pipeline/page_date.h"
#include "pipeline/page_marks.h"
#include "pipeline/page_text.h"
#include "pipeline/page_words.h"

struct finder {
    const struct page_tree *tree;
    const struct page_blocks *blocks;
    const uint8_t *marks;
    struct text title;
    uint64_t *near;   /* of each node: prose of blocks that are it, its children or grandchildren */
    uint64_t nearest; /* the largest of these */
    int64_t *weight;  /* sum over all blocks before the one of this index */
    bool *keep;
    uint32_t container;
    bool is_list;
};

enum {
    NOTE_BYTES_MAX = 400, /* of a note of the site */
    LINE_BYTES_MIN = 30,
    DATE_LINE_BYTES_MAX = 120,
    DATE_LINE_REST_MAX = 50,
    LINK_COST = 1,       /* a byte of a block that is links weighs so much against a container */
    BLOCK_COST = 10,     /* each such block, besides */
    SHARE_NONE = 10,     /* in percent of the best support: what has less does not count, */
    SHARE_FULL = 30,     /* what has more counts in full */
    PERCENT_MIN = -20,   /* ... and what has none counts against the container */
    LIST_PERCENT = 34,   /* a page with less running text outside of list items is a list */
    PROSE_ENOUGH = 800,  /* bytes, or in percent of all prose: an article that has more than */
    PERCENT_ENOUGH = 25, /* either was not lost to a misleading name */
};

static enum page_mark mark_of_block(const struct finder *f, uint32_t i)
{
    uint32_t node = f->blocks->at[i].node;
    return (enum page_mark)f->marks[node];
}

static uint32_t parent_of(const struct finder *f, uint32_t node)
{
    return f->tree->nodes[node].parent;
}

/* A list item with a link of some length, on a page that is not mostly such a list. */
static bool is_teaser(const struct finder *f, const struct page_block *b)
{
    return !f->is_list && f->tree->nodes[b->node].tag == TAG_LI && b->link_bytes * 8 > b->text.len;
}

static uint32_t prose_of(const struct finder *f, uint32_t i)
{
    const struct page_block *b = &f->blocks->at[i];

    return is_teaser(f, b) || mark_of_block(f, i) > MARK_BODY ? 0 : page_block_prose(b);
}

static uint64_t prose_of_all(const struct finder *f)
{
    uint64_t sum = 0;

    for (uint32_t i = 0; i < f->blocks->count; i++)
        sum += prose_of(f, i);
    return sum;
}

static void tell_list(struct finder *f)
{
    f->is_list = false;
    uint64_t without = prose_of_all(f);
    f->is_list = true;
    f->is_list = without * 100 < prose_of_all(f) * LIST_PERCENT;
}

/* Paragraphs of an article stand together; teasers stand each in an element of its own. */
static void add_neighbours(struct finder *f)
{
    for (uint32_t i = 0; i < f->blocks->count; i++) {
        uint32_t node = f->blocks->at[i].node, parent = parent_of(f, node);
        uint32_t prose = prose_of(f, i);
        f->near[node] += prose;
        f->near[parent] += prose;
        f->near[parent_of(f, parent)] += prose / 2;
    }
    for (uint32_t i = 0; i < f->tree->count; i++)
        if (f->near[i] > f->nearest)
            f->nearest = f->near[i];
}

static uint64_t support(const struct finder *f, uint32_t node)
{
    uint32_t parent = parent_of(f, node), grand = parent_of(f, parent);
    uint64_t most = f->near[node];

    if (f->near[parent] > most)
        most = f->near[parent];
    return f->near[grand] > most ? f->near[grand] : most;
}

/* The share of its prose that a block counts for. */
static int64_t supported(const struct finder *f, uint32_t node, uint32_t prose)
{
    int64_t share = (int64_t)(support(f, node) * 100 / (f->nearest + 1));
    int64_t percent = (share - SHARE_NONE) * 100 / (SHARE_FULL - SHARE_NONE);

    if (percent > 100)
        percent = 100;
    if (percent < PERCENT_MIN)
        percent = PERCENT_MIN;
    return prose * percent / 100;
}

static int64_t weigh(const struct finder *f, uint32_t i)
{
    const struct page_block *b = &f->blocks->at[i];
    enum page_tag tag = f->tree->nodes[b->node].tag;
    uint32_t prose = prose_of(f, i);

    if (mark_of_block(f, i) > MARK_BODY)
        return -(int64_t)page_block_prose(b) / 8 - 2;
    if (page_tag_flow(tag) & FLOW_HEADING || tag == TAG_TD || tag == TAG_TH)
        return supported(f, b->node, prose);
    if (prose)
        return supported(f, b->node, prose);
    return -(int64_t)b->link_bytes * LINK_COST - BLOCK_COST;
}

static void add_weights(struct finder *f)
{
    for (uint32_t i = 0; i < f->blocks->count; i++)
        f->weight[i + 1] = f->weight[i] + weigh(f, i);
}

/* The element with the largest sum; of equal ones the innermost. */
static void choose_container(struct finder *f)
{
    int64_t best = 0;

    for (uint32_t i = 0; i < f->tree->count; i++) {
        const struct page_node *n = &f->tree->nodes[i];
        if (!(page_tag_flow(n->tag) & FLOW_BLOCK) && n->tag != TAG_OTHER)
            continue;
        int64_t sum = f->weight[f->blocks->first[n->end]] - f->weight[f->blocks->first[i]];
        if (sum >= best && sum > 0) {
            best = sum;
            f->container = i;
        }
    }
}

static bool is_heading(const struct finder *f, uint32_t i)
{
    return (page_tag_flow(f->tree->nodes[f->blocks->at[i].node].tag) & FLOW_HEADING) != 0;
}

static bool is_long(const struct wordlist_row *row, const struct page_block *b)
{
    return b->text.len > strtoul(row->values[1], NULL, 10);
}

/* True if the phrase of `row`, found at word `at` with `count` words, stands where it has to. */
static bool is_in_place(const struct wordlist_row *row, const struct page_block *b,
                        const struct page_words *w, uint32_t at, uint32_t count)
{
    const char *place = row->values[0];

    if (strcmp(place, "any") == 0)
        return true;
    if (strcmp(place, "whole") == 0)
        return at == 0 && count == w->count;
    return at == 0 && (strcmp(place, "start") == 0 || b->link_bytes > 0 || b->sentences == 0);
}

/* "Sign up for our newsletter", "Read more: …": the phrases of data/page-notes.tsv. */
static bool is_note(const struct page_block *b)
{
    struct page_words w = page_words_of(b->text);

    for (uint32_t i = 0, n; i < w.count; i++) {
        const struct wordlist_row *row = page_words_find(&w, i, &wordlist_page_notes, &n);
        if (row && !is_long(row, b) && is_in_place(row, b, &w, i, n))
            return true;
    }
    return false;
}

/* "Updated 5:27 am CST, Wednesday, November 20, 2019": a date, and little else. */
static bool is_date_line(const struct page_block *b)
{
    struct page_date d;

    return b->text.len <= DATE_LINE_BYTES_MAX && b->sentences == 0 &&
           page_date_find(b->text, 0, false, &d) &&
           b->text.len - (d.span.end - d.span.start) <= DATE_LINE_REST_MAX;
}

/* A line of its own without full stop, between paragraphs that are divs. */
static bool stands_among_text(const struct finder *f, const struct page_block *b)
{
    return b->link_bytes == 0 && b->text.len >= LINE_BYTES_MIN &&
           support(f, b->node) * 100 >= f->nearest * SHARE_FULL;
}

static bool keeps(const struct finder *f, uint32_t i)
{
    const struct page_block *b = &f->blocks->at[i];
    enum page_tag tag = f->tree->nodes[b->node].tag;

    if (mark_of_block(f, i) > MARK_BODY)
        return false;
    if (f->title.len && text_equal(b->text, f->title))
        return false;
    if (b->text.len <= NOTE_BYTES_MAX && (is_note(b) || is_date_line(b)))
        return false;
    if (b->link_bytes * 2 > b->text.len && b->sentences == 0)
        return false;
    if (b->link_bytes * 10 > b->text.len * 9)
        return false;
    if (stands_among_text(f, b))
        return true;
    if (is_heading(f, i) || tag == TAG_P || tag == TAG_LI || tag == TAG_BLOCKQUOTE ||
        tag == TAG_TD || tag == TAG_TH)
        return true;
    return page_block_prose(b) > 0;
}

/* A heading is kept only in front of text; what stands before all text is the headline. */
static void drop_outer_headings(struct finder *f, uint32_t first, uint32_t end)
{
    while (first < end && (!f->keep[first] || is_heading(f, first)))
        f->keep[first++] = false;
    while (end > first && (!f->keep[end - 1] || is_heading(f, end - 1)))
        f->keep[--end] = false;
}

static void select_blocks(struct finder *f)
{
    uint32_t first = f->blocks->first[f->container];
    uint32_t end = f->blocks->first[f->tree->nodes[f->container].end];

    for (uint32_t i = first; i < end; i++)
        f->keep[i] = keeps(f, i);
    drop_outer_headings(f, first, end);
}

static enum err list_kept(struct arena *a, const struct finder *f, struct page_body *out)
{
    uint32_t *kept = ARENA_ARRAY(a, uint32_t, (size_t)f->blocks->count + 1);
    struct page_body body = {.kept = kept, .container = f->container};

    if (!kept)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < f->blocks->count; i++) {
        if (!f->keep[i])
            continue;
        kept[body.count++] = i;
        body.prose += page_block_prose(&f->blocks->at[i]);
    }
    *out = body;
    return ERR_OK;
}

static enum err find_trusting(struct arena *a, struct finder *f, enum page_trust trust,
                              struct page_body *out)
{
    uint32_t blocks = f->blocks->count;
    uint8_t *marks;
    enum err e = page_marks_set(a, f->tree, f->blocks, trust, &marks);

    if (e != ERR_OK)
        return e;
    f->marks = marks;
    memset(f->near, 0, f->tree->count * sizeof(*f->near));
    memset(f->keep, 0, blocks * sizeof(*f->keep));
    f->nearest = 0;
    f->container = 0;
    tell_list(f);
    add_neighbours(f);
    add_weights(f);
    choose_container(f);
    if (f->nearest)
        select_blocks(f);
    return list_kept(a, f, out);
}

static uint64_t all_prose(const struct page_blocks *blocks)
{
    uint64_t sum = 0;

    for (uint32_t i = 0; i < blocks->count; i++)
        sum += page_block_prose(&blocks->at[i]);
    return sum;
}

/* Where trusting all names leaves next to nothing of a page full of text, less is believed. */
enum err page_body_find(struct arena *a, const struct page_tree *tree,
                        const struct page_blocks *blocks, struct text title, struct page_body *out)
{
    struct finder f = {.tree = tree, .blocks = blocks, .title = title};
    struct page_body body = {.count = 0};
    uint64_t all = all_prose(blocks);

    f.weight = ARENA_ARRAY(a, int64_t, (size_t)blocks->count + 1);
    f.keep = ARENA_ARRAY(a, bool, (size_t)blocks->count + 1);
    f.near = ARENA_ARRAY(a, uint64_t, tree->count);
    if (!f.weight || !f.keep || !f.near)
        return ERR_NO_MEMORY;
    for (enum page_trust trust = TRUST_ALL; trust < PAGE_TRUST_COUNT; trust++) {
        struct page_body found;
        enum err e = find_trusting(a, &f, trust, &found);
        if (e != ERR_OK)
            return e;
        if (found.prose > body.prose)
            body = found;
        if (body.prose >= PROSE_ENOUGH || (uint64_t)body.prose * 100 >= all * PERCENT_ENOUGH)
            break;
    }
    *out = body;
    return ERR_OK;
}
