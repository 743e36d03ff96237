#include "pipeline/token_ends.h"

#include "pipeline/addresses.h"
#include "pipeline/stops.h"
#include "pipeline/tokens.h"

enum {
    CONTRACTION_BYTES_MIN = 4,
    CONTRACTION_BYTES_MAX = 7,
    ENUMERATOR_BYTES_MAX = 5,
    ENUMERATOR_BYTES_MAX_INSIDE = 2
};

/* What one call of token_end() looks at: no byte from `end` on is read. */
struct view {
    struct text text;
    const struct chunk *chunk;
    uint32_t start; /* of the token */
    uint32_t end;
};

static bool is_at(const struct view *v, uint32_t at, char c)
{
    return at < v->end && v->text.bytes[at] == c;
}

static bool letter_at(const struct view *v, uint32_t at)
{
    return at < v->end && scan_letter(v->text, at);
}

static bool digit_at(const struct view *v, uint32_t at)
{
    return at < v->end && scan_digit(v->text, at);
}

static bool alnum_at(const struct view *v, uint32_t at)
{
    return at < v->end && scan_alnum(v->text, at);
}

static uint32_t over_digits(const struct view *v, uint32_t at)
{
    return scan_over(v->text, at, v->end, scan_digit);
}

static uint32_t over_letters(const struct view *v, uint32_t at)
{
    return scan_over(v->text, at, v->end, scan_letter);
}

/* True if the bytes from `at` to `end` spell `word` (lower case) in any case. */
static bool spells(const struct view *v, uint32_t at, uint32_t end, const char *word)
{
    uint32_t i = at;
    for (; i < end && *word; i++, word++)
        if ((v->text.bytes[i] | 0x20) != *word)
            return false;
    return i == end && !*word;
}

static bool is_clitic(const struct view *v, uint32_t at, uint32_t end)
{
    static const char *const clitics[] = {"s", "m", "d", "re", "ve", "ll"};
    for (size_t i = 0; i < sizeof(clitics) / sizeof(clitics[0]); i++)
        if (spells(v, at, end, clitics[i]))
            return true;
    return false;
}

/*
 * The end of the clitic at an apostrophe, or 0: ’s, 'll … if no more of the word follows.
 * "Qa'ida" and "d'état" hold none.
 */
static uint32_t clitic_end(const struct view *v, uint32_t at)
{
    uint32_t quote = scan_apostrophe(v->text, at);
    if (!quote)
        return 0;
    uint32_t end = over_letters(v, at + quote);
    if (end == at + quote || !is_clitic(v, at + quote, end) || digit_at(v, end))
        return 0;
    return end;
}

/* True if the n before the apostrophe at `at` and the t behind it are the n't of "don't". */
static bool is_negation(const struct view *v, uint32_t at)
{
    uint32_t quote = scan_apostrophe(v->text, at);
    return quote && at > v->start && (v->text.bytes[at - 1] | 0x20) == 'n' &&
           spells(v, at + quote, over_letters(v, at + quote), "t");
}

/* "1930's" and "60’s" are one token; the 's of "7's" is not. */
static bool is_decade(const struct view *v, uint32_t at)
{
    uint32_t quote = scan_apostrophe(v->text, at);
    return quote && at >= v->start + 2 && v->text.bytes[at - 1] == '0' && digit_at(v, at - 2) &&
           is_at(v, at + quote, 's') && !alnum_at(v, at + quote + 1);
}

/* O'Hara, Qa'ida, d'état: an apostrophe inside a name or word. */
static bool joins_halves(const struct view *v, uint32_t at)
{
    return letter_at(v, at + scan_apostrophe(v->text, at)) && !clitic_end(v, at) &&
           !is_negation(v, at);
}

/* 5,000.50 3:14 9/11 6.2.1, and groups of exactly three digits behind a comma. */
static bool joins_digits(const struct view *v, uint32_t at)
{
    if (at == v->start || !digit_at(v, at - 1) || !digit_at(v, at + 1))
        return false;
    char c = v->text.bytes[at];
    return c == '.' || c == ':' || c == '/' || (c == ',' && over_digits(v, at + 1) == at + 4);
}

/* The end of a telephone number or date of digits and hyphens at the token's start, or 0. */
static uint32_t hyphened_digits_end(const struct view *v)
{
    uint32_t groups = 0, at = v->start, size = 0, before = 0;
    for (;; at++) {
        uint32_t end = over_digits(v, at);
        if (end == at)
            return 0;
        groups++;
        before = size;
        size = end - at;
        at = end;
        if (!is_at(v, at, '-') || !digit_at(v, at + 1))
            break;
    }
    bool local = groups == 2 && before == 3 && size == 4; /* 555-0143, but not 1990-1995 */
    return (groups > 2 || local) && !letter_at(v, at) ? at : 0;
}

/* U+002D, U+2010 and U+2011: hyphens that may be inside a word, unlike dashes. */
static uint32_t scan_hyphen(struct text t, uint32_t at)
{
    if (t.bytes[at] == '-')
        return 1;
    if ((unsigned char)t.bytes[at] < 0x80)
        return 0;
    uint32_t size, c = utf8_at(t, at, &size);
    return c == 0x2010 || c == 0x2011 ? size : 0;
}

/* non-profit, e-mail; mid-2021 */
static bool is_prefix(const struct view *v, uint32_t hyphen)
{
    uint32_t size = scan_hyphen(v->text, hyphen);
    bool before_digit = hyphen - v->start > 2 && digit_at(v, hyphen + size);
    return size && (letter_at(v, hyphen + size) || before_digit) &&
           scan_lookup(&wordlist_hyphen_prefixes, v->text, (struct span){v->start, hyphen});
}

/* R&D, AT&T, PG&E: a short name with an ampersand; "Barnes&Noble" is three tokens. */
static bool is_ampersand_name(const struct view *v, uint32_t at)
{
    return v->text.bytes[at] == '&' && at - v->start <= 3 && letter_at(v, at + 1) &&
           over_letters(v, at + 1) - at <= 3;
}

/* The U.S of "U.S.A", the Ph of "Ph.D.": letters follow the stop and all before it is short. */
static bool joins_letters(const struct view *v, uint32_t at)
{
    if (v->text.bytes[at] != '.' || !letter_at(v, at + 1))
        return false;
    uint32_t last = at;
    while (last > v->start && v->text.bytes[last - 1] != '.')
        last = utf8_before(v->text, last);
    struct span part = {last, at};
    uint32_t next = over_letters(v, at + 1) - at - 1;
    bool one = part.end - part.start == scan_letter(v->text, part.start);
    return (one && next <= 2) || (part.end - part.start == 2 && last == v->start && next <= 2 &&
                                  scan_upper(v->text, last) && scan_upper(v->text, at + 1));
}

/* The length of what joins the characters before and behind it into one token at `at`, or 0. */
static uint32_t joiner(const struct view *v, uint32_t at)
{
    char c = v->text.bytes[at];
    if (c == '_')
        return 1;
    if (joins_digits(v, at) || joins_letters(v, at) || is_ampersand_name(v, at))
        return 1;
    uint32_t quote = scan_apostrophe(v->text, at);
    if (quote)
        return is_decade(v, at) || joins_halves(v, at) ? quote : 0;
    return is_prefix(v, at) ? scan_hyphen(v->text, at) : 0;
}

/* "5pm", "35mm", "2.5bn": the end of the number if the token, which ends at `at`, goes on as unit.
 */
static uint32_t number_before_unit(const struct view *v, uint32_t at)
{
    uint32_t number = v->start;
    while (number < at && (digit_at(v, number) || strchr(".,:", v->text.bytes[number])))
        number++;
    bool unit = number > v->start && number < at && over_letters(v, number) == at &&
                scan_lookup(&wordlist_measures, v->text, (struct span){number, at});
    return unit ? number : 0;
}

/* The 1 of "1. Build" and the 2.1 of "2.1. Results", but not the 2009 of "in 2009. [3]". */
static bool is_enumerator(const struct view *v, uint32_t at)
{
    bool whole = v->start == v->chunk->span.start && at + 1 == v->chunk->span.end;
    uint32_t most = v->chunk->starts_sentence ? ENUMERATOR_BYTES_MAX : ENUMERATOR_BYTES_MAX_INSIDE;
    return whole && at - v->start <= most && over_digits(v, v->start) > v->start &&
           over_letters(v, v->start) == v->start;
}

/* Takes the full stop of an abbreviation into the token that ends at `at`. */
static uint32_t with_stop(const struct view *v, uint32_t at)
{
    bool unit = v->start > v->chunk->span.start && scan_digit(v->text, v->start - 1);
    if (!is_at(v, at, '.') || is_at(v, at + 1, '.') || unit)
        return at; /* the m of "3m." is no abbreviation */
    bool last = v->chunk->ends_sentence && at + 1 == v->chunk->span.end;
    bool initial = at - v->start == scan_letter(v->text, v->start);

    switch (abbreviation_of(v->text, (struct span){v->start, at})) {
    case ABBREVIATION_NONE:
        break;
    case ABBREVIATION_NUMBER:
        return last ? at : at + 1;
    case ABBREVIATION_ANY:
        return last && initial ? at : at + 1;
    case ABBREVIATION_TITLE:
    case ABBREVIATION_JOINS:
    case ABBREVIATION_TIME:
    case ABBREVIATION_CAPITAL:
    case ABBREVIATION_COUNT:
    default:
        return at + 1;
    }
    return is_enumerator(v, at) && !last ? at + 1 : at;
}

/* "cannot", "gonna": the end of the first of the two words. */
static uint32_t contraction_end(const struct view *v, uint32_t at)
{
    uint32_t len = at - v->start;
    if (len < CONTRACTION_BYTES_MIN || len > CONTRACTION_BYTES_MAX ||
        !strchr("aeot", v->text.bytes[at - 1] | 0x20))
        return at;
    const struct wordlist_row *row =
        scan_lookup(&wordlist_contractions, v->text, (struct span){v->start, at});
    return row ? v->start + (uint32_t)(row->values[0][0] - '0') : at;
}

/* The end of a token that starts with a letter or digit. */
static uint32_t alnum_end(const struct view *v)
{
    uint32_t at = v->start, size;

    for (;;) {
        at = scan_over(v->text, at, v->end, scan_alnum);
        if (at == v->end || !(size = joiner(v, at)) || at + size > v->end)
            break;
        at += size;
    }
    if (at < v->end && is_negation(v, at) && at - 1 > v->start)
        return at - 1;
    if (at < v->end && is_negation(v, at))
        return over_letters(v, at + scan_apostrophe(v->text, at));
    if (is_at(v, at, '$') && at - v->start <= 3 && over_letters(v, v->start) == at)
        return at + 1; /* US$ */
    uint32_t number = number_before_unit(v, at);
    return number ? number : with_stop(v, contraction_end(v, at));
}

/* '72, '60s and 'em: an apostrophe that starts a word. */
static uint32_t apostrophe_word_end(const struct view *v)
{
    static const char *const words[] = {"em", "til", "tis", "twas", "cause", "n"};
    uint32_t at = v->start + scan_apostrophe(v->text, v->start), end = over_digits(v, at);

    if (end == at + 2)
        return is_at(v, end, 's') ? end + 1 : end;
    end = over_letters(v, at);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (spells(v, at, end, words[i]))
            return end;
    return 0;
}

/* ":)" and ":-(", apart from other text. */
static bool is_emoticon(const struct view *v)
{
    uint32_t len = v->end - v->start, nose = v->start + 1;
    if (len < 2 || len > 3 || !strchr(":;=", v->text.bytes[v->start]))
        return false;
    nose += v->text.bytes[nose] == '-';
    return nose + 1 == v->end && strchr("()DPp", v->text.bytes[nose]);
}

/* Marks of which a run is one token: "...", "--", "?!", "****". */
static bool runs_on(char first, char c)
{
    bool ends = first == '!' || first == '?';
    return ends ? c == '!' || c == '?' : c == first && strchr(".-*=_~#+<>`'", c) != NULL;
}

/* Emoji that are drawn as one: joiners, variation selectors, skin tones and what they join. */
static uint32_t symbol_end(const struct view *v)
{
    uint32_t size, at = v->start;
    bool joined = false;

    utf8_at(v->text, at, &size);

    for (at += size; at < v->end; at += size) {
        uint32_t c = utf8_at(v->text, at, &size);
        bool modifier =
            c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x1F3FB && c <= 0x1F3FF);
        if (!modifier && !(joined && c >= 0x2190))
            break;
        joined = c == 0x200D;
    }
    return at;
}

/* "[...]" and "[…]", the mark of words left out, or 0. */
static uint32_t elision_end(const struct view *v)
{
    static const char *const marks[] = {"[...]", "[…]"};

    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (v->end - v->start >= strlen(marks[i]) &&
            memcmp(v->text.bytes + v->start, marks[i], strlen(marks[i])) == 0)
            return v->start + (uint32_t)strlen(marks[i]);
    return 0;
}

static uint32_t mark_end(const struct view *v)
{
    char first = v->text.bytes[v->start];
    if (first == '[' && elision_end(v))
        return elision_end(v);
    if ((unsigned char)first >= 0x80)
        return symbol_end(v);
    uint32_t at = v->start + 1;
    while (at < v->end && v->text.bytes[at] != '\0' && runs_on(first, v->text.bytes[at]))
        at++;
    return at;
}

/* The end of a token that starts with none of letter and digit. */
static uint32_t other_end(const struct view *v)
{
    bool opens = v->start == v->chunk->span.start;
    char c = v->text.bytes[v->start];

    if (opens && is_emoticon(v))
        return v->end;
    if (scan_apostrophe(v->text, v->start)) {
        uint32_t end = opens ? apostrophe_word_end(v) : clitic_end(v, v->start);
        if (end)
            return end;
    }
    if (opens && (c == '@' || c == '#') && letter_at(v, v->start + 1))
        return scan_over(v->text, v->start + 1, v->end, scan_tag);
    if (opens && (c == '+' || c == '.') && digit_at(v, v->start + 1))
        return over_digits(v, v->start + 1);
    return mark_end(v);
}

uint32_t token_end(struct text t, const struct chunk *chunk, uint32_t at)
{
    uint32_t end = chunk->span.end;
    if (end - at > TOKEN_BYTES_MAX)
        end = utf8_before(t, at + TOKEN_BYTES_MAX + 1);
    const struct view v = {t, chunk, at, end};

    if (!scan_alnum(t, at))
        return other_end(&v);
    uint32_t address = address_end(t, at, end);
    if (address)
        return address;
    uint32_t number = scan_digit(t, at) ? hyphened_digits_end(&v) : 0;
    return number ? number : alnum_end(&v);
}
