#include "pipeline/page_byline.h"

#include "base/utf8.h"
#include "pipeline/page_text.h"
#include "pipeline/page_words.h"

enum {
    NAME_WORDS_MAX = 5,
    NAME_BYTES_MAX = 60,
    LINE_BYTES_MAX = 300,
};

/* Behind any of these stands no name: "Ann Holm | Example News", "Ann Holm (London)". */
static const char *const ends[] = {" | ", " (",   " - ",   " – ",  " — ", " • ", " · ",
                                   "@",   "http", " for ", " in ", "\n",  "<",   "/"};

static const char *const between[] = {", ", ";", " and ", " & ", " und ", " with ", " et ", " y "};

/* The bytes of the cue at the line's start with the marks behind it: "By: " is 4. */
static uint32_t cue_length(struct text line)
{
    struct page_words w = page_words_of(line);
    uint32_t count = 0, at = 0;

    if (w.count < 2 || !page_words_find(&w, 0, &wordlist_page_byline_cues, &count))
        return 0;
    for (uint32_t word = 0; word < count; word++) {
        while (at < line.len && line.bytes[at] == ' ')
            at++;
        while (at < line.len && line.bytes[at] != ' ' && line.bytes[at] != ':')
            at++;
    }
    while (at < line.len && (line.bytes[at] == ' ' || line.bytes[at] == ':'))
        at++;
    return at;
}

bool page_is_byline(struct text line)
{
    return line.len <= LINE_BYTES_MAX && cue_length(line) > 0;
}

static struct text up_to_end(struct text line)
{
    for (unsigned i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
        line.len = text_find(line, ends[i]);
    return text_trimmed(line);
}

/* Takes the part in front of the next separator off `rest`. */
static struct text next_part(struct text *rest)
{
    uint32_t at = rest->len, skip = 0;

    for (unsigned i = 0; i < sizeof(between) / sizeof(between[0]); i++) {
        uint32_t found = text_find(*rest, between[i]);
        if (found < at) {
            at = found;
            skip = (uint32_t)strlen(between[i]);
        }
    }
    struct text part = {rest->bytes, at};
    rest->bytes += at + skip;
    rest->len -= at + skip;
    return text_trimmed(part);
}

static bool is_initialled(struct text name)
{
    uint32_t size;
    return utf8_is_upper(utf8_at(name, 0, &size)) || (unsigned char)name.bytes[0] >= 0x80;
}

static bool has_digit(struct text t)
{
    for (uint32_t i = 0; i < t.len; i++)
        if (utf8_is_digit((unsigned char)t.bytes[i]))
            return true;
    return false;
}

static bool is_job_title(const struct page_words *w)
{
    uint32_t n;
    return w->count > 0 && page_words_find(w, w->count - 1, &wordlist_page_job_titles, &n);
}

static bool is_person(struct text name)
{
    struct page_words w = page_words_of(name);

    return name.len >= 2 && name.len <= NAME_BYTES_MAX && w.count > 0 &&
           w.count <= NAME_WORDS_MAX && is_initialled(name) && !has_digit(name) &&
           !page_words_any(&w, &wordlist_page_not_people) && !is_job_title(&w);
}

static bool is_known(const struct page_people *people, struct text name)
{
    for (uint32_t i = 0; i < people->count; i++)
        if (text_equal(people->at[i], name))
            return true;
    return false;
}

void page_people_add(struct page_people *people, struct text line)
{
    if (line.len > LINE_BYTES_MAX)
        return;
    uint32_t cue = cue_length(line);
    struct text rest = up_to_end((struct text){line.bytes + cue, line.len - cue});

    while (rest.len && people->count < PAGE_PEOPLE_MAX) {
        struct text name = next_part(&rest);
        while (name.len && (name.bytes[name.len - 1] == ',' || name.bytes[name.len - 1] == '.'))
            name.len--;
        if (text_begins(name, "and "))
            name = (struct text){name.bytes + 4, name.len - 4};
        if (is_person(name) && !is_known(people, name))
            people->at[people->count++] = name;
    }
}
