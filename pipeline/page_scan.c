#include "pipeline/page_scan.h"

enum {
    NAME_MAX_BYTES = 100,    /* libxml2 cuts longer names into several */
    STEPS_A_BYTE = 16,       /* tags in tags are read again: "<a b='<a b=…" */
    COMPARES_MAX = 20000000, /* 0.1 s */
};

struct scan {
    const char *at;
    const char *end;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
}

static bool is_name(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

static void skip_blanks(struct scan *s)
{
    while (s->at < s->end && is_blank(*s->at))
        s->at++;
}

static void skip_name(struct scan *s)
{
    for (int n = 0; n < NAME_MAX_BYTES && s->at < s->end && is_name(*s->at); n++)
        s->at++;
}

static void skip_word(struct scan *s)
{
    while (s->at < s->end && *s->at != '>' && !is_blank(*s->at))
        s->at++;
}

static void skip_value(struct scan *s)
{
    skip_blanks(s);
    if (s->at == s->end)
        return;
    if (*s->at != '"' && *s->at != '\'') {
        skip_word(s);
        return;
    }
    const char *close = memchr(s->at + 1, *s->at, (size_t)(s->end - s->at - 1));
    s->at = close ? close + 1 : s->end;
}

/* One attribute, or what stands in its place. */
static void skip_attribute(struct scan *s)
{
    const char *start = s->at;

    if (is_letter(*s->at) || *s->at == '.')
        skip_name(s);
    else
        skip_word(s);
    skip_blanks(s);
    if (s->at < s->end && *s->at == '=') {
        s->at++;
        skip_value(s);
    }
    if (s->at == start)
        s->at++;
}

/* Attributes of the tag that starts at s->at; s->at is then behind it. */
static uint64_t count_attributes(struct scan *s)
{
    uint64_t n = 0;

    s->at++;
    skip_name(s);
    skip_blanks(s);
    while (s->at < s->end && *s->at != '>') {
        skip_attribute(s);
        skip_blanks(s);
        n++;
    }
    return n;
}

bool page_scan_fits(struct text html)
{
    struct scan all = {html.bytes, html.bytes + html.len};
    uint64_t compares = 0, steps = 0;

    if (html.len == 0)
        return true;
    while ((all.at = memchr(all.at, '<', (size_t)(all.end - all.at)))) {
        if (all.end - all.at >= 2 && is_letter(all.at[1])) {
            struct scan tag = all;
            uint64_t n = count_attributes(&tag);
            compares += n * n;
            steps += (uint64_t)(tag.at - all.at);
        }
        all.at++;
        if (compares > COMPARES_MAX || steps > (uint64_t)html.len * STEPS_A_BYTE + 4096)
            return false;
    }
    return true;
}
