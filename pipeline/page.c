#include "pipeline/page.h"

#include <libxml/parser.h>

#include "base/strbuf.h"
#include "pipeline/page_body.h"
#include "pipeline/page_byline.h"
#include "pipeline/page_charset.h"
#include "pipeline/page_jsonld.h"
#include "pipeline/page_lines.h"
#include "pipeline/page_memory.h"
#include "pipeline/page_meta.h"
#include "pipeline/page_text.h"
#include "pipeline/page_title.h"
#include "pipeline/page_walls.h"

enum {
    PROSE_BYTES_MIN = 120, /* of an article */
    TITLE_BYTES_MAX = 400,
    LINES_BEFORE = 12, /* blocks in front of the article that are read for its date */
    LINES_INSIDE = 4,
    LINES_BEHIND = 6,
    LESS_BEHIND = 20, /* lines behind the article are believed less */
    LESS_INSIDE = 5,
    WEIGHT_URL_DATE = 80,
    WEIGHT_TRUSTED = 85,
};

struct reader {
    struct arena *arena;
    const struct page_input *in;
    struct page_tree tree;
    struct page_blocks blocks;
    struct page_body body;
    struct page_facts facts;
    struct page out;
};

/* "en-GB", "en_AU": English that writes the day first; so does everything but American English. */
static bool writes_day_first(struct text language)
{
    return language.len && !text_same(language, "en") && !text_same(language, "en-us") &&
           !text_same(language, "en_us") && !text_same(language, "en-ca");
}

static void add_h1(struct reader *r)
{
    struct text t;

    for (uint32_t i = 0; i < r->tree.count; i++)
        if (r->tree.nodes[i].tag == TAG_H1 &&
            page_tree_text(r->arena, &r->tree, i, TITLE_BYTES_MAX, &t) == ERR_OK && t.len)
            page_facts_add(&r->facts, FACT_TITLE, t, PAGE_WEIGHT_HEADING);
}

static struct text language_attribute(const struct page_tree *tree)
{
    for (uint32_t i = 0; i < tree->count; i++)
        if (tree->nodes[i].tag == TAG_HTML)
            return page_attribute(tree, i, ATTR_LANG);
    return (struct text){NULL, 0};
}

static enum err read_stated_facts(struct reader *r)
{
    enum err e = page_facts_new(r->arena, &r->facts);

    if (e != ERR_OK)
        return e;
    r->facts.day_first = writes_day_first(language_attribute(&r->tree));
    (void)day_parse(r->in->fetched_at, &r->facts.not_after);
    page_meta_read(&r->tree, &r->facts);
    if ((e = page_jsonld_read(&r->tree, &r->facts)) != ERR_OK)
        return e;
    add_h1(r);
    return r->facts.failed ? ERR_NO_MEMORY : ERR_OK;
}

static void read_url_date(struct reader *r, struct text url)
{
    struct page_date d;

    if (url.len && page_date_in_url(url, &d))
        page_facts_add(&r->facts, FACT_PUBLISHED, text_of(d.text), WEIGHT_URL_DATE);
}

/* What stands around the article for readers to see. */
static void read_lines(struct reader *r)
{
    uint32_t first = r->body.kept[0], last = r->body.kept[r->body.count - 1];
    uint32_t from = first > LINES_BEFORE ? first - LINES_BEFORE : 0;
    const struct page_node *nodes = r->tree.nodes;

    page_lines_read(&r->blocks, from, first, 0, &r->facts);
    page_lines_read(&r->blocks, first, first + LINES_INSIDE, LESS_INSIDE, &r->facts);
    page_lines_read(&r->blocks, last + 1, last + 1 + LINES_BEHIND, LESS_BEHIND, &r->facts);
    page_meta_times(&r->tree, r->blocks.at[from].node, nodes[r->blocks.at[last].node].end,
                    &r->facts);
}

static enum err read_shown_facts(struct reader *r)
{
    const struct page_fact *canonical = page_facts_best(&r->facts, FACT_CANONICAL);

    if (canonical)
        read_url_date(r, canonical->value);
    read_url_date(r, r->in->url);
    read_lines(r);
    return r->facts.failed ? ERR_NO_MEMORY : ERR_OK;
}

static struct text best_value(const struct page_facts *facts, enum page_fact_kind kind)
{
    const struct page_fact *best = page_facts_best(facts, kind);

    return best ? best->value : (struct text){NULL, 0};
}

static enum err set_people(struct reader *r)
{
    const struct page_fact *best = page_facts_best(&r->facts, FACT_AUTHOR);
    struct page_people people = {.count = 0};

    for (unsigned weight = 99; weight > 0 && people.count == 0; weight--)
        for (uint32_t i = 0; best && i < r->facts.count; i++)
            if (r->facts.at[i].kind == FACT_AUTHOR && r->facts.at[i].weight == weight)
                page_people_add(&people, r->facts.at[i].value);
    if (people.count == 0)
        return ERR_OK;
    struct text *at = ARENA_ARRAY(r->arena, struct text, people.count);
    if (!at)
        return ERR_NO_MEMORY;
    memcpy(at, people.at, people.count * sizeof(*at));
    r->out.article.byline = at;
    r->out.article.byline_count = people.count;
    return ERR_OK;
}

static void set_dates(struct reader *r)
{
    const struct page_fact *published = page_facts_published(&r->facts);
    const struct page_fact *modified = page_facts_best(&r->facts, FACT_MODIFIED);
    struct article *a = &r->out.article;

    if (published) {
        a->published = text_of(published->date.text);
        a->published_day = published->date.day;
    }
    if (modified)
        a->modified = text_of(modified->date.text);
    for (uint32_t i = 0; published && i < r->facts.count; i++)
        if (r->facts.at[i].kind == FACT_PUBLISHED && r->facts.at[i].weight >= WEIGHT_TRUSTED &&
            day_serial(r->facts.at[i].date.day) != day_serial(published->date.day))
            r->out.dates_disagree = true;
}

/* "en_GB" is "en-GB"; what is no tag of a language is none. */
static struct text language_tag(struct text t)
{
    for (uint32_t i = 0; i < t.len; i++)
        if (!((t.bytes[i] | 32) >= 'a' && (t.bytes[i] | 32) <= 'z'))
            t.len = i;
    return t.len == 2 || t.len == 3 ? t : (struct text){NULL, 0};
}

static enum err set_article(struct reader *r)
{
    struct article *a = &r->out.article;

    a->site = best_value(&r->facts, FACT_SITE);
    a->title = page_title(&r->facts);
    a->section = best_value(&r->facts, FACT_SECTION);
    a->language = language_tag(best_value(&r->facts, FACT_LANGUAGE));
    r->out.canonical_url = best_value(&r->facts, FACT_CANONICAL);
    set_dates(r);
    return set_people(r);
}

static enum paragraph_kind kind_of(const struct reader *r, const struct page_block *b)
{
    bool heading = (page_tag_flow(r->tree.nodes[b->node].tag) & FLOW_HEADING) != 0;
    return heading ? PARAGRAPH_HEADLINE : PARAGRAPH_BODY;
}

static enum err join(struct reader *r)
{
    struct strbuf b = strbuf_in(r->arena);
    struct paragraph *at = ARENA_ARRAY(r->arena, struct paragraph, r->body.count);

    if (!at)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < r->body.count; i++) {
        const struct page_block *block = &r->blocks.at[r->body.kept[i]];
        if (i)
            strbuf_str(&b, "\n\n");
        at[i].kind = kind_of(r, block);
        at[i].span.start = b.len;
        strbuf_text(&b, block->text);
        at[i].span.end = b.len;
    }
    r->out.paragraphs = (struct paragraphs){at, r->body.count};
    return strbuf_finish(&b, &r->out.text);
}

static enum err read_body(struct reader *r, struct problem *why)
{
    enum err e = page_blocks_cut(r->arena, &r->tree, &r->blocks);

    if (e == ERR_OK)
        e = page_body_find(r->arena, &r->tree, &r->blocks, page_title(&r->facts), &r->body);
    if (e != ERR_OK)
        return e;
    struct page_walls walls = page_walls_find(&r->blocks, &r->body, &r->facts);
    if (walls.wall == WALL_PAYWALL && !walls.partial)
        return problem_set(why, r->arena, ERR_PAYWALL,
                           "The page shows the beginning of its article at most and keeps the rest "
                           "for subscribers. Send the article's text instead.");
    if (walls.wall == WALL_CONSENT)
        return problem_set(why, r->arena, ERR_CONSENT_WALL,
                           "The page asks for consent to cookies where its article would stand. "
                           "Send the article's text instead.");
    r->out.partial = walls.partial;
    if (r->blocks.count == 0)
        return problem_set(why, r->arena, ERR_NO_ARTICLE,
                           "The page holds no text; perhaps scripts would write it, which are not "
                           "run here. Send the article's text instead.");
    if (r->body.prose < PROSE_BYTES_MIN)
        return problem_set(why, r->arena, ERR_NO_ARTICLE,
                           "No running text of an article was found in the page. Send the "
                           "article's text instead.");
    return ERR_OK;
}

static enum err read_all(struct reader *r, struct problem *why)
{
    struct text html;
    const char *charset;
    enum err e;

    if ((e = page_charset_decode(r->arena, r->in->bytes, r->in->charset, &html, &charset)) !=
            ERR_OK ||
        (e = page_tree_read(r->arena, html, &r->tree)) != ERR_OK ||
        (e = read_stated_facts(r)) != ERR_OK || (e = read_body(r, why)) != ERR_OK ||
        (e = read_shown_facts(r)) != ERR_OK || (e = set_article(r)) != ERR_OK)
        return e;
    return join(r);
}

/* What libxml2 has to say without a page it would write to standard error, between our log lines.
 */
static void say_nothing(void *to, const char *format, ...)
{
    (void)to;
    (void)format;
}

void page_prepare(void)
{
    page_memory_prepare();
    xmlInitParser();
    xmlSetGenericErrorFunc(NULL, say_nothing);
    xmlThrDefSetGenericErrorFunc(NULL, say_nothing); /* of threads to come */
}

enum err page_read(struct arena *a, const struct page_input *in, struct page *out,
                   struct problem *why)
{
    struct reader *r = ARENA_NEW(a, struct reader);
    enum err e;

    if (!r)
        return ERR_NO_MEMORY;
    r->arena = a;
    r->in = in;
    e = read_all(r, why);
    if (e == ERR_TOO_COMPLEX)
        return problem_set(why, a, e,
                           "The page nests too deep, or has too many elements or attributes.");
    if (e == ERR_OK)
        *out = r->out;
    return e;
}
