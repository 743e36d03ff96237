#include "models/request_json.h"

#include <stdlib.h>
#include <strings.h>

#include "base/edits.h"
#include "base/json.h"
#include "base/json_string.h"
#include "base/utf8.h"

/* A request being read, and where its faults go. */
struct reader {
    struct arena *arena;
    struct request *request;
    struct problem *found;
    unsigned contents; /* bits of enum source_kind: which of text, html and url were given */
};

/* Setters of options that are strings. */

static void set_id(struct reader *rd, struct text value, struct text pointer)
{
    (void)pointer;
    rd->request->id = value;
}

static void set_title(struct reader *rd, struct text value, struct text pointer)
{
    (void)pointer;
    rd->request->title = value.len > 0 ? value : (struct text){NULL, 0};
}

static void set_published(struct reader *rd, struct text value, struct text pointer)
{
    if (day_parse(value, &rd->request->published_day))
        rd->request->published = value;
    else
        problem_add(rd->found, rd->arena, pointer,
                    "must be a day that exists, as \"2021-04-07\", or a time as in RFC 3339, as "
                    "\"2021-04-07T09:30:00Z\"");
}

static bool is_web_url(struct text t)
{
    return (t.len > 7 && strncasecmp(t.bytes, "http://", 7) == 0) ||
           (t.len > 8 && strncasecmp(t.bytes, "https://", 8) == 0);
}

static void set_source_url(struct reader *rd, struct text value, struct text pointer)
{
    if (is_web_url(value))
        rd->request->source_url = value;
    else
        problem_add(rd->found, rd->arena, pointer,
                    "must be a URL that starts with http:// or https://");
}

static void set_offsets(struct reader *rd, struct text value, struct text pointer)
{
    for (unsigned unit = 0; unit < OFFSET_UNIT_COUNT; unit++) {
        if (text_is(value, offset_unit_names[unit])) {
            rd->request->offsets = (enum offset_unit)unit;
            return;
        }
    }
    problem_add(rd->found, rd->arena, pointer, "must be \"codepoint\", \"utf16\" or \"byte\"");
}

static void add_include(struct reader *rd, struct text value, struct text pointer)
{
    static const struct {
        const char *name;
        enum include bit;
    } rows[] = {{"mentions", INCLUDE_MENTIONS},
                {"sentences", INCLUDE_SENTENCES},
                {"tokens", INCLUDE_TOKENS}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        if (text_is(value, rows[i].name)) {
            rd->request->include |= rows[i].bit;
            return;
        }
    }
    problem_add(rd->found, rd->arena, pointer, "must be \"mentions\", \"sentences\" or \"tokens\"");
}

static void set_include_list(struct reader *rd, struct text value, struct text pointer)
{
    for (uint32_t at = 0; at <= value.len;) {
        const char *comma = memchr(value.bytes + at, ',', value.len - at);
        uint32_t end = comma ? (uint32_t)(comma - value.bytes) : value.len;
        add_include(rd, (struct text){value.bytes + at, end - at}, pointer);
        at = end + 1;
    }
}

static void set_confidence(struct reader *rd, double value, struct text pointer)
{
    if (value >= 0 && value <= 1)
        rd->request->min_confidence = value;
    else
        problem_add(rd->found, rd->arena, pointer, "must be a number between 0 and 1");
}

/* strtod() would also take "nan", "0x1" and leading space: only decimals are let through to it. */
static void set_confidence_text(struct reader *rd, struct text value, struct text pointer)
{
    char digits[32] = "", *end = digits;
    double number = -1;

    if (value.len < sizeof(digits)) {
        memcpy(digits, value.bytes, value.len);
        if (strspn(digits, "0123456789.eE-") == value.len)
            number = strtod(digits, &end);
    }
    set_confidence(rd, *end == '\0' ? number : -1, pointer);
}

static void set_content(struct reader *rd, enum source_kind kind, struct text value,
                        struct text pointer)
{
    rd->request->kind = kind;
    rd->request->content = value;
    if (kind == SOURCE_URL && value.len == 0)
        problem_add(rd->found, rd->arena, pointer, "must not be empty");
}

/* The members of the request object. */

struct member {
    const char *name;
    const char *pointer;
    void (*set)(struct reader *rd, struct text value, struct text pointer);
    bool nullable;
    bool is_content; /* one of the three, named as in source_kind_names */
};

static const struct member members[] = {
    {"text", "/text", NULL, false, true},
    {"html", "/html", NULL, false, true},
    {"url", "/url", NULL, false, true},
    {"id", "/id", set_id, true, false},
    {"title", "/title", set_title, true, false},
    {"published", "/published", set_published, true, false},
    {"source_url", "/source_url", set_source_url, true, false},
    {"offsets", "/offsets", set_offsets, false, false},
    {"include", "/include", set_include_list, false, false},
    {"min_confidence", "/min_confidence", set_confidence_text, false, false},
};
enum { MEMBERS = sizeof(members) / sizeof(*members) };

static const struct member *find_member(struct text name)
{
    for (uint32_t i = 0; i < MEMBERS; i++)
        if (text_is(name, members[i].name))
            return &members[i];
    return NULL;
}

/* The known name that was probably meant, or NULL; text, html and url only with `contents`. */
static const char *nearest_name(struct text typed, bool contents)
{
    const char *best = NULL;
    unsigned least = EDITS_NONE;

    for (uint32_t i = 0; i < MEMBERS; i++) {
        unsigned n = edits_between(typed, members[i].name);
        if (n < least && (contents || !members[i].is_content)) {
            least = n;
            best = members[i].name;
        }
    }
    return best;
}

static void fault_unknown(struct reader *rd, struct text name, struct text pointer, bool contents)
{
    const char *meant = nearest_name(name, contents);
    if (meant)
        problem_add(rd->found, rd->arena, pointer, "is not known (did you mean \"%s\"?)", meant);
    else
        problem_add(rd->found, rd->arena, pointer,
                    "is not known; known are %sid, title, published, source_url, offsets, include "
                    "and min_confidence",
                    contents ? "text, html, url, " : "");
}

/* JSON values to the setters. */

static const char *type_name(const struct json *v)
{
    static const char *const names[] = {
        [JSON_NULL] = "null",       [JSON_FALSE] = "a boolean", [JSON_TRUE] = "a boolean",
        [JSON_NUMBER] = "a number", [JSON_STRING] = "a string", [JSON_ARRAY] = "an array",
        [JSON_OBJECT] = "an object"};
    return names[json_type(v)];
}

static struct text element_pointer(struct arena *a, const char *list, uint32_t index)
{
    struct strbuf b = strbuf_in(a);
    struct text pointer = text_of(list);
    strbuf_printf(&b, "%s/%u", list, (unsigned)index);
    strbuf_finish(&b, &pointer);
    return pointer;
}

static void read_include(struct reader *rd, const struct json *v, const char *pointer)
{
    uint32_t index = 0;

    if (json_type(v) != JSON_ARRAY) {
        problem_add(rd->found, rd->arena, text_of(pointer), "must be an array of strings, not %s",
                    type_name(v));
        return;
    }
    for (const struct json *e = json_first(v); e; e = json_next(e), index++) {
        struct text at = element_pointer(rd->arena, pointer, index);
        if (json_type(e) == JSON_STRING)
            add_include(rd, json_string(e), at);
        else
            problem_add(rd->found, rd->arena, at, "must be a string, not %s", type_name(e));
    }
}

static void read_confidence(struct reader *rd, const struct json *v, struct text pointer)
{
    set_confidence(rd, json_type(v) == JSON_NUMBER ? json_number(v) : -1, pointer);
}

static void read_content(struct reader *rd, const struct member *m, const struct json *v)
{
    unsigned kind = 0;
    while (strcmp(source_kind_names[kind], m->name) != 0)
        kind++;
    rd->contents |= 1u << kind;
    if (json_type(v) == JSON_STRING)
        set_content(rd, (enum source_kind)kind, json_string(v), text_of(m->pointer));
    else
        problem_add(rd->found, rd->arena, text_of(m->pointer), "must be a string, not %s",
                    type_name(v));
}

static void read_member(struct reader *rd, const struct member *m, const struct json *v)
{
    if (m->is_content)
        read_content(rd, m, v);
    else if (m->set == set_include_list)
        read_include(rd, v, m->pointer);
    else if (m->set == set_confidence_text)
        read_confidence(rd, v, text_of(m->pointer));
    else if (json_type(v) == JSON_STRING)
        m->set(rd, json_string(v), text_of(m->pointer));
    else if (json_type(v) != JSON_NULL || !m->nullable)
        problem_add(rd->found, rd->arena, text_of(m->pointer), "must be a string, not %s",
                    type_name(v));
}

static struct text pointer_to(struct arena *a, struct text key)
{
    struct strbuf b = strbuf_in(a);
    struct text pointer = {"", 0};
    json_pointer_step(&b, key);
    strbuf_finish(&b, &pointer);
    return pointer;
}

static void read_object(struct reader *rd, const struct json *root)
{
    for (const struct json *v = json_first(root); v; v = json_next(v)) {
        const struct member *m = find_member(json_key(v));
        if (m)
            read_member(rd, m, v);
        else
            fault_unknown(rd, json_key(v), pointer_to(rd->arena, json_key(v)), true);
    }
}

static void check_together(struct reader *rd)
{
    bool several = (rd->contents & (rd->contents - 1)) != 0;

    if (rd->contents == 0)
        problem_add(rd->found, rd->arena, text_of(""),
                    "needs one of the members text, html and url");
    for (unsigned kind = 0; several && kind < SOURCE_KIND_COUNT; kind++)
        if (rd->contents & 1u << kind)
            problem_add(rd->found, rd->arena, text_of(members[kind].pointer),
                        "only one of text, html and url may be given");
    if (rd->contents == 1u << SOURCE_URL && rd->request->source_url.bytes)
        problem_add(rd->found, rd->arena, text_of("/source_url"),
                    "may stand beside text or html only");
}

/* ERR_OK if nothing was found, else code and detail: the first fault, in words. */
static enum err conclude(struct arena *a, struct problem *p)
{
    if (p->error_count == 0)
        return ERR_OK;
    struct text at = p->errors[0].pointer, what = p->errors[0].detail;
    if (at.len == 0)
        at = text_of("The request");
    return problem_set(p, a, ERR_INVALID_REQUEST, "%.*s %.*s%s.", (int)at.len, at.bytes,
                       (int)what.len, what.bytes,
                       p->error_count > 1 ? " (errors lists the other faults)" : "");
}

static enum err refuse_body(struct arena *a, enum err err, const struct json_fault *fault,
                            struct problem *why)
{
    if (err == ERR_NO_MEMORY || err == ERR_INTERNAL)
        return problem_set(why, a, err, "%s.", err_title(err));
    if (err == ERR_INVALID_REQUEST)
        problem_add(why, a, fault->pointer, "%s", fault->reason);
    return problem_set(why, a, err, "Line %u, column %u (byte %u): %s.", (unsigned)fault->line,
                       (unsigned)fault->column, (unsigned)fault->offset, fault->reason);
}

enum err request_from_json(struct arena *a, struct text body, struct request *out,
                           struct problem *why)
{
    struct request request = {0};
    struct problem found = {0};
    struct reader rd = {.arena = a, .request = &request, .found = &found};
    struct json_fault fault;
    const struct json *root;

    enum err err = json_parse(a, body, &root, &fault);
    if (err != ERR_OK) {
        refuse_body(a, err, &fault, &found);
    } else if (json_type(root) != JSON_OBJECT) {
        problem_add(&found, a, text_of(""), "must be a JSON object, not %s", type_name(root));
        err = conclude(a, &found);
    } else {
        read_object(&rd, root);
        check_together(&rd);
        err = conclude(a, &found);
    }
    if (err == ERR_OK)
        *out = request;
    else
        *why = found;
    return err;
}

enum err request_set_option(struct arena *a, struct request *r, struct text name, struct text value,
                            struct text pointer, struct problem *why)
{
    struct request changed = *r;
    struct problem found = {0};
    struct reader rd = {.arena = a, .request = &changed, .found = &found};
    const struct member *m = find_member(name);
    uint32_t bad_at;

    if (!m || m->is_content)
        fault_unknown(&rd, name, pointer, false);
    else if (!utf8_check(value, &bad_at) || (value.len > 0 && memchr(value.bytes, 0, value.len)))
        problem_add(&found, a, pointer, "must be UTF-8 without U+0000");
    else if (value.len > 0)
        m->set(&rd, value, pointer);
    if (found.error_count == 0) {
        *r = changed;
        return ERR_OK;
    }
    for (uint32_t i = 0; i < found.error_count; i++)
        problem_add(why, a, found.errors[i].pointer, "%.*s", (int)found.errors[i].detail.len,
                    found.errors[i].detail.bytes);
    return conclude(a, why);
}
