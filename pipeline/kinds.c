#include "pipeline/kinds.h"

#include "pipeline/scan.h"

enum {
    SHORT_BYTES_MAX = 500, /* longer paragraphs are body */
    WORDS_MAX = 128,
    HEADLINE_WORDS_MAX = 25,
    SUBHEAD_WORDS_MAX = 10,
    SUBHEAD_PLAIN_WORDS_MAX = 5, /* without Title Case: "What happens next" */
    BYLINE_WORDS_MAX = 10,
};

/* A short paragraph in lower case, its words and marks apart by one space: "file photo : the …". */
struct words {
    char bytes[2 * SHORT_BYTES_MAX + WORDS_MAX];
    uint32_t start[WORDS_MAX], end[WORDS_MAX];
    uint32_t count;
    uint32_t letters; /* words that start with a letter */
    uint32_t uppers;  /* of them, with a capital */
    uint32_t small;   /* of them, short and without a capital: "of", "to" */
    uint32_t digits;  /* words that start with a digit */
};

static void count_word(struct words *w, struct text t, struct span word)
{
    bool letter = scan_letter(t, word.start), upper = scan_upper(t, word.start);
    w->letters += letter;
    w->uppers += upper;
    w->small += letter && !upper && word.end - word.start <= 3;
    w->digits += scan_digit(t, word.start);
}

static uint32_t put_lower(char *out, struct text t, struct span word)
{
    uint32_t len = 0;
    for (uint32_t i = word.start, size; i < word.end; i += size) {
        uint32_t c = utf8_at(t, i, &size);
        len += utf8_put(utf8_is_single_quote(c) ? '\'' : utf8_lower(c), out + len);
    }
    return len;
}

static void words_read(struct words *w, struct text t, struct span in)
{
    uint32_t used = 0, size;

    *w = (struct words){.count = 0};
    for (uint32_t i = in.start; i < in.end && w->count < WORDS_MAX;) {
        if ((size = scan_space(t, i)) > 0) {
            i += size;
            continue;
        }
        struct span word = {i, scan_over(t, i, in.end, scan_alnum)};
        if (word.end == i) {
            utf8_at(t, i, &size);
            word.end += size;
        }
        used += used > 0;
        w->start[w->count] = used;
        used += put_lower(w->bytes + used, t, word);
        w->end[w->count++] = used;
        w->bytes[used] = ' ';
        count_word(w, t, word);
        i = word.end;
    }
}

/* True if the row speaks for `kind` at this place. */
static bool row_holds(const struct wordlist_row *row, const char *kind, uint32_t first,
                      uint32_t last, uint32_t count)
{
    const char *place = row->values[1];
    if (strcmp(row->values[0], kind) != 0)
        return false;
    return strcmp(place, "any") == 0 || (strcmp(place, "start") == 0 && first == 0) ||
           (strcmp(place, "whole") == 0 && first == 0 && last + 1 == count);
}

/* True if a cue of `kind` stands in the words from `first` on. */
static bool cue_at(const struct words *w, uint32_t first, uint32_t lead, const char *kind)
{
    const struct wordlist *list = &wordlist_paragraph_cues;
    for (uint32_t last = first; last < w->count && last - first < list->words_max; last++) {
        struct text phrase = {w->bytes + w->start[first], w->end[last] - w->start[first]};
        const struct wordlist_row *row = wordlist_find(list, phrase);
        if (row && row_holds(row, kind, first - lead, last - lead, w->count - lead))
            return true;
    }
    return false;
}

/* Brackets and marks before the first word do not hide a cue: "(Reporting by …)". */
static uint32_t leading_marks(const struct words *w)
{
    uint32_t i = 0;
    while (i + 1 < w->count && w->end[i] - w->start[i] == 1 &&
           strchr("([-*|>", w->bytes[w->start[i]]))
        i++;
    return i;
}

static bool has_cue(const struct words *w, const char *kind)
{
    uint32_t lead = leading_marks(w);
    for (uint32_t i = lead; i < w->count; i++)
        if (cue_at(w, i, lead, kind))
            return true;
    return false;
}

static struct text word_of(const struct words *w, uint32_t i)
{
    return (struct text){w->bytes + w->start[i], w->end[i] - w->start[i]};
}

static bool ends_with(const struct words *w, const char *marks)
{
    char last = w->bytes[w->end[w->count - 1] - 1];
    return strchr(marks, last) != NULL;
}

/* "By Jane Smith", "By JANE SMITH in Moscow": mostly capitals, no full stop. */
static bool is_byline(const struct words *w)
{
    return w->count >= 3 && w->count <= BYLINE_WORDS_MAX && text_is(word_of(w, 0), "by") &&
           w->uppers + w->small >= w->letters && w->uppers >= 3 && w->digits == 0 &&
           !ends_with(w, ".!?:");
}

/* "Monday, May 3, 2021": nothing but the words of a date. */
static bool is_date_line(const struct words *w)
{
    for (uint32_t i = 0; i < w->count; i++) {
        struct text word = word_of(w, i);
        char c = word.bytes[0];
        bool mark = word.len == 1 && strchr(",.|-:", c);
        const struct wordlist_row *row = wordlist_find(&wordlist_date_line_words, word);
        if (!mark && !row && !ascii_is_digit(c))
            return false;
    }
    return w->digits > 0;
}

static bool is_title_case(const struct words *w)
{
    return w->uppers >= 2 && w->uppers + w->small >= w->letters;
}

/* A line without an end of a sentence that is short enough to stand above the text. */
static bool is_headline(const struct words *w, bool first)
{
    bool stop = ends_with(w, first ? ".:;," : ".:;,!?") ||
                (first && ends_with(w, "\"'”’)") && w->count > 1 &&
                 w->bytes[w->start[w->count - 2]] == '.');
    if (stop || w->letters == 0 || is_date_line(w) || strchr("-*", w->bytes[0]))
        return false;
    if (first)
        return w->count <= HEADLINE_WORDS_MAX;
    return w->count <= SUBHEAD_WORDS_MAX && w->digits == 0 && w->uppers > 0 &&
           (is_title_case(w) || w->count <= SUBHEAD_PLAIN_WORDS_MAX);
}

static enum paragraph_kind kind_of(const struct words *w, bool first, bool last)
{
    if (has_cue(w, "credit") || is_byline(w))
        return PARAGRAPH_CREDIT;
    if (has_cue(w, "caption"))
        return PARAGRAPH_CAPTION;
    return !last && is_headline(w, first) ? PARAGRAPH_HEADLINE : PARAGRAPH_BODY;
}

void kinds_mark(struct text text, struct paragraphs *paragraphs)
{
    bool first = true; /* no body or headline has been seen */
    struct words w;

    for (uint32_t i = 0; i < paragraphs->count; i++) {
        struct paragraph *p = &paragraphs->at[i];
        if (p->span.end - p->span.start > SHORT_BYTES_MAX) {
            first = false;
            continue;
        }
        words_read(&w, text, p->span);
        p->kind = kind_of(&w, first, i + 1 == paragraphs->count);
        if ((p->kind == PARAGRAPH_BODY && !is_date_line(&w)) || p->kind == PARAGRAPH_HEADLINE)
            first = false;
    }
}

bool kinds_main_headline(struct text text, const struct paragraphs *paragraphs, uint32_t *index)
{
    struct words w;

    for (uint32_t i = 0; i < paragraphs->count; i++) {
        const struct paragraph *p = &paragraphs->at[i];
        if (p->kind == PARAGRAPH_HEADLINE) {
            *index = i;
            return true;
        }
        if (p->kind != PARAGRAPH_BODY)
            continue;
        if (p->span.end - p->span.start > SHORT_BYTES_MAX)
            return false;
        words_read(&w, text, p->span);
        if (!is_date_line(&w))
            return false;
    }
    return false;
}
