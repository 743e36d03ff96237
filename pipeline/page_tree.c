#include "pipeline/page_tree.h"

#include <libxml/HTMLparser.h>
#include <strings.h>

#include "pipeline/page_memory.h"
#include "pipeline/page_scan.h"
#include "pipeline/page_text.h"

/* While the parser runs. Buffers are as large as the page can make them, so none has to grow. */
struct reader {
    struct arena *arena;
    struct page_tree tree;
    uint32_t node_cap;
    uint32_t attribute_cap;
    char *bytes; /* of texts and values */
    uint32_t used;
    uint32_t cap;
    uint32_t open[PAGE_DEPTH_MAX]; /* open[0] is the root */
    uint32_t depth;                /* open elements, the root included */
    uint32_t faults;
    enum err failed;
    xmlParserCtxtPtr parser;
};

static const struct {
    const char *name;
    unsigned flow;
} tags[PAGE_TAG_COUNT] = {
#define PAGE_TAG_ROW(id, name, flags) {name, flags},
    PAGE_TAGS(PAGE_TAG_ROW)};

static const char *const attrs[PAGE_ATTR_COUNT] = {
#define PAGE_ATTR_ROW(id, name) name,
    PAGE_ATTRS(PAGE_ATTR_ROW)};

unsigned page_tag_flow(enum page_tag tag)
{
    return tags[tag].flow;
}

/* Both tables are in alphabetical order behind `first`. The parser gives names in lower case. */
static enum page_tag tag_named(const char *name)
{
    int low = TAG_A, high = PAGE_TAG_COUNT - 1;

    while (low <= high) {
        int middle = (low + high) / 2;
        int order = strcmp(name, tags[middle].name);
        if (order == 0)
            return (enum page_tag)middle;
        if (order < 0)
            high = middle - 1;
        else
            low = middle + 1;
    }
    return TAG_OTHER;
}

static bool attr_named(const char *name, enum page_attr *out)
{
    int low = 0, high = PAGE_ATTR_COUNT - 1;

    while (low <= high) {
        int middle = (low + high) / 2;
        int order = strcmp(name, attrs[middle]);
        if (order == 0) {
            *out = (enum page_attr)middle;
            return true;
        }
        if (order < 0)
            high = middle - 1;
        else
            low = middle + 1;
    }
    return false;
}

static void give_up(struct reader *r, enum err e)
{
    if (r->failed == ERR_OK)
        r->failed = e;
    xmlStopParser(r->parser);
}

/* The bytes' copy. Nothing is copied beyond the buffer, which holds all that a page can say. */
static struct text keep(struct reader *r, const char *bytes, size_t len)
{
    if (len > r->cap - r->used) {
        give_up(r, ERR_TOO_COMPLEX);
        return (struct text){NULL, 0};
    }
    char *to = r->bytes + r->used;
    memcpy(to, bytes, len);
    r->used += (uint32_t)len;
    return (struct text){to, (uint32_t)len};
}

static struct page_node *add_node(struct reader *r, enum page_tag tag)
{
    if (r->tree.count == r->node_cap) {
        give_up(r, ERR_TOO_COMPLEX);
        return NULL;
    }
    struct page_node *n = &r->tree.nodes[r->tree.count];
    *n = (struct page_node){
        .tag = tag,
        .parent = r->open[r->depth - 1],
        .end = r->tree.count + 1,
        .first_attribute = r->tree.attribute_count,
    };
    r->tree.count++;
    return n;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void add_attribute(struct reader *r, struct page_node *n, enum page_attr name,
                          const char *value)
{
    size_t len = value ? strlen(value) : 0;

    while (len && is_blank(value[len - 1]))
        len--;
    while (len && is_blank(*value))
        value++, len--;
    if (r->tree.attribute_count == r->attribute_cap) {
        give_up(r, ERR_TOO_COMPLEX);
        return;
    }
    r->tree.attributes[r->tree.attribute_count++] =
        (struct page_attribute){name, len ? keep(r, value, len) : (struct text){"", 0}};
    n->attribute_count++;
}

static void on_start(void *data, const xmlChar *name, const xmlChar **pairs)
{
    struct reader *r = data;
    enum page_attr attr;

    if (r->failed != ERR_OK)
        return;
    struct page_node *n = add_node(r, tag_named((const char *)name));
    if (!n)
        return;
    for (; pairs && *pairs; pairs += 2)
        if (attr_named((const char *)pairs[0], &attr))
            add_attribute(r, n, attr, (const char *)pairs[1]);
    if (r->depth == PAGE_DEPTH_MAX) {
        give_up(r, ERR_TOO_COMPLEX);
        return;
    }
    r->open[r->depth++] = r->tree.count - 1;
}

static void on_end(void *data, const xmlChar *name)
{
    struct reader *r = data;

    (void)name;
    if (r->depth > 1)
        r->tree.nodes[r->open[--r->depth]].end = r->tree.count;
}

/* Text comes in pieces of a kilobyte; a piece that follows another lengthens it. */
static void add_text(struct reader *r, const char *bytes, size_t len)
{
    struct page_node *last = &r->tree.nodes[r->tree.count - 1];
    bool follows = last->tag == TAG_TEXT && last->parent == r->open[r->depth - 1] &&
                   last->text.bytes + last->text.len == r->bytes + r->used;
    struct text t = keep(r, bytes, len);

    if (r->failed != ERR_OK)
        return;
    if (follows) {
        last->text.len += t.len;
        return;
    }
    struct page_node *n = add_node(r, TAG_TEXT);
    if (n)
        n->text = t;
}

static void on_text(void *data, const xmlChar *bytes, int len)
{
    struct reader *r = data;

    if (r->failed == ERR_OK && len > 0)
        add_text(r, (const char *)bytes, (size_t)len);
}

/* True for the scripts whose content is data: "application/ld+json". */
static bool holds_json(const struct reader *r, uint32_t node)
{
    struct text type = page_attribute(&r->tree, node, ATTR_TYPE);

    return r->tree.nodes[node].tag == TAG_SCRIPT && type.len >= 7 &&
           strncasecmp(type.bytes + type.len - 7, "ld+json", 7) == 0;
}

static void on_cdata(void *data, const xmlChar *bytes, int len)
{
    struct reader *r = data;

    if (r->failed == ERR_OK && len > 0 && holds_json(r, r->open[r->depth - 1]))
        add_text(r, (const char *)bytes, (size_t)len);
}

/* A fault costs the parser more than a tag; a page that is nothing but faults is not read on. */
static void on_fault(void *data, xmlErrorPtr fault)
{
    struct reader *r = data;

    (void)fault;
    if (++r->faults > PAGE_FAULTS_MAX && r->failed == ERR_OK)
        give_up(r, ERR_TOO_COMPLEX);
}

static uint32_t count_byte(struct text t, char c)
{
    const char *at = t.bytes, *end = t.bytes + t.len;
    uint32_t n = 0;

    while (at < end && (at = memchr(at, c, (size_t)(end - at))))
        n++, at++;
    return n;
}

/* Room for what the page can hold: a tag or its end makes at most an element, one implied, and a
 * text. */
static enum err make_room(struct reader *r, struct text html)
{
    uint32_t marks = count_byte(html, '<');
    uint32_t values = count_byte(html, '=') + marks;

    r->node_cap = marks < PAGE_NODES_MAX / 3 ? marks * 3 + 16 : PAGE_NODES_MAX;
    r->attribute_cap = values < PAGE_ATTRS_MAX ? values + 1 : PAGE_ATTRS_MAX;
    r->cap = html.len + 16;
    r->tree.nodes = ARENA_ARRAY(r->arena, struct page_node, r->node_cap);
    r->tree.attributes = ARENA_ARRAY(r->arena, struct page_attribute, r->attribute_cap);
    r->bytes = arena_alloc(r->arena, r->cap);
    return r->tree.nodes && r->tree.attributes && r->bytes ? ERR_OK : ERR_NO_MEMORY;
}

static void add_root(struct reader *r)
{
    r->tree.nodes[0] = (struct page_node){.tag = TAG_OTHER, .end = 1};
    r->tree.count = 1;
    r->depth = 1;
}

/* `html` is UTF-8 whatever it says itself, so the parser must not listen to its meta elements. */
static void set_up(struct reader *r)
{
    static const xmlSAXHandler handler = {
        .startElement = on_start,
        .endElement = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_cdata,
        .serror = on_fault,
        .initialized = XML_SAX2_MAGIC, /* else serror is not called */
    };

    *r->parser->sax = handler;
    r->parser->userData = r;
    r->parser->charset = XML_CHAR_ENCODING_UTF8;
    htmlCtxtUseOptions(r->parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC |
                                      (int)XML_PARSE_HUGE);
}

/* The parser may take what the request has left: nothing else is taken meanwhile. */
static enum err parse(struct reader *r, struct text html)
{
    struct page_memory memory;

    if (html.len == 0)
        return ERR_OK;
    page_memory_begin(&memory, arena_left(r->arena));
    r->parser = memory.parser = htmlCreateMemoryParserCtxt(html.bytes, (int)html.len);
    if (r->parser && !memory.failed) {
        set_up(r);
        htmlParseDocument(r->parser);
    }
    memory.parser = NULL; /* it may be freed from here on, and its input with it */
    htmlFreeParserCtxt(r->parser);
    r->parser = NULL;
    page_memory_end(&memory);
    return memory.failed ? ERR_NO_MEMORY : r->failed;
}

enum err page_tree_read(struct arena *a, struct text html, struct page_tree *out)
{
    struct reader *r = ARENA_NEW(a, struct reader);
    enum err e;

    if (!r)
        return ERR_NO_MEMORY;
    if (!html.bytes)
        html = text_of("");
    if (!page_scan_fits(html))
        return ERR_TOO_COMPLEX;
    r->arena = a;
    if ((e = make_room(r, html)) != ERR_OK)
        return e;
    add_root(r);
    if ((e = parse(r, html)) != ERR_OK)
        return e;
    for (; r->depth > 0; r->depth--)
        r->tree.nodes[r->open[r->depth - 1]].end = r->tree.count;
    *out = r->tree;
    return ERR_OK;
}

struct text page_attribute(const struct page_tree *tree, uint32_t node, enum page_attr name)
{
    const struct page_node *n = &tree->nodes[node];

    for (uint32_t i = 0; i < n->attribute_count; i++)
        if (tree->attributes[n->first_attribute + i].name == name)
            return tree->attributes[n->first_attribute + i].value;
    return (struct text){NULL, 0};
}

enum err page_tree_text(struct arena *a, const struct page_tree *tree, uint32_t node, uint32_t max,
                        struct text *out)
{
    struct strbuf b = strbuf_in(a);
    struct squeezer s = squeezer_to(&b);

    for (uint32_t i = node; i < tree->nodes[node].end && b.len < max; i++) {
        const struct page_node *n = &tree->nodes[i];
        if (n->tag == TAG_TEXT && tree->nodes[n->parent].tag != TAG_SCRIPT)
            squeezer_add(&s, n->text);
        else if (page_tag_flow(n->tag) & (FLOW_BLOCK | FLOW_BREAK))
            squeezer_part(&s, false);
    }
    return strbuf_finish(&b, out);
}
