#include "pipeline/kinds.h"

#include "pipeline/scan.h"

enum {
    SHORT_BYTES_MAX = 500, /* longer paragraphs are body */
    WORDS_MAX = 128,
    HEADLINE_WORDS_MAX = 25,
    CREDIT_WORDS_MAX = 6,
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
        c = utf8_is_single_quote(c) ? '\'' : utf8_is_dash(c) ? '-' : utf8_lower(c);
        len += utf8_put(c, out + len);
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

/* Bits of what the cues of a paragraph speak for. */
enum cue { CUE_CAPTION = 1, CUE_CREDIT = 2 };

/* No more long words in lower case than capitals: names, and little besides. */
static bool is_mostly_names(const struct words *w)
{
    return w->letters <= 2 * w->uppers + w->small;
}

/* True if the row may stand at words `at`; the paragraph proper starts with word `lead`. */
static bool is_in_place(const struct words *w, const struct wordlist_row *row, uint32_t lead,
                        struct span at)
{
    const char *place = row->values[1];
    if (strcmp(place, "any") == 0)
        return true;
    if (at.start != lead)
        return false;
    if (strcmp(place, "whole") == 0)
        return at.end == w->count;
    return strcmp(place, "byline") != 0 || is_mostly_names(w);
}

/* The cues that start with word `first`; `lead` words stand before the paragraph proper. */
static unsigned cues_at(const struct words *w, uint32_t first, uint32_t lead)
{
    const struct wordlist *list = &wordlist_paragraph_cues;
    unsigned cues = 0;

    for (uint32_t last = first; last < w->count && last - first < list->words_max; last++) {
        struct text phrase = {w->bytes + w->start[first], w->end[last] - w->start[first]};
        const struct wordlist_row *row = wordlist_find(list, phrase);
        if (row && is_in_place(w, row, lead, (struct span){first, last + 1}))
            cues |= strcmp(row->values[0], "credit") == 0 ? CUE_CREDIT : CUE_CAPTION;
    }
    return cues;
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

/*
 * Which three bytes a cue may start with: nearly no word needs a look into the list. A set of
 * hashes of 10 bits, so "no" is certain and "yes" is not.
 */
struct beginnings {
    uint64_t bits[16];
};

/* `bytes` may end with NUL behind the first or second byte, which then counts as a space. */
static uint32_t beginning_of(const char *bytes)
{
    uint32_t second = bytes[1] ? (unsigned char)bytes[1] : ' ';
    uint32_t third = bytes[1] && bytes[2] ? (unsigned char)bytes[2] : ' ';
    return ((unsigned char)bytes[0] * 33 ^ second * 5) * 7 + third;
}

static struct beginnings beginnings_read(void)
{
    const struct wordlist *list = &wordlist_paragraph_cues;
    struct beginnings b = {{0}};

    for (uint32_t i = 0; i < list->slot_count; i++)
        if (list->slots[i].row) {
            uint32_t hash = beginning_of(list->rows[list->slots[i].row - 1].key);
            b.bits[hash / 64 % 16] |= UINT64_C(1) << hash % 64;
        }
    return b;
}

static bool may_begin(const struct beginnings *b, const char *bytes)
{
    uint32_t hash = beginning_of(bytes);
    return b->bits[hash / 64 % 16] >> hash % 64 & 1;
}

static unsigned cues_of(const struct words *w, const struct beginnings *b)
{
    uint32_t lead = leading_marks(w);
    unsigned cues = 0;

    for (uint32_t i = lead; i < w->count; i++)
        if (may_begin(b, w->bytes + w->start[i]))
            cues |= cues_at(w, i, lead);
    return cues;
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

/* `Go home.”` and `Go home."` end a sentence, `A “deal”` does not. */
static bool ends_in_quoted_stop(const struct words *w)
{
    struct text last = word_of(w, w->count - 1);
    uint32_t size, c = utf8_at(last, 0, &size);
    bool quote = utf8_is_double_quote(c) || utf8_is_single_quote(c);
    return quote && w->count > 1 && strchr(".!?", w->bytes[w->start[w->count - 2]]) != NULL;
}

/* A line without an end of a sentence that is short enough to stand above the text. */
static bool is_headline(const struct words *w, bool first)
{
    if (ends_with(w, first ? ".:;," : ".:;,!?") || ends_in_quoted_stop(w))
        return false;
    if (w->letters == 0 || is_date_line(w) || strchr("-*", w->bytes[0]))
        return false;
    if (first)
        return w->count <= HEADLINE_WORDS_MAX;
    return w->count <= SUBHEAD_WORDS_MAX && w->digits == 0 && w->uppers > 0 &&
           (is_title_case(w) || w->count <= SUBHEAD_PLAIN_WORDS_MAX);
}

static enum paragraph_kind kind_of(const struct words *w, unsigned cues, bool first, bool last)
{
    if (cues & CUE_CREDIT || is_byline(w))
        return PARAGRAPH_CREDIT;
    /* "Photo: Anna Berg": who took it, as there is nothing of what it shows. */
    if (cues & CUE_CAPTION)
        return is_mostly_names(w) && w->count <= CREDIT_WORDS_MAX ? PARAGRAPH_CREDIT
                                                                  : PARAGRAPH_CAPTION;
    return !last && is_headline(w, first) ? PARAGRAPH_HEADLINE : PARAGRAPH_BODY;
}

void kinds_mark(struct text text, struct paragraphs *paragraphs)
{
    const struct beginnings beginnings = beginnings_read();
    bool first = true; /* no body or headline has been seen */
    struct words w;

    for (uint32_t i = 0; i < paragraphs->count; i++) {
        struct paragraph *p = &paragraphs->at[i];
        if (p->span.end - p->span.start > SHORT_BYTES_MAX) {
            first = false;
            continue;
        }
        words_read(&w, text, p->span);
        p->kind = kind_of(&w, cues_of(&w, &beginnings), first, i + 1 == paragraphs->count);
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
