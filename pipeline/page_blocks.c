#include "pipeline/page_blocks.h"

#include "pipeline/page_text.h"

enum { BLOCKS_MAX = 100000 };

struct open {
    uint32_t node;
    bool link;
    bool block;
};

struct cutter {
    struct arena *arena;
    const struct page_tree *tree;
    struct page_blocks out;
    uint32_t cap;
    struct strbuf text; /* of all blocks; their texts are set when it no longer moves */
    struct squeezer squeezer;
    struct page_block now;
    uint32_t first_node; /* the text node with which `now` began; 0: it has no text yet */
    uint32_t breaks;     /* <br> since the last text */
    uint32_t links;      /* open links */
    struct open open[PAGE_DEPTH_MAX + 1];
    uint32_t depth;
};

/* Full stops and commas of Chinese and Japanese. */
static const char *const wide_stops[] = {"。", "！", "？"};
static const char *const wide_commas[] = {"、", "，"};

static bool stands_at(struct text t, uint32_t i, const char *const *marks, size_t count)
{
    for (size_t n = 0; n < count; n++)
        if (t.len - i >= 3 && memcmp(t.bytes + i, marks[n], 3) == 0)
            return true;
    return false;
}

static bool ends_sentence(struct text t, uint32_t i)
{
    char c = t.bytes[i];

    if ((unsigned char)c >= 0xE3)
        return stands_at(t, i, wide_stops, 3);
    if (c != '.' && c != '!' && c != '?')
        return false;
    while (i + 1 < t.len &&
           (t.bytes[i + 1] == '"' || t.bytes[i + 1] == '\'' || t.bytes[i + 1] == ')'))
        i++;
    return i + 1 >= t.len || t.bytes[i + 1] == ' ' || (unsigned char)t.bytes[i + 1] >= 0x80;
}

static void count_marks(struct page_block *b, struct text t)
{
    for (uint32_t i = 0; i < t.len; i++) {
        b->commas += t.bytes[i] == ',' || stands_at(t, i, wide_commas, 2);
        b->sentences += ends_sentence(t, i);
    }
}

/* Ends the block at hand and begins another. */
static void flush(struct cutter *c, uint32_t node)
{
    struct page_block *b = &c->now;

    b->text.len = c->text.len - c->squeezer.start;
    if (b->text.len && !c->text.failed && c->out.count < c->cap) {
        count_marks(b, (struct text){c->text.bytes + c->squeezer.start, b->text.len});
        c->out.at[c->out.count++] = *b;
        c->out.first[c->first_node + 1]++;
    }
    *b = (struct page_block){.node = node};
    c->squeezer = squeezer_to(&c->text);
    c->first_node = 0;
    c->breaks = 0;
}

static uint32_t block_around(const struct cutter *c)
{
    for (uint32_t d = c->depth; d > 0; d--)
        if (c->open[d - 1].block)
            return c->open[d - 1].node;
    return 0;
}

static void add_text(struct cutter *c, uint32_t node)
{
    uint32_t before = c->text.len;

    squeezer_add(&c->squeezer, c->tree->nodes[node].text);
    uint32_t added = c->text.len - before;
    if (!added)
        return;
    c->breaks = 0;
    if (!c->first_node)
        c->first_node = node;
    if (c->links)
        c->now.link_bytes += added;
}

static void add_break(struct cutter *c)
{
    squeezer_part(&c->squeezer, true);
    if (++c->breaks == 2)
        flush(c, block_around(c));
}

static void close_until(struct cutter *c, uint32_t node)
{
    while (c->depth && c->tree->nodes[c->open[c->depth - 1].node].end <= node) {
        struct open *o = &c->open[--c->depth];
        c->links -= o->link;
        if (o->block)
            flush(c, block_around(c));
    }
}

static bool has_style(struct text style, const char *property, const char *value)
{
    uint32_t at = text_find(style, property);
    struct text rest = {style.bytes + at, style.len - at};

    if (at == style.len)
        return false;
    rest.bytes += strlen(property);
    rest.len -= (uint32_t)strlen(property);
    return text_begins(text_trimmed(rest), value);
}

bool page_node_hidden(const struct page_tree *tree, uint32_t node)
{
    const struct page_node *n = &tree->nodes[node];

    for (uint32_t i = 0; i < n->attribute_count; i++) {
        const struct page_attribute *a = &tree->attributes[n->first_attribute + i];
        if (a->name == ATTR_HIDDEN ||
            (a->name == ATTR_ARIA_HIDDEN && text_same(a->value, "true")) ||
            (a->name == ATTR_STYLE && (has_style(a->value, "display:", "none") ||
                                       has_style(a->value, "visibility:", "hidden"))))
            return true;
    }
    return false;
}

/*
 * True if nothing inside is text of the page. A "button" or "object" around half of the page is
 * rather a tag that was never closed.
 */
static bool is_silent(const struct page_tree *tree, uint32_t node)
{
    const struct page_node *n = &tree->nodes[node];

    return (page_tag_flow(n->tag) & FLOW_SILENT) && (n->end - node) * 2 < tree->count;
}

/* Enters an element; returns the node to go on with. */
static uint32_t enter(struct cutter *c, uint32_t node)
{
    const struct page_node *n = &c->tree->nodes[node];
    unsigned flow = page_tag_flow(n->tag);
    bool block = (flow & FLOW_BLOCK) != 0;

    if (block)
        flush(c, node);
    if (is_silent(c->tree, node)) {
        if (block)
            flush(c, block_around(c));
        return n->end;
    }
    if (flow & FLOW_BREAK)
        add_break(c);
    c->open[c->depth++] = (struct open){node, n->tag == TAG_A, block};
    c->links += n->tag == TAG_A;
    return node + 1;
}

static void walk(struct cutter *c)
{
    uint32_t i = 0;

    while (i < c->tree->count) {
        close_until(c, i);
        if (c->tree->nodes[i].tag == TAG_TEXT)
            add_text(c, i++);
        else
            i = enter(c, i);
    }
    close_until(c, c->tree->count);
    flush(c, 0);
}

/* Blocks lie one behind the other in the one text. */
static void set_texts(struct cutter *c, const char *bytes)
{
    for (uint32_t i = 0; i < c->out.count; i++) {
        c->out.at[i].text.bytes = bytes;
        bytes += c->out.at[i].text.len;
    }
    for (uint32_t i = 0; i < c->tree->count; i++)
        c->out.first[i + 1] += c->out.first[i];
}

static uint32_t count_texts(const struct page_tree *tree, size_t *bytes)
{
    uint32_t n = 0;

    *bytes = 1;
    for (uint32_t i = 0; i < tree->count; i++)
        if (tree->nodes[i].tag == TAG_TEXT) {
            n++;
            *bytes += tree->nodes[i].text.len + 1;
        }
    return n;
}

enum err page_blocks_cut(struct arena *a, const struct page_tree *tree, struct page_blocks *out)
{
    struct cutter *c = ARENA_NEW(a, struct cutter);
    struct text all;
    size_t bytes;

    if (!c)
        return ERR_NO_MEMORY;
    c->tree = tree;
    c->cap = count_texts(tree, &bytes);
    if (c->cap > BLOCKS_MAX)
        c->cap = BLOCKS_MAX;
    c->out.at = ARENA_ARRAY(a, struct page_block, c->cap + 1);
    c->out.first = ARENA_ARRAY(a, uint32_t, (size_t)tree->count + 2);
    if (!c->out.at || !c->out.first)
        return ERR_NO_MEMORY;
    c->text = strbuf_in(a);
    c->squeezer = squeezer_to(&c->text);
    walk(c);
    enum err e = strbuf_finish(&c->text, &all);
    if (e != ERR_OK)
        return e;
    set_texts(c, all.bytes);
    *out = c->out;
    return ERR_OK;
}
