/*
 * A page as one flat array of nodes in document order, read by libxml2's HTML parser.
 *
 * The subtree of node i is the run [i, nodes[i].end), so every walk is a loop over the array and
 * nothing recurses. The parser is driven by events (SAX) and never builds its own tree: all that it
 * gives is copied into the arena, and it is freed before page_tree_read() returns.
 */
#ifndef ONRECORD_PIPELINE_PAGE_TREE_H
#define ONRECORD_PIPELINE_PAGE_TREE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/span.h"

enum {
    PAGE_DEPTH_MAX = 512, /* as deep as Chromium's parser goes */
    PAGE_NODES_MAX = 200000,
    PAGE_ATTRS_MAX = 400000,
    PAGE_FAULTS_MAX = 50000, /* of markup */
};

/* How a tag's content flows: bits of page_tag_flags(). */
enum page_flow {
    FLOW_BLOCK = 1,   /* begins and ends a paragraph */
    FLOW_SILENT = 2,  /* what stands in it is never text of the page */
    FLOW_HEADING = 4, /* h1 to h6 */
    FLOW_BREAK = 8,   /* parts text although it holds none */
    FLOW_MARGIN = 16, /* by its meaning not part of an article: nav, aside, footer, form */
};

/* clang-format off */
#define PAGE_TAGS(X)                                                                              \
    X(TAG_TEXT, "#text", 0) X(TAG_OTHER, "", 0) X(TAG_A, "a", 0)                                  \
    X(TAG_ADDRESS, "address", FLOW_BLOCK) X(TAG_ARTICLE, "article", FLOW_BLOCK)                   \
    X(TAG_ASIDE, "aside", FLOW_BLOCK | FLOW_MARGIN) X(TAG_AUDIO, "audio", FLOW_BLOCK | FLOW_SILENT) \
    X(TAG_BLOCKQUOTE, "blockquote", FLOW_BLOCK) X(TAG_BODY, "body", FLOW_BLOCK)                   \
    X(TAG_BR, "br", FLOW_BREAK)                                                                   \
    X(TAG_BUTTON, "button", FLOW_BLOCK | FLOW_SILENT) X(TAG_CANVAS, "canvas", FLOW_SILENT)         \
    X(TAG_CAPTION, "caption", FLOW_BLOCK) X(TAG_CENTER, "center", FLOW_BLOCK)                     \
    X(TAG_DATALIST, "datalist", FLOW_SILENT)                                                      \
    X(TAG_DD, "dd", FLOW_BLOCK) X(TAG_DETAILS, "details", FLOW_BLOCK)                             \
    X(TAG_DIALOG, "dialog", FLOW_BLOCK | FLOW_MARGIN) X(TAG_DIV, "div", FLOW_BLOCK)               \
    X(TAG_DL, "dl", FLOW_BLOCK) X(TAG_DT, "dt", FLOW_BLOCK)                                       \
    X(TAG_FIELDSET, "fieldset", FLOW_BLOCK) X(TAG_FIGCAPTION, "figcaption", FLOW_BLOCK)           \
    X(TAG_FIGURE, "figure", FLOW_BLOCK) X(TAG_FOOTER, "footer", FLOW_BLOCK | FLOW_MARGIN)         \
    X(TAG_FORM, "form", FLOW_BLOCK) X(TAG_H1, "h1", FLOW_BLOCK | FLOW_HEADING)                    \
    X(TAG_H2, "h2", FLOW_BLOCK | FLOW_HEADING) X(TAG_H3, "h3", FLOW_BLOCK | FLOW_HEADING)         \
    X(TAG_H4, "h4", FLOW_BLOCK | FLOW_HEADING) X(TAG_H5, "h5", FLOW_BLOCK | FLOW_HEADING)         \
    X(TAG_H6, "h6", FLOW_BLOCK | FLOW_HEADING) X(TAG_HEAD, "head", FLOW_BLOCK)                    \
    X(TAG_HEADER, "header", FLOW_BLOCK) X(TAG_HR, "hr", FLOW_BLOCK) X(TAG_HTML, "html", FLOW_BLOCK) \
    X(TAG_IFRAME, "iframe", FLOW_BLOCK | FLOW_SILENT) X(TAG_IMG, "img", 0)                        \
    X(TAG_INPUT, "input", 0) X(TAG_LABEL, "label", 0) X(TAG_LI, "li", FLOW_BLOCK)                 \
    X(TAG_LINK, "link", 0) X(TAG_MAIN, "main", FLOW_BLOCK) X(TAG_META, "meta", 0)                 \
    X(TAG_MENU, "menu", FLOW_BLOCK | FLOW_MARGIN) X(TAG_NAV, "nav", FLOW_BLOCK | FLOW_MARGIN)     \
    X(TAG_NOSCRIPT, "noscript", FLOW_SILENT) X(TAG_OBJECT, "object", FLOW_SILENT)                 \
    X(TAG_OL, "ol", FLOW_BLOCK) X(TAG_OPTION, "option", FLOW_SILENT) X(TAG_P, "p", FLOW_BLOCK)    \
    X(TAG_PRE, "pre", FLOW_BLOCK) X(TAG_Q, "q", 0) X(TAG_SCRIPT, "script", FLOW_SILENT)           \
    X(TAG_SECTION, "section", FLOW_BLOCK) X(TAG_SELECT, "select", FLOW_SILENT)                    \
    X(TAG_SPAN, "span", 0) X(TAG_STYLE, "style", FLOW_SILENT)                                     \
    X(TAG_SUMMARY, "summary", FLOW_BLOCK) X(TAG_SVG, "svg", FLOW_SILENT)                          \
    X(TAG_TABLE, "table", FLOW_BLOCK) X(TAG_TBODY, "tbody", FLOW_BLOCK)                           \
    X(TAG_TD, "td", FLOW_BLOCK) X(TAG_TEMPLATE, "template", FLOW_SILENT)                          \
    X(TAG_TEXTAREA, "textarea", FLOW_SILENT) X(TAG_TFOOT, "tfoot", FLOW_BLOCK)                    \
    X(TAG_TH, "th", FLOW_BLOCK) X(TAG_THEAD, "thead", FLOW_BLOCK) X(TAG_TIME, "time", 0)          \
    X(TAG_TITLE, "title", FLOW_BLOCK | FLOW_SILENT) X(TAG_TR, "tr", FLOW_BLOCK)                   \
    X(TAG_UL, "ul", FLOW_BLOCK) X(TAG_VIDEO, "video", FLOW_BLOCK | FLOW_SILENT)

/* The attributes that are kept; all others are dropped while parsing. */
#define PAGE_ATTRS(X)                                                                             \
    X(ATTR_ARIA_HIDDEN, "aria-hidden") X(ATTR_CLASS, "class") X(ATTR_CONTENT, "content")          \
    X(ATTR_DATETIME, "datetime") X(ATTR_HIDDEN, "hidden") X(ATTR_HREF, "href") X(ATTR_ID, "id")   \
    X(ATTR_ITEMPROP, "itemprop") X(ATTR_ITEMTYPE, "itemtype") X(ATTR_LANG, "lang")                \
    X(ATTR_NAME, "name") X(ATTR_PROPERTY, "property") X(ATTR_PUBDATE, "pubdate")                  \
    X(ATTR_REL, "rel") X(ATTR_ROLE, "role") X(ATTR_STYLE, "style") X(ATTR_TITLE, "title")         \
    X(ATTR_TYPE, "type")
/* clang-format on */

#define PAGE_TAG_ENUM(id, name, flags) id,
enum page_tag { PAGE_TAGS(PAGE_TAG_ENUM) PAGE_TAG_COUNT };
#define PAGE_ATTR_ENUM(id, name) id,
enum page_attr { PAGE_ATTRS(PAGE_ATTR_ENUM) PAGE_ATTR_COUNT };

struct page_attribute {
    enum page_attr name;
    struct text value; /* without surrounding white space; may be empty */
};

struct page_node {
    enum page_tag tag;
    uint32_t parent; /* the root is its own parent */
    uint32_t end;    /* behind the last node of its subtree */
    uint32_t first_attribute;
    uint32_t attribute_count;
    struct text text; /* of TAG_TEXT as written, and of scripts that hold JSON */
};

struct page_tree {
    struct page_node *nodes; /* nodes[0] is the root, a TAG_OTHER that stands for the document */
    uint32_t count;
    struct page_attribute *attributes;
    uint32_t attribute_count;
};

/* Bits of enum page_flow. */
unsigned page_tag_flow(enum page_tag tag);

/*
 * Parses `html`, which is well-formed UTF-8 without NUL. ERR_TOO_COMPLEX if the page is deeper, has
 * more nodes or attributes than the limits above, or would cost the parser too much.
 */
enum err page_tree_read(struct arena *a, struct text html, struct page_tree *out);

/* The value of an attribute, or bytes NULL. */
struct text page_attribute(const struct page_tree *tree, uint32_t node, enum page_attr name);

/* All text below `node`, white space squeezed; no more once it has `max` bytes. ERR_NO_MEMORY. */
enum err page_tree_text(struct arena *a, const struct page_tree *tree, uint32_t node, uint32_t max,
                        struct text *out);

#endif
