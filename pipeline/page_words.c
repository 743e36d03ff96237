#include "pipeline/page_words.h"

#include "base/utf8.h"

static bool is_wordly(uint32_t c)
{
    return utf8_is_letter(c) || utf8_is_digit(c) || c == 0xA9;
}

/* An apostrophe between letters is part of the word. */
static uint32_t next_letter(struct text t, uint32_t at, uint32_t *size)
{
    uint32_t c = utf8_at(t, at, size), ahead;

    if (utf8_is_single_quote(c) && at > 0 && at + *size < t.len &&
        utf8_is_letter(utf8_at(t, at + *size, &ahead)))
        return '\'';
    return c;
}

struct page_words page_words_of(struct text t)
{
    struct page_words w = {.count = 0};
    uint32_t n = 0;
    bool inside = false;

    for (uint32_t i = 0, size; i < t.len && n + 6 < PAGE_WORDS_BYTES; i += size) {
        uint32_t c = next_letter(t, i, &size);
        bool letter = is_wordly(c) || (c == '\'' && inside);
        if (!letter && inside)
            w.bytes[n++] = ' ';
        if (letter && !inside) {
            if (w.count == PAGE_WORDS_MAX)
                break;
            w.start[w.count++] = (uint16_t)n;
        }
        if (letter)
            n += utf8_put(utf8_lower(c), w.bytes + n);
        inside = letter;
    }
    if (inside)
        w.bytes[n++] = ' ';
    w.start[w.count] = (uint16_t)n;
    return w;
}

const struct wordlist_row *page_words_find(const struct page_words *w, uint32_t at,
                                           const struct wordlist *list, uint32_t *count)
{
    uint32_t longest = list->words_max < w->count - at ? list->words_max : w->count - at;

    for (uint32_t n = longest; n > 0; n--) {
        struct text key = {w->bytes + w->start[at],
                           (uint32_t)(w->start[at + n] - w->start[at]) - 1};
        const struct wordlist_row *row = key.len <= list->key_max ? wordlist_find(list, key) : NULL;
        if (row) {
            *count = n;
            return row;
        }
    }
    return NULL;
}

const struct wordlist_row *page_words_last(const struct page_words *w, const struct wordlist *list)
{
    const struct wordlist_row *last = NULL;

    for (uint32_t i = 0, n; i < w->count; i += n) {
        n = 1;
        const struct wordlist_row *row = page_words_find(w, i, list, &n);
        if (row)
            last = row;
    }
    return last;
}

bool page_words_any(const struct page_words *w, const struct wordlist *list)
{
    return page_words_last(w, list) != NULL;
}
