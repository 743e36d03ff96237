#include "pipeline/text.h"

#include "pipeline/kinds.h"
#include "pipeline/scan.h"

enum {
    CAPACITY_FIRST = 16,
    WRAP_BYTES_MAX = 132, /* nobody wraps by hand at more */
    WRAP_BYTES_MIN = 40,
    WRAP_RAGGED = 12, /* a wrapped line may stay this far below the longest: a word was put off */
    WRAP_WITNESSES = 2,
};

enum err text_normalise(struct arena *a, struct text in, struct text *out)
{
    char *bytes = arena_array(a, (size_t)in.len + 1, 1);
    uint32_t len = 0;

    if (!bytes)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < in.len; i++) {
        if (in.bytes[i] == '\n' && i > 0 && in.bytes[i - 1] == '\r')
            continue;
        bytes[len++] = in.bytes[i] == '\r' ? '\n' : in.bytes[i];
    }
    struct text text = {bytes, len};
    if (scan_over(text, 0, len, scan_space) == len)
        return ERR_EMPTY_TEXT;
    *out = text;
    return ERR_OK;
}

/* The line that starts at `at`, without white space around it; *next is where the next one starts.
 */
static struct span line_at(struct text t, uint32_t at, uint32_t *next)
{
    const char *found = memchr(t.bytes + at, '\n', t.len - at);
    uint32_t end = found ? (uint32_t)(found - t.bytes) : t.len;
    uint32_t start = scan_over(t, at, end, scan_space);

    *next = found ? end + 1 : end;
    return (struct span){start, scan_back_over_space(t, start, end)};
}

static uint32_t span_len(struct span s)
{
    return s.end - s.start;
}

/* A mark that starts a list item: "- Build", "• Train". */
static bool is_item(struct text t, struct span line)
{
    if (span_len(line) < 3)
        return false;
    uint32_t size, c = utf8_at(t, line.start, &size);
    bool mark = c == '-' || c == '*' || c == 0x2022 || c == 0xB7 || c == 0x2013 || c == 0x25AA;
    return mark && line.start + size < line.end && scan_space(t, line.start + size);
}

static bool ends_in_stop(struct text t, struct span line)
{
    char c = t.bytes[line.end - 1];
    return c == '.' || c == '!' || c == '?' || c == ':';
}

/* The first word of `line` would not have fitted behind `before`: the break may be a wrap. */
static bool is_full(struct text t, struct span before, struct span line, uint32_t width)
{
    uint32_t word = line.start;
    while (word < line.end && word - line.start < WRAP_BYTES_MAX && !scan_space(t, word))
        word++;
    return span_len(before) + 1 + (word - line.start) + WRAP_RAGGED > width;
}

/* How a text was laid out. */
struct layout {
    uint32_t width;     /* of the longest line in bytes */
    uint32_t witnesses; /* full lines that go on in lower case: signs of wrapping by hand */
};

static bool goes_on(struct text t, struct span before, struct span line)
{
    return !ends_in_stop(t, before) && scan_letter(t, line.start) && !scan_upper(t, line.start);
}

static uint32_t longest_line(struct text t)
{
    uint32_t width = 0;
    for (uint32_t at = 0; at < t.len;) {
        uint32_t len = span_len(line_at(t, at, &at));
        width = len > width ? len : width;
    }
    return width;
}

static struct layout layout_of(struct text t)
{
    struct layout l = {.width = longest_line(t)};
    struct span before = {0, 0};

    for (uint32_t at = 0; at < t.len;) {
        struct span line = line_at(t, at, &at);
        if (span_len(before) && span_len(line) && is_full(t, before, line, l.width))
            l.witnesses += goes_on(t, before, line);
        before = line;
    }
    return l;
}

/* True if `line` carries on the paragraph of `before`: a wrapped line, not one of its own. */
static bool is_wrapped(struct text t, const struct layout *l, struct span before, struct span line)
{
    if (l->width > WRAP_BYTES_MAX || l->width < WRAP_BYTES_MIN || is_item(t, line))
        return false;
    return is_full(t, before, line, l->width) &&
           (goes_on(t, before, line) || l->witnesses >= WRAP_WITNESSES);
}

static enum err add(struct arena *a, struct paragraphs *p, uint32_t *capacity, struct span span)
{
    if (p->count == *capacity) {
        uint32_t more = *capacity ? 2 * *capacity : CAPACITY_FIRST;
        void *at = arena_grow(a, p->at, *capacity * sizeof(*p->at), more * sizeof(*p->at));
        if (!at)
            return ERR_NO_MEMORY;
        p->at = at;
        *capacity = more;
    }
    p->at[p->count++] = (struct paragraph){span, PARAGRAPH_BODY};
    return ERR_OK;
}

static enum err cut(struct arena *a, struct text t, struct paragraphs *p)
{
    struct layout layout = layout_of(t);
    struct span before = {0, 0};
    uint32_t capacity = 0;

    for (uint32_t at = 0; at < t.len;) {
        struct span line = line_at(t, at, &at);
        if (span_len(line)) {
            if (span_len(before) && is_wrapped(t, &layout, before, line))
                p->at[p->count - 1].span.end = line.end;
            else if (add(a, p, &capacity, line))
                return ERR_NO_MEMORY;
        }
        before = line;
    }
    return ERR_OK;
}

enum err text_paragraphs(struct arena *a, struct text text, struct paragraphs *out,
                         struct text *title)
{
    struct paragraphs p = {NULL, 0};
    uint32_t headline;

    if (cut(a, text, &p))
        return ERR_NO_MEMORY;
    kinds_mark(text, &p);
    if (!title->bytes && kinds_main_headline(text, &p, &headline))
        *title = text_slice(text, p.at[headline].span);
    *out = p;
    return ERR_OK;
}
