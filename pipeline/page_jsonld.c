#include "pipeline/page_jsonld.h"

#include <stddef.h>

#include "base/json.h"
#include "pipeline/page_text.h"

enum {
    SCRIPTS_MAX = 16,
    STACK_MAX = 256,
    AUTHORS_MAX = 12,
};

/* Types of schema.org whose dates and authors are the article's, and how surely. */
static const struct {
    const char *name;
    unsigned less; /* taken off each weight */
} types[] = {
    {"Article", 0},
    {"NewsArticle", 0},
    {"ReportageNewsArticle", 0},
    {"AnalysisNewsArticle", 0},
    {"OpinionNewsArticle", 0},
    {"BackgroundNewsArticle", 0},
    {"ReviewNewsArticle", 0},
    {"BlogPosting", 0},
    {"LiveBlogPosting", 0},
    {"Report", 0},
    {"ScholarlyArticle", 0},
    {"MedicalScholarlyArticle", 0},
    {"TechArticle", 0},
    {"SocialMediaPosting", 5},
    {"DiscussionForumPosting", 5},
    {"Recipe", 5},
    {"Review", 15},
    {"CreativeWork", 10},
    {"WebPage", 15},
    {"ItemPage", 15},
    {"AboutPage", 15},
    {"VideoObject", 30},
};

/* Members with a plain value, what they state and how surely. */
static const struct {
    const char *key;
    enum page_fact_kind kind;
    unsigned weight;
} members[] = {
    {"headline", FACT_TITLE, 79},          {"name", FACT_TITLE, 50},
    {"datePublished", FACT_PUBLISHED, 95}, {"dateCreated", FACT_PUBLISHED, 65},
    {"uploadDate", FACT_PUBLISHED, 65},    {"dateModified", FACT_MODIFIED, 92},
    {"articleSection", FACT_SECTION, 75},  {"inLanguage", FACT_LANGUAGE, 60},
};

enum { WEIGHT_AUTHOR = 85, WEIGHT_ACCESS = 85, WEIGHT_PUBLISHER = 60 };

struct walk {
    struct page_facts *facts;
    const struct json *stack[STACK_MAX];
    uint32_t depth;
};

static void push(struct walk *w, const struct json *v)
{
    if (v && w->depth < STACK_MAX)
        w->stack[w->depth++] = v;
}

/* Elements are pushed last first, so that they come off in their order. */
static void push_elements(struct walk *w, const struct json *array)
{
    const struct json *found[STACK_MAX];
    uint32_t n = 0;

    for (const struct json *v = json_first(array); v && n < STACK_MAX; v = json_next(v))
        found[n++] = v;
    while (n > 0)
        push(w, found[--n]);
}

static bool string_of(const struct json *v, struct text *out)
{
    if (!v || json_type(v) != JSON_STRING)
        return false;
    *out = json_string(v);
    return true;
}

static int type_named(struct text name)
{
    uint32_t slash = 0;

    for (uint32_t i = 0; i < name.len; i++)
        if (name.bytes[i] == '/')
            slash = i + 1;
    name.bytes += slash;
    name.len -= slash;
    for (unsigned i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (text_is(name, types[i].name))
            return (int)i;
    return -1;
}

/* The row of types[] that fits "@type", which may be a list; -1 if none does. */
static int type_of(const struct json *object)
{
    const struct json *type = json_member(object, "@type");
    struct text name;
    int best = -1;

    if (type && json_type(type) == JSON_ARRAY) {
        for (const struct json *v = json_first(type); v; v = json_next(v)) {
            int row = string_of(v, &name) ? type_named(name) : -1;
            if (row >= 0 && (best < 0 || types[row].less < types[best].less))
                best = row;
        }
        return best;
    }
    return string_of(type, &name) ? type_named(name) : -1;
}

static void add_name(struct page_facts *facts, const struct json *v, enum page_fact_kind kind,
                     unsigned weight)
{
    struct text name;

    if (json_type(v) == JSON_OBJECT)
        v = json_member(v, "name");
    if (v && json_type(v) == JSON_ARRAY)
        v = json_first(v);
    if (string_of(v, &name))
        page_facts_add(facts, kind, name, weight);
}

static void add_names(struct page_facts *facts, const struct json *v, enum page_fact_kind kind,
                      unsigned weight)
{
    int n = 0;

    if (!v)
        return;
    if (json_type(v) != JSON_ARRAY) {
        add_name(facts, v, kind, weight);
        return;
    }
    for (v = json_first(v); v && n < AUTHORS_MAX; v = json_next(v), n++)
        add_name(facts, v, kind, weight);
}

static void read_article(struct walk *w, const struct json *object, unsigned less)
{
    struct text value;

    for (unsigned i = 0; i < sizeof(members) / sizeof(members[0]); i++)
        if (string_of(json_member(object, members[i].key), &value))
            page_facts_add(w->facts, members[i].kind, value, members[i].weight - less);
    const struct json *is_free = json_member(object, "isAccessibleForFree");
    if (is_free && json_type(is_free) == JSON_FALSE)
        page_facts_add(w->facts, FACT_ACCESS, text_of("locked"), WEIGHT_ACCESS);
    else if (string_of(is_free, &value)) /* "False", as some write it */
        page_facts_add(w->facts, FACT_ACCESS, value, WEIGHT_ACCESS);
    add_names(w->facts, json_member(object, "author"), FACT_AUTHOR, WEIGHT_AUTHOR - less);
    add_names(w->facts, json_member(object, "publisher"), FACT_SITE, WEIGHT_PUBLISHER - less);
}

static void walk_value(struct walk *w, const struct json *v)
{
    if (json_type(v) == JSON_ARRAY) {
        push_elements(w, v);
        return;
    }
    if (json_type(v) != JSON_OBJECT)
        return;
    int type = type_of(v);
    if (type >= 0)
        read_article(w, v, types[type].less);
    push(w, json_member(v, "mainEntityOfPage"));
    push(w, json_member(v, "mainEntity"));
    push(w, json_member(v, "@graph"));
}

/*
 * "key" : "value" anywhere behind `from`: the value with its quotes, or bytes NULL if it is no
 * string. *end is where the value begins, or json.len where there is no such key.
 */
static struct text raw_member(struct text json, const char *key, uint32_t from, uint32_t *end)
{
    const struct text none = {NULL, 0};
    size_t len = strlen(key);
    const char *at = json.bytes + from, *stop = json.bytes + json.len;

    *end = json.len;
    while ((at = memmem(at, (size_t)(stop - at), key, len))) {
        at += len;
        struct text rest = {at, (uint32_t)(stop - at)};
        if (at[-(ptrdiff_t)len - 1] != '"' || rest.len < 3 || *at != '"')
            continue;
        rest = text_trimmed((struct text){rest.bytes + 1, rest.len - 1});
        if (rest.len < 2 || rest.bytes[0] != ':')
            continue;
        rest = text_trimmed((struct text){rest.bytes + 1, rest.len - 1});
        *end = json.len - rest.len;
        if (rest.len < 2 || rest.bytes[0] != '"')
            return none;
        for (uint32_t n = 1; n < rest.len && n < PAGE_FACT_BYTES_MAX; n++)
            if (rest.bytes[n] == '"' && rest.bytes[n - 1] != '\\')
                return (struct text){rest.bytes, n + 1};
        return none;
    }
    return none;
}

/* `raw` is a JSON string if its escapes are right; one without escapes needs no reading. */
static void add_raw(struct page_facts *facts, enum page_fact_kind kind, struct text raw,
                    unsigned weight)
{
    struct json_fault fault;
    const struct json *v;

    if (raw.len < 2)
        return;
    enum err e = json_parse(facts->arena, raw, &v, &fault);
    if (e == ERR_OK)
        page_facts_add(facts, kind, json_string(v), weight);
    else if (e == ERR_NO_MEMORY)
        facts->failed = true;
    else if (!memchr(raw.bytes, '\\', raw.len))
        page_facts_add(facts, kind, (struct text){raw.bytes + 1, raw.len - 2}, weight);
}

static bool names_article(struct text json)
{
    for (unsigned i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (memmem(json.bytes, json.len, types[i].name, strlen(types[i].name)))
            return true;
    return false;
}

/* What can be had of a script that is no JSON. Broken scripts are believed a little less. */
static void search(struct page_facts *facts, struct text json)
{
    uint32_t end, at;

    if (!names_article(json))
        return;
    for (unsigned i = 0; i < sizeof(members) / sizeof(members[0]); i++)
        if (strcmp(members[i].key, "name") != 0)
            add_raw(facts, members[i].kind, raw_member(json, members[i].key, 0, &end),
                    members[i].weight - 3);
    struct text author = raw_member(json, "author", 0, &at);
    if (!author.bytes && at < json.len)
        author = raw_member(json, "name", at, &end);
    add_raw(facts, FACT_AUTHOR, author, WEIGHT_AUTHOR - 3);
}

static enum err read_script(struct page_facts *facts, struct text json)
{
    struct walk w = {.facts = facts};
    struct json_fault fault;
    const struct json *top;
    enum err e = json_parse(facts->arena, json, &top, &fault);

    if (e == ERR_NO_MEMORY)
        return e;
    if (e != ERR_OK) {
        search(facts, json);
        return ERR_OK;
    }
    for (push(&w, top); w.depth > 0;)
        walk_value(&w, w.stack[--w.depth]);
    return ERR_OK;
}

enum err page_jsonld_read(const struct page_tree *tree, struct page_facts *facts)
{
    int n = 0;

    for (uint32_t i = 0; i + 1 < tree->count && n < SCRIPTS_MAX; i++) {
        if (tree->nodes[i].tag != TAG_SCRIPT || tree->nodes[i + 1].tag != TAG_TEXT ||
            tree->nodes[i + 1].parent != i)
            continue;
        enum err e = read_script(facts, text_trimmed(tree->nodes[i + 1].text));
        if (e != ERR_OK)
            return e;
        n++;
    }
    return ERR_OK;
}
