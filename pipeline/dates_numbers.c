/* Numbers as dates need them: cardinals, ordinals, years, days of the month, quantities. */
#include "pipeline/dates_scan.h"

enum { NUMBER_MAX = 1000000, YEAR_FIRST = 1000, YEAR_LAST = 2999 };

static bool is_number_word(const struct scan *s, uint32_t i)
{
    return lex_has(s, i, LEX_NUMBER) && !lex_at(s, i)->digits && !lex_has(s, i, LEX_VAGUE);
}

/* "twenty" may be followed by "five" or "fifth", with a hyphen or not. */
static bool is_tens(int32_t n)
{
    return n >= 20 && n < 100 && n % 10 == 0;
}

/* "2,000": thousands in groups of three, each comma glued to both sides. */
static uint32_t read_digit_groups(const struct scan *s, uint32_t at, int32_t *n)
{
    uint32_t i = at + 1;
    int64_t total = lex_at(s, at)->value;
    while (lex_mark(s, i, ',') && lex_joined(s, i) && lex_joined(s, i + 1) &&
           lex_at(s, i + 1)->digits == 3 && total < NUMBER_MAX) {
        total = total * 1000 + lex_at(s, i + 1)->value;
        i += 2;
    }
    if (total > INT32_MAX / 100)
        return 0;
    *n = (int32_t)total;
    return i - at;
}

/* "nine", "nineteen", "ninety", "ninety-six" */
static uint32_t read_below_hundred(const struct scan *s, uint32_t at, int32_t *n)
{
    if (!is_number_word(s, at))
        return 0;
    *n = lex_at(s, at)->value;
    uint32_t next = skip_mark(s, at + 1, '-');
    if (!is_tens(*n) || !is_number_word(s, next) || lex_at(s, next)->value >= 10 ||
        lex_at(s, next)->value == 0)
        return 1;
    *n += lex_at(s, next)->value;
    return next + 1 - at;
}

/* "two hundred (and) five thousand" */
static uint32_t read_number_words(const struct scan *s, uint32_t at, int32_t *n)
{
    int64_t total = 0, group = 0;
    int32_t part;
    uint32_t i = at, used;

    while ((used = read_below_hundred(s, i, &part)) > 0 && i - at < SCAN_AHEAD_MAX) {
        group += part;
        i += used;
        while (lex_has(s, i, LEX_SCALE) && !lex_has(s, i, LEX_PLURAL) && group < NUMBER_MAX) {
            group *= lex_at(s, i)->value;
            if (lex_at(s, i)->value >= 1000) {
                total += group;
                group = 0;
            }
            i++;
        }
        bool scaled = lex_has(s, i - 1, LEX_SCALE);
        bool and = lex_is(s, i, "and");
        if (!scaled || !is_number_word(s, i + and))
            break;
        i += and;
    }
    if (i == at || total + group > INT32_MAX / 100)
        return 0;
    *n = (int32_t)(total + group);
    return i - at;
}

uint32_t read_cardinal(const struct scan *s, uint32_t at, int32_t *n)
{
    if (!lex_has(s, at, LEX_NUMBER) || lex_has(s, at, LEX_VAGUE))
        return 0;
    return lex_at(s, at)->digits ? read_digit_groups(s, at, n) : read_number_words(s, at, n);
}

static bool is_ordinal_ending(const struct scan *s, uint32_t i)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", NULL};
    return lex_joined(s, i) && lex_is_one_of(s, i, endings);
}

uint32_t read_ordinal(const struct scan *s, uint32_t at, int32_t *n)
{
    if (lex_has(s, at, LEX_ORDINAL)) {
        *n = lex_at(s, at)->value;
        return 1;
    }
    if (!lex_has(s, at, LEX_NUMBER) || lex_has(s, at, LEX_VAGUE))
        return 0;
    *n = lex_at(s, at)->value;
    if (lex_at(s, at)->digits)
        return is_ordinal_ending(s, at + 1) ? 2 : 0;

    uint32_t next = skip_mark(s, at + 1, '-');
    if (!is_tens(*n) || !lex_has(s, next, LEX_ORDINAL) || lex_at(s, next)->value >= 10)
        return 0;
    *n += lex_at(s, next)->value;
    return next + 1 - at;
}

/* "'99", "’16": of the century that is nearest. */
static uint32_t read_short_year(const struct scan *s, uint32_t at, int *year)
{
    const struct lexeme *l = lex_at(s, at + 1);
    if (!lex_mark(s, at, '\'') || l->digits != 2 || !l->glued)
        return 0;
    int century = s->reference.year ? s->reference.year / 100 * 100 : 2000;
    int now = s->reference.year ? s->reference.year : 2025;
    *year = century + l->value > now + 20 ? century - 100 + l->value : century + l->value;
    return 2;
}

/* "nineteen ninety six", "seventeen hundred thirty three", "two thousand and fifteen" */
static uint32_t read_spoken_year(const struct scan *s, uint32_t at, int *year)
{
    int32_t head, tail;
    uint32_t first = read_below_hundred(s, at, &head);
    if (first && head >= 10 && head <= 21) {
        uint32_t second = read_below_hundred(s, at + first, &tail);
        if (second && tail >= 10) {
            *year = head * 100 + tail;
            return first + second;
        }
    }
    int32_t n;
    uint32_t used = read_number_words(s, at, &n);
    bool whole = used && n >= YEAR_FIRST && n < YEAR_LAST && lex_has(s, at + 1, LEX_SCALE);
    if (!whole) {
        uint32_t hundreds = first && lex_is(s, at + first, "hundred") ? first + 1 : 0;
        uint32_t second = hundreds ? read_below_hundred(s, at + hundreds, &tail) : 0;
        if (!second || head < 10 || head > 29)
            return 0;
        *year = head * 100 + tail;
        return hundreds + second;
    }
    *year = (int)n;
    return used;
}

uint32_t read_year(const struct scan *s, uint32_t at, int *year)
{
    const struct lexeme *l = lex_at(s, at);
    if (l->mark == '\'')
        return read_short_year(s, at, year);
    if (l->digits != 4)
        return l->digits ? 0 : read_spoken_year(s, at, year);
    if (l->value < YEAR_FIRST || l->value > YEAR_LAST)
        return 0;
    *year = l->value;
    return 1;
}

uint32_t read_day_number(const struct scan *s, uint32_t at, int *day)
{
    int32_t n;
    uint32_t used = read_ordinal(s, at, &n);
    if (!used && lex_at(s, at)->digits > 0 && lex_at(s, at)->digits <= 2) {
        n = lex_at(s, at)->value;
        used = 1;
    }
    if (!used)
        used = read_below_hundred(s, at, &n);
    if (!used || n < 1 || n > 31)
        return 0;
    *day = (int)n;
    return used;
}

/* "2.5": hundredths behind the point. */
static uint32_t read_decimals(const struct scan *s, uint32_t at, struct amount *out)
{
    const struct lexeme *l = lex_at(s, at + 1);
    if (!lex_mark(s, at, '.') || !lex_joined(s, at) || !l->digits || l->digits > 2 || !l->glued)
        return 0;
    out->hundredths += l->digits == 1 ? l->value * 10 : l->value;
    return 2;
}

/* "and a half", "and a quarter", "½" */
static uint32_t read_fraction(const struct scan *s, uint32_t at, struct amount *out)
{
    if (!lex_is(s, at, "and"))
        return 0;
    uint32_t i = skip_word(s, at + 1, "a");
    if (!lex_is(s, i, "half") && !lex_is(s, i, "quarter"))
        return 0;
    out->hundredths += lex_is(s, i, "half") ? 50 : 25;
    return i + 1 - at;
}

/* "a couple of", "a few", "several", "dozens of" */
static uint32_t read_vague_quantity(const struct scan *s, uint32_t at, struct amount *out)
{
    uint32_t i = skip_word(s, at, "a");
    const struct lexeme *l = lex_at(s, i);
    bool dozens = lex_has(s, i, LEX_SCALE) && lex_has(s, i, LEX_PLURAL);

    if (dozens || lex_has(s, i, LEX_VAGUE)) {
        out->vague = dozens ? VAGUE_SOME : l->vague;
        out->hundredths = l->vague == VAGUE_COUPLE ? 200 : 300;
        return skip_word(s, i + 1, "of") - at;
    }
    if (!lex_has(s, i, LEX_SCALE) || i == at)
        return 0;
    out->hundredths = 100 * l->value;
    return skip_word(s, i + 1, "of") - at;
}

uint32_t read_quantity(const struct scan *s, uint32_t at, struct amount *out)
{
    static const char *const ones[] = {"a", "an", "another", NULL};
    struct amount q = {0};
    int32_t n;

    uint32_t used = read_vague_quantity(s, at, &q);
    if (!used && (used = read_cardinal(s, at, &n)) > 0) {
        q.hundredths = 100 * n;
        used += read_decimals(s, at + used, &q);
        used += read_fraction(s, at + used, &q);
    }
    if (!used && lex_is(s, at, "half")) {
        used = lex_is(s, at + 1, "a") || lex_is(s, at + 1, "an") ? 2 : 1;
        q.hundredths = 50;
    }
    if (!used && lex_is_one_of(s, at, ones)) {
        used = 1;
        q.hundredths = 100;
        if (lex_is(s, at + 1, "half"))
            used = 2, q.hundredths = 50;
    }
    if (used)
        *out = q;
    return used;
}
