#include "pipeline/page_marks.h"

#include "pipeline/page_text.h"
#include "pipeline/wordlist.h"

enum {
    PROSE_BYTES_MIN = 40,
    NAME_BYTES_MAX = 400, /* of a class attribute that are read */
    WORD_BYTES_MAX = 24,
};

struct marker {
    const struct page_tree *tree;
    const struct page_blocks *blocks;
    uint64_t *prose; /* in all blocks before the one of this index */
    uint8_t *marks;
    enum page_trust trust;
};

struct evidence {
    enum page_mark mark;
    bool strong;
};

uint32_t page_block_prose(const struct page_block *b)
{
    if (b->text.len < PROSE_BYTES_MIN || b->link_bytes * 2 > b->text.len)
        return 0;
    if (b->sentences == 0 && b->commas == 0 && b->text.len < 3 * PROSE_BYTES_MIN)
        return 0;
    return b->text.len - b->link_bytes;
}

static uint64_t prose_in(const struct marker *m, uint32_t node)
{
    uint32_t first = m->blocks->first[node], end = m->blocks->first[m->tree->nodes[node].end];

    return m->prose[end] - m->prose[first];
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* The word of a class name at `*at` in lower case: "storyRelated-links" is story, related, links.
 */
static uint32_t next_word(struct text name, uint32_t *at, char word[WORD_BYTES_MAX])
{
    uint32_t i = *at, n = 0;

    while (i < name.len && !is_lower(name.bytes[i]) && !is_upper(name.bytes[i]))
        i++;
    for (; i < name.len; i++) {
        char c = name.bytes[i];
        if (!is_lower(c) && !is_upper(c))
            break;
        if (n && is_upper(c) && is_lower(name.bytes[i - 1]))
            break;
        if (n < WORD_BYTES_MAX)
            word[n++] = is_upper(c) ? (char)(c - 'A' + 'a') : c;
    }
    *at = i;
    return n;
}

static void add_row(const struct wordlist_row *row, struct evidence *e)
{
    static const char *const names[] = {"", "body", "summary", "caption", "margin", "comments"};
    enum page_mark mark = MARK_NONE;
    bool strong = row->values[1] && strcmp(row->values[1], "strong") == 0;

    for (unsigned i = 1; i < sizeof(names) / sizeof(names[0]); i++)
        if (strcmp(row->values[0], names[i]) == 0)
            mark = (enum page_mark)i;
    if (mark > e->mark || (mark == e->mark && strong)) {
        e->mark = mark;
        e->strong = strong || (mark == e->mark && e->strong);
    }
}

/* Looks up each word and each pair of neighbours. */
static void read_name(struct text name, struct evidence *e)
{
    char pair[2 * WORD_BYTES_MAX + 1];
    uint32_t before = 0, at = 0;

    if (name.len > NAME_BYTES_MAX)
        name.len = NAME_BYTES_MAX;
    while (at < name.len) {
        char word[WORD_BYTES_MAX];
        uint32_t n = next_word(name, &at, word);
        if (n == 0)
            break;
        const struct wordlist_row *row =
            wordlist_find(&wordlist_page_marks, (struct text){word, n});
        if (row)
            add_row(row, e);
        pair[before] = ' ';
        memcpy(pair + before + 1, word, n);
        row = before ? wordlist_find(&wordlist_page_marks, (struct text){pair, before + 1 + n})
                     : NULL;
        if (row)
            add_row(row, e);
        memcpy(pair, word, n);
        before = n;
    }
}

static bool is_margin_role(struct text role)
{
    return text_same(role, "navigation") || text_same(role, "complementary") ||
           text_same(role, "contentinfo") || text_same(role, "banner") ||
           text_same(role, "search") || text_same(role, "dialog") || text_same(role, "menu");
}

static struct evidence read_attributes(const struct page_tree *tree, uint32_t node)
{
    struct evidence e = {MARK_NONE, false};
    const struct page_node *n = &tree->nodes[node];

    for (uint32_t i = 0; i < n->attribute_count; i++) {
        const struct page_attribute *a = &tree->attributes[n->first_attribute + i];
        if (a->name == ATTR_CLASS || a->name == ATTR_ID)
            read_name(a->value, &e);
        else if (a->name == ATTR_ITEMPROP && text_same(a->value, "articleBody"))
            return (struct evidence){MARK_BODY, true};
        else if (a->name == ATTR_ROLE && is_margin_role(a->value))
            e = (struct evidence){MARK_MARGIN, false};
    }
    return e;
}

/* How much of the page's prose, in percent, an element may hold and still be what it is called. */
static unsigned share_allowed(enum page_mark mark, bool strong)
{
    if (mark == MARK_COMMENTS)
        return 80;
    return strong ? 40 : 20;
}

/* "social-embed", "video-container": what is quoted from elsewhere is part of the article. */
static bool holds_quote(const struct page_tree *tree, uint32_t node)
{
    uint32_t i = node + 1;

    while (i < tree->nodes[node].end && tree->nodes[i].tag == TAG_TEXT)
        i++;
    return i < tree->nodes[node].end && tree->nodes[i].tag == TAG_BLOCKQUOTE;
}

static bool believes(const struct marker *m, struct evidence e)
{
    if (e.mark == MARK_COMMENTS || e.mark == MARK_BODY || m->trust == TRUST_ALL)
        return true;
    return m->trust == TRUST_STRONG && e.strong && e.mark >= MARK_MARGIN;
}

static bool is_picture(enum page_tag tag)
{
    return tag == TAG_FIGCAPTION || tag == TAG_FIGURE || tag == TAG_CAPTION;
}

static enum page_mark mark_of(const struct marker *m, uint32_t node)
{
    enum page_tag tag = m->tree->nodes[node].tag;
    uint64_t all = m->prose[m->blocks->count], own = prose_in(m, node);
    struct evidence e = read_attributes(m->tree, node);

    if (tag == TAG_BODY || tag == TAG_HTML || tag == TAG_OTHER)
        return MARK_NONE;
    if (!believes(m, e) || (e.mark == MARK_MARGIN && holds_quote(m->tree, node)))
        e.mark = MARK_NONE;
    if (e.mark > MARK_BODY && own * 100 <= all * share_allowed(e.mark, e.strong))
        return e.mark;
    if ((page_tag_flow(tag) & FLOW_MARGIN) && own * 2 <= all)
        return MARK_MARGIN;
    if (tag == TAG_FORM && own * 4 <= all)
        return MARK_MARGIN;
    if (m->trust == TRUST_ALL && is_picture(tag) && own * 5 <= all)
        return MARK_CAPTION;
    if (page_node_hidden(m->tree, node) && own * 2 <= all)
        return MARK_MARGIN;
    return e.mark == MARK_BODY ? MARK_BODY : MARK_NONE;
}

static void mark_all(struct marker *m)
{
    uint32_t count = m->tree->count;

    for (uint32_t i = 0; i < count;) {
        enum page_tag tag = m->tree->nodes[i].tag;
        enum page_mark mark = tag == TAG_TEXT ? MARK_NONE : mark_of(m, i);
        uint32_t end = mark > MARK_BODY ? m->tree->nodes[i].end : i + 1;
        memset(m->marks + i, (int)mark, end - i);
        i = end;
    }
}

enum err page_marks_set(struct arena *a, const struct page_tree *tree,
                        const struct page_blocks *blocks, enum page_trust trust, uint8_t **out)
{
    struct marker m = {.tree = tree, .blocks = blocks, .trust = trust};

    m.prose = ARENA_ARRAY(a, uint64_t, (size_t)blocks->count + 1);
    m.marks = ARENA_ARRAY(a, uint8_t, tree->count);
    if (!m.prose || !m.marks)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < blocks->count; i++)
        m.prose[i + 1] = m.prose[i] + page_block_prose(&blocks->at[i]);
    mark_all(&m);
    *out = m.marks;
    return ERR_OK;
}
