#include "pipeline/page_meta.h"

#include <stdlib.h>

#include "pipeline/page_text.h"
#include "pipeline/page_words.h"
#include "pipeline/wordlist.h"

enum {
    KEY_BYTES_MAX = 48,
    VALUE_BYTES_MAX = 300,
    WEIGHT_TITLE_TAG = 45,
    WEIGHT_HTML_LANG = 50,
    WEIGHT_REL_AUTHOR = 65,
    WEIGHT_PUBDATE = 82,
    WEIGHT_TIME = 60,
};

static const struct wordlist_row *row_named(struct text key)
{
    char low[KEY_BYTES_MAX];

    if (key.len == 0 || key.len > KEY_BYTES_MAX)
        return NULL;
    for (uint32_t i = 0; i < key.len; i++)
        low[i] =
            (char)(key.bytes[i] >= 'A' && key.bytes[i] <= 'Z' ? key.bytes[i] + 32 : key.bytes[i]);
    return wordlist_find(&wordlist_page_metas, (struct text){low, key.len});
}

static void add(struct page_facts *facts, const struct wordlist_row *row, struct text value)
{
    enum page_fact_kind kind;

    if (page_fact_named(row->values[0], &kind))
        page_facts_add(facts, kind, value, (unsigned)strtoul(row->values[1], NULL, 10));
}

/* `names` is one name, or several parted by spaces (RDFa): "og:title dc:title". */
static bool add_named(struct page_facts *facts, struct text names, struct text content)
{
    bool known = false;

    while (names.len) {
        uint32_t end = text_find(names, " ");
        const struct wordlist_row *row = row_named((struct text){names.bytes, end});
        if (row)
            add(facts, row, content);
        known = known || row;
        names.bytes += end;
        names.len -= end;
        names = text_trimmed(names);
    }
    return known;
}

static void read_meta(const struct page_tree *tree, uint32_t node, struct page_facts *facts)
{
    static const enum page_attr keys[] = {ATTR_PROPERTY, ATTR_NAME, ATTR_ITEMPROP};
    struct text content = page_attribute(tree, node, ATTR_CONTENT);

    for (unsigned i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (add_named(facts, page_attribute(tree, node, keys[i]), content))
            return;
}

static struct text text_below(const struct page_tree *tree, uint32_t node, struct page_facts *facts)
{
    struct text t = {NULL, 0};

    if (page_tree_text(facts->arena, tree, node, VALUE_BYTES_MAX, &t) != ERR_OK)
        facts->failed = true;
    return t;
}

/* The value of an element in microdata: an attribute made for machines, else its text. */
static void read_property(const struct page_tree *tree, uint32_t node, struct text name,
                          struct page_facts *facts)
{
    const struct wordlist_row *row = row_named(name);
    struct text value = page_attribute(tree, node, ATTR_DATETIME);

    if (!row)
        return;
    if (!value.len)
        value = page_attribute(tree, node, ATTR_CONTENT);
    if (!value.len)
        value = text_below(tree, node, facts);
    add(facts, row, value);
}

static void read_element(const struct page_tree *tree, uint32_t node, struct page_facts *facts)
{
    struct text property = page_attribute(tree, node, ATTR_ITEMPROP);
    struct text rel = page_attribute(tree, node, ATTR_REL);
    enum page_tag tag = tree->nodes[node].tag;

    if (tag == TAG_META)
        read_meta(tree, node, facts);
    else if (tag == TAG_LINK && text_same(rel, "canonical"))
        page_facts_add(facts, FACT_CANONICAL, page_attribute(tree, node, ATTR_HREF), 90);
    else if (tag == TAG_HTML)
        page_facts_add(facts, FACT_LANGUAGE, page_attribute(tree, node, ATTR_LANG),
                       WEIGHT_HTML_LANG);
    else if (tag == TAG_TITLE)
        page_facts_add(facts, FACT_WINDOW_TITLE, text_below(tree, node, facts), WEIGHT_TITLE_TAG);
    else if (row_named(property))
        read_property(tree, node, property, facts);
    else if (tag == TAG_A && text_same(rel, "author"))
        page_facts_add(facts, FACT_AUTHOR, text_below(tree, node, facts), WEIGHT_REL_AUTHOR);
}

void page_meta_read(const struct page_tree *tree, struct page_facts *facts)
{
    for (uint32_t i = 0; i < tree->count; i++)
        if (tree->nodes[i].attribute_count || tree->nodes[i].tag == TAG_TITLE)
            read_element(tree, i, facts);
}

static bool says_modified(struct text class)
{
    return text_find(class, "updat") < class.len || text_find(class, "modif") < class.len;
}

void page_meta_times(const struct page_tree *tree, uint32_t from, uint32_t to,
                     struct page_facts *facts)
{
    for (uint32_t i = from; i < to && i < tree->count; i++) {
        if (tree->nodes[i].tag != TAG_TIME)
            continue;
        struct text value = page_attribute(tree, i, ATTR_DATETIME);
        bool pubdate = page_attribute(tree, i, ATTR_PUBDATE).bytes != NULL;
        bool modified = says_modified(page_attribute(tree, i, ATTR_CLASS));
        if (!value.len)
            value = text_below(tree, i, facts);
        page_facts_add(facts, modified ? FACT_MODIFIED : FACT_PUBLISHED, value,
                       pubdate && !modified ? WEIGHT_PUBDATE : WEIGHT_TIME);
    }
}
