#include "pipeline/stops.h"

enum {
    WORD_BYTES_MAX = 24, /* no abbreviation or clear start of a sentence is longer */
    ENUMERATOR_BYTES_MAX = 3,
    STOP_BYTES_MAX = 256, /* "!!!!" may be long; a longer run is read in pieces, each once */
};

static uint32_t scan_mark(struct text t, uint32_t at)
{
    return !stop_starts(t, at) ? 0 : t.bytes[at] == '\xE2' ? 3 : 1;
}

static bool is_closer(uint32_t c)
{
    return c == ')' || c == ']' || c == '}' || utf8_is_single_quote(c) || utf8_is_double_quote(c);
}

/* Quotes that only open. */
static bool is_opening_quote(uint32_t c)
{
    return c == 0x2018 || c == 0x201A || c == 0x201C || c == 0x201E || c == 0xAB || c == 0x2039;
}

static uint32_t scan_closer(struct text t, uint32_t at)
{
    uint32_t size, c = utf8_at(t, at, &size);
    return is_closer(c) && !is_opening_quote(c) ? size : 0;
}

/* What may stand before the first word of a sentence. */
static uint32_t scan_opener(struct text t, uint32_t at)
{
    uint32_t size, c = utf8_at(t, at, &size);
    return c == '(' || c == '[' || c == '{' || utf8_is_single_quote(c) || utf8_is_double_quote(c)
               ? size
               : 0;
}

/* Marks that may stand apart: "...", ". . .". A lone " ." is left to the next sentence's start. */
static uint32_t over_marks(struct text t, uint32_t at, uint32_t end)
{
    for (;;) {
        at = scan_over(t, at, end, scan_mark);
        bool apart = at + 1 < end && t.bytes[at] == ' ' && t.bytes[at + 1] == '.';
        if (!apart || (at + 2 < end && !scan_space(t, at + 2)))
            return at;
        at++;
    }
}

/* The end of the references that follow: "It fell. [3] [12]". */
static uint32_t over_references(struct text t, uint32_t at, uint32_t end)
{
    for (;;) {
        uint32_t open = scan_over(t, at, end, scan_space);
        if (open == end || t.bytes[open] != '[')
            return at;
        uint32_t close = scan_over(t, open + 1, end, scan_digit);
        if (close == end || close == open + 1 || t.bytes[close] != ']')
            return at;
        at = close + 1;
    }
}

struct stop stop_read(struct text t, struct span in, uint32_t at)
{
    struct stop s = {.start = at};
    uint32_t limit = in.end - at > STOP_BYTES_MAX ? at + STOP_BYTES_MAX : in.end;

    s.closers = over_marks(t, at, limit);
    s.after = over_references(t, scan_over(t, s.closers, limit, scan_closer), limit);
    s.next = scan_over(t, s.after, in.end, scan_space);
    if (scan_over(t, s.next, in.end, scan_closer) == in.end)
        s.after = s.next = in.end;
    s.single = s.closers - s.start == 1 && t.bytes[at] == '.';
    return s;
}

/* The word that ends at `end`: letters, digits, and the stops and apostrophes between them. */
static struct span word_before(struct text t, uint32_t start, uint32_t end)
{
    uint32_t at = end;
    while (at > start && end - at < WORD_BYTES_MAX) {
        uint32_t before = utf8_before(t, at);
        if (!scan_alnum(t, before) && t.bytes[before] != '.' && !scan_apostrophe(t, before))
            break;
        at = before;
    }
    while (at < end && !scan_alnum(t, at))
        at++;
    return (struct span){at, end};
}

static struct span word_at(struct text t, uint32_t at, uint32_t end)
{
    uint32_t limit = end - at > WORD_BYTES_MAX ? at + WORD_BYTES_MAX : end;
    return (struct span){at, scan_over(t, at, limit, scan_alnum)};
}

/* "U.S", "a.m", "J": single letters with stops between them. */
static bool is_letters_with_stops(struct text t, struct span word)
{
    uint32_t i = word.start;
    while (i < word.end) {
        uint32_t size = scan_letter(t, i);
        if (size == 0)
            return false;
        i += size;
        if (i == word.end)
            return true;
        if (t.bytes[i++] != '.')
            return false;
    }
    return false;
}

static const char *const abbreviation_names[ABBREVIATION_COUNT] = {ABBREVIATIONS(NAMED_STRING)};

static enum abbreviation class_named(const char *name)
{
    enum abbreviation class = ABBREVIATION_COUNT - 1;
    while (class > ABBREVIATION_NONE && strcmp(name, abbreviation_names[class]) != 0)
        class --;
    return class;
}

enum abbreviation abbreviation_of(struct text t, struct span word)
{
    if (word.start == word.end)
        return ABBREVIATION_NONE;
    const struct wordlist_row *row =
        scan_lookup(&wordlist_abbreviations, t, (struct span){word.start, word.end + 1});
    bool capital = scan_upper(t, word.start);

    if (row) {
        enum abbreviation class = class_named(row->values[0]);
        bool named = class == ABBREVIATION_TITLE || class == ABBREVIATION_CAPITAL;
        return named && !capital ? ABBREVIATION_NONE : class;
    }
    bool several = memchr(t.bytes + word.start, '.', word.end - word.start) != NULL;
    return is_letters_with_stops(t, word) && (several || capital) ? ABBREVIATION_ANY
                                                                  : ABBREVIATION_NONE;
}

/* "He", "The", "But": a capital here can only be the start of a sentence. */
static bool is_clear_start(struct text t, struct span in, uint32_t at)
{
    at = scan_over(t, at, in.end, scan_opener);
    return at < in.end && scan_upper(t, at) &&
           scan_lookup(&wordlist_sentence_starters, t, word_at(t, at, in.end)) != NULL;
}

/* "Monday", "May", "GMT". */
static bool is_date_word(struct text t, struct span in, uint32_t at)
{
    return scan_lookup(&wordlist_date_line_words, t, word_at(t, at, in.end)) != NULL;
}

static uint32_t scan_number(struct text t, uint32_t at)
{
    return ascii_is_digit(t.bytes[at]) || t.bytes[at] == '.';
}

/* "1.", "2.1." or "b." at the start of a list item: the sentence is still to come. */
static bool is_enumerator(struct text t, struct span in, const struct stop *s)
{
    if (s->start - in.start > ENUMERATOR_BYTES_MAX + 1)
        return false;
    uint32_t start = scan_over(t, in.start, s->start, scan_opener);
    uint32_t len = s->start - start;
    if (len == 0 || len > ENUMERATOR_BYTES_MAX)
        return false;
    return scan_over(t, start, s->start, scan_number) == s->start ||
           (len == 1 && ascii_is_letter(t.bytes[start]));
}

/* "George W. Bush" goes on; "So do I. Then", "plan B. The" do not. */
static bool is_initial(struct text t, struct span in, struct span word, const struct stop *s)
{
    if (word.end - word.start != scan_upper(t, word.start))
        return false;
    return !is_clear_start(t, in, s->next) ||
           (word.start >= 2 && t.bytes[word.start - 2] == '.'); /* J. R. The… */
}

static bool abbreviation_goes_on(struct text t, struct span in, const struct stop *s)
{
    struct span word = word_before(t, in.start, s->start);
    bool number_next = scan_digit(t, s->next);

    if (word.start == word.end)
        return false;
    if (is_initial(t, in, word, s))
        return true;
    switch (abbreviation_of(t, word)) {
    case ABBREVIATION_TITLE:
    case ABBREVIATION_JOINS:
        return true;
    case ABBREVIATION_NUMBER:
        return number_next;
    case ABBREVIATION_TIME:
        return number_next || (!is_clear_start(t, in, s->next) && is_date_word(t, in, s->next));
    case ABBREVIATION_CAPITAL:
    case ABBREVIATION_ANY:
        return number_next || !is_clear_start(t, in, s->next);
    case ABBREVIATION_NONE:
    case ABBREVIATION_COUNT:
    default:
        return false;
    }
}

/*
 * What follows starts in lower case, perhaps behind a dash; "eBay" and "iPhone" are names and do
 * not.
 */
static bool goes_on_in_lower_case(struct text t, struct span in, uint32_t at)
{
    uint32_t size;
    if (utf8_is_dash(utf8_at(t, at, &size)))
        at = scan_over(t, at + size, in.end, scan_space);
    at = scan_over(t, at, in.end, scan_opener);
    if (at == in.end || !scan_letter(t, at) || scan_upper(t, at))
        return false;
    struct span word = word_at(t, at, in.end);
    for (uint32_t i = word.start; i < word.end; i++)
        if (ascii_is_upper(t.bytes[i]))
            return false;
    return true;
}

/* "we try [...] We do": words left out of a quotation end nothing. */
static bool is_elision(struct text t, struct span in, const struct stop *s)
{
    return s->start > in.start && t.bytes[s->start - 1] == '[' && s->closers < s->after &&
           t.bytes[s->closers] == ']';
}

/* "in the spring.The EU": the space is missing, but two sentences meet. */
static bool is_glued(struct text t, struct span in, const struct stop *s)
{
    return s->single && s->after == s->closers && s->start >= in.start + 3 &&
           s->after + 1 < in.end && ascii_is_lower(t.bytes[s->start - 1]) &&
           ascii_is_lower(t.bytes[s->start - 2]) && ascii_is_upper(t.bytes[s->after]) &&
           is_clear_start(t, in, s->after);
}

bool stop_ends_sentence(struct text t, struct span in, const struct stop *s)
{
    if (s->next == in.end)
        return true;
    if (s->after == s->next)
        return is_glued(t, in, s);
    if (goes_on_in_lower_case(t, in, s->next) || is_elision(t, in, s))
        return false;
    if (s->single && s->after == s->closers)
        return !is_enumerator(t, in, s) && !abbreviation_goes_on(t, in, s);
    return true;
}
