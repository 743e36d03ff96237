#include "pipeline/page_body.h"

#include "pipeline/page_marks.h"
#include "pipeline/page_text.h"
#include "pipeline/wordlist.h"

struct finder {
    const struct page_tree *tree;
    const struct page_blocks *blocks;
    const uint8_t *marks;
    struct text title;
    int64_t *weight; /* sum over all blocks before the one of this index */
    bool *keep;
    uint32_t container;
};

enum {
    LINK_COST = 2,   /* a byte of a block that is links weighs so much against a container */
    BLOCK_COST = 20, /* each such block, besides */
};

static enum page_mark mark_of_block(const struct finder *f, uint32_t i)
{
    uint32_t node = f->blocks->at[i].node;
    return (enum page_mark)f->marks[node];
}

static int64_t weigh(const struct finder *f, uint32_t i)
{
    const struct page_block *b = &f->blocks->at[i];
    uint32_t prose = page_block_prose(b);

    if (mark_of_block(f, i) > MARK_BODY)
        return prose ? -(int64_t)prose / 8 : -2;
    if (page_tag_flow(f->tree->nodes[b->node].tag) & FLOW_HEADING)
        return 0;
    if (prose)
        return prose;
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

static bool keeps(const struct finder *f, uint32_t i)
{
    const struct page_block *b = &f->blocks->at[i];
    enum page_tag tag = f->tree->nodes[b->node].tag;

    if (mark_of_block(f, i) > MARK_BODY)
        return false;
    if (f->title.len && text_equal(b->text, f->title))
        return false;
    if (b->link_bytes * 2 > b->text.len && b->sentences == 0)
        return false;
    if (b->link_bytes * 10 > b->text.len * 9)
        return false;
    if (is_heading(f, i) || tag == TAG_P || tag == TAG_LI || tag == TAG_BLOCKQUOTE || tag == TAG_TD)
        return true;
    return page_block_prose(b) > 0;
}

/* A heading is kept only in front of text that is. */
static void drop_last_headings(struct finder *f, uint32_t first, uint32_t end)
{
    bool text_follows = false;

    for (uint32_t i = end; i-- > first;) {
        if (!f->keep[i])
            continue;
        if (!is_heading(f, i))
            text_follows = true;
        else if (!text_follows)
            f->keep[i] = false;
        else
            text_follows = true;
    }
}

static void select_blocks(struct finder *f)
{
    uint32_t first = f->blocks->first[f->container];
    uint32_t end = f->blocks->first[f->tree->nodes[f->container].end];

    for (uint32_t i = first; i < end; i++)
        f->keep[i] = keeps(f, i);
    drop_last_headings(f, first, end);
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

enum err page_body_find(struct arena *a, const struct page_tree *tree,
                        const struct page_blocks *blocks, struct text title, struct page_body *out)
{
    struct finder f = {.tree = tree, .blocks = blocks, .title = title};
    uint8_t *marks;
    enum err e = page_marks_set(a, tree, blocks, &marks);

    if (e != ERR_OK)
        return e;
    f.marks = marks;
    f.weight = ARENA_ARRAY(a, int64_t, (size_t)blocks->count + 1);
    f.keep = ARENA_ARRAY(a, bool, (size_t)blocks->count + 1);
    if (!f.weight || !f.keep)
        return ERR_NO_MEMORY;
    add_weights(&f);
    choose_container(&f);
    if (f.weight[blocks->count] || f.container)
        select_blocks(&f);
    return list_kept(a, &f, out);
}
