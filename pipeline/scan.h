/*
 * Questions that the first stages ask of well-formed text, one character at a time.
 *
 * Each scan_*() takes a byte offset below t.len and returns the length in bytes of the character
 * there if it is of the class, else 0, so that a loop reads `while (i < end && (n = scan_x(t,
 * i)))`. ASCII is answered without decoding: it is nearly all there is.
 */
#ifndef ONRECORD_PIPELINE_SCAN_H
#define ONRECORD_PIPELINE_SCAN_H

#include "base/utf8.h"
#include "pipeline/wordlist.h"

static inline bool ascii_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool ascii_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool ascii_is_letter(char c)
{
    return ascii_is_lower(c) || ascii_is_upper(c);
}

static inline bool ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The length of the character at `at` if it is beyond ASCII and `is` says yes, else 0. */
static inline uint32_t scan_beyond_ascii(struct text t, uint32_t at, bool (*is)(uint32_t))
{
    if ((unsigned char)t.bytes[at] < 0x80)
        return 0;
    uint32_t size, c = utf8_at(t, at, &size);
    return is(c) ? size : 0;
}

static inline uint32_t scan_space(struct text t, uint32_t at)
{
    char c = t.bytes[at];
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return 1;
    return scan_beyond_ascii(t, at, utf8_is_space);
}

static inline uint32_t scan_letter(struct text t, uint32_t at)
{
    return ascii_is_letter(t.bytes[at]) ? 1 : scan_beyond_ascii(t, at, utf8_is_letter);
}

static inline uint32_t scan_upper(struct text t, uint32_t at)
{
    return ascii_is_upper(t.bytes[at]) ? 1 : scan_beyond_ascii(t, at, utf8_is_upper);
}

static inline uint32_t scan_digit(struct text t, uint32_t at)
{
    return ascii_is_digit(t.bytes[at]);
}

/* A letter or digit. */
static inline uint32_t scan_alnum(struct text t, uint32_t at)
{
    return scan_digit(t, at) + scan_letter(t, at);
}

/* ' and its curly forms. */
static inline uint32_t scan_apostrophe(struct text t, uint32_t at)
{
    return t.bytes[at] == '\'' ? 1 : scan_beyond_ascii(t, at, utf8_is_single_quote);
}

/* The offset behind the run of characters of one class that starts at `at`. */
static inline uint32_t scan_over(struct text t, uint32_t at, uint32_t end,
                                 uint32_t (*scan)(struct text, uint32_t))
{
    for (uint32_t size; at < end && (size = scan(t, at)) > 0;)
        at += size;
    return at;
}

/* The offset at which the white space before `at` starts, not below `start`. */
static inline uint32_t scan_back_over_space(struct text t, uint32_t start, uint32_t at)
{
    while (at > start) {
        uint32_t before = utf8_before(t, at);
        if (!scan_space(t, before))
            break;
        at = before;
    }
    return at;
}

/* The row of `list` for the bytes of `s` in lower case (ASCII, ’ read as '), or NULL. */
static inline const struct wordlist_row *scan_lookup(const struct wordlist *list, struct text t,
                                                     struct span s)
{
    char key[32];
    uint32_t len = 0;

    for (uint32_t i = s.start; i < s.end; len++) {
        if (len == sizeof(key))
            return NULL;
        uint32_t quote = scan_apostrophe(t, i);
        char c = t.bytes[i];
        key[len] = quote ? '\'' : ascii_is_upper(c) ? (char)(c + ('a' - 'A')) : c;
        i += quote ? quote : 1;
    }
    return wordlist_find(list, (struct text){key, len});
}

#endif
