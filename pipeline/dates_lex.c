#include "pipeline/dates_lex.h"

#include "base/utf8.h"
#include "pipeline/wordlist.h"

enum { WORD_BYTES_MAX = 24, DIGITS_MAX = 9 };

const char *const grain_codes[GRAIN_COUNT] = {GRAINS(NAMED_STRING)};
const char *const day_part_codes[DAY_PART_COUNT] = {DAY_PARTS(NAMED_STRING)};
static const char *const class_names[LEX_CLASS_COUNT] = {LEX_CLASSES(NAMED_STRING)};

enum err lexemes_reserve(struct arena *a, const struct document *doc, struct lexemes *out)
{
    uint32_t longest = 1;
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        struct span s = doc->sentences.at[i].span;
        longest = s.end - s.start > longest ? s.end - s.start : longest;
    }
    struct lexeme *at = ARENA_ARRAY(a, struct lexeme, longest);
    if (!at)
        return ERR_NO_MEMORY;
    *out = (struct lexemes){at, 0, longest};
    return ERR_OK;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Bytes of the letter at `at`, 0 if there is none. */
static uint32_t letter_size(struct text t, uint32_t at)
{
    if (at >= t.len)
        return 0;
    if ((unsigned char)t.bytes[at] < 0x80)
        return is_ascii_letter(t.bytes[at]);
    uint32_t size;
    return utf8_is_letter(utf8_at(t, at, &size)) ? size : 0;
}

/* Bytes of the apostrophe at `at`, straight or curly, 0 if there is none. */
static uint32_t apostrophe_size(struct text t, uint32_t at)
{
    if (at >= t.len)
        return 0;
    if ((unsigned char)t.bytes[at] < 0x80)
        return t.bytes[at] == '\'';
    uint32_t size;
    return utf8_is_single_quote(utf8_at(t, at, &size)) ? size : 0;
}

/* "a.m.", "B.C.", "U.S.": the end of a run of single letters with full stops; else `at`. */
static uint32_t initials_end(struct text t, uint32_t at)
{
    uint32_t end = at;
    while (end + 1 < t.len && is_ascii_letter(t.bytes[end]) && t.bytes[end + 1] == '.')
        end += 2;
    if (end < t.len && end > at && is_ascii_letter(t.bytes[end]) && !letter_size(t, end + 1))
        end++;
    return end - at > 2 ? end : at;
}

/* Letters, with the apostrophes inside ("o'clock") but not a clitic ("today|'s"). */
static uint32_t word_end(struct text t, uint32_t at)
{
    uint32_t end = initials_end(t, at);
    if (end > at)
        return end;
    for (uint32_t n; (n = letter_size(t, end)) > 0;)
        end += n;

    uint32_t mark = apostrophe_size(t, end);
    if (!mark || !letter_size(t, end + mark) || !letter_size(t, end + mark + 1))
        return end;
    for (uint32_t n; (n = letter_size(t, end + mark)) > 0;)
        end += n;
    return end + mark;
}

static int32_t column_number(const char *value)
{
    int32_t n = 0;
    for (const char *c = *value == '-' ? value + 1 : value; is_digit(*c); c++)
        n = n * 10 + (*c - '0');
    return *value == '-' ? -n : n;
}

static uint8_t column_name(const char *value, const char *const *names, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(value, names[i]) == 0)
            return (uint8_t)i;
    }
    return 0;
}

static uint8_t vague_of(const char *value)
{
    static const char *const names[] = {"", "couple", "few", "some"};
    return column_name(value, names, sizeof(names) / sizeof(*names));
}

static void read_class(struct lexeme *l, enum lex_class class, const char *value)
{
    l->classes |= 1U << class;
    if (class == LEX_UNIT || class == LEX_OFTEN)
        l->unit = column_name(value, grain_codes, GRAIN_COUNT);
    else if (class == LEX_PART)
        l->part = column_name(value, day_part_codes, DAY_PART_COUNT);
    else if (class == LEX_MOD)
        l->mod = column_name(value, date_mod_names, DATE_MOD_COUNT);
    else if (class == LEX_VAGUE)
        l->vague = vague_of(value);
    else if (class == LEX_REFER)
        l->refer = value;
    else if (class == LEX_ERA)
        l->value = strcmp(value, "bc") == 0 ? ERA_BC : strcmp(value, "be") == 0 ? ERA_BE : ERA_AD;
    else if (class != LEX_CASED && class != LEX_PLURAL && class < LEX_START)
        l->value = column_number(value);
}

/* "unit=s": the class before the sign, its value behind it. */
static void read_column(struct lexeme *l, const char *column)
{
    size_t name = strcspn(column, "=");
    for (uint32_t i = 0; i < LEX_CLASS_COUNT; i++) {
        if (strlen(class_names[i]) == name && memcmp(class_names[i], column, name) == 0) {
            read_class(l, (enum lex_class)i, column[name] ? column + name + 1 : "");
            return;
        }
    }
}

static void look_up(struct text word, struct lexeme *l)
{
    char key[WORD_BYTES_MAX];
    uint32_t len = 0;

    if (word.len > sizeof(key))
        return;
    for (uint32_t i = 0; i < word.len; i++) {
        if (word.bytes[i] != '.')
            key[len++] = lower(word.bytes[i]);
    }
    const struct wordlist_row *row = wordlist_find(&wordlist_date_words, (struct text){key, len});
    for (uint32_t i = 0; row && i < WORDLIST_COLUMNS_MAX && row->values[i]; i++)
        read_column(l, row->values[i]);
}

static uint32_t cut_digits(struct text t, uint32_t at, struct lexeme *l)
{
    uint32_t end = at;
    while (end < t.len && is_digit(t.bytes[end]))
        end++;
    uint32_t digits = end - at;
    l->digits = (uint8_t)(digits < 255 ? digits : 255);
    if (digits > DIGITS_MAX)
        return end;
    l->classes = 1U << LEX_NUMBER;
    for (uint32_t i = at; i < end; i++)
        l->value = l->value * 10 + (t.bytes[i] - '0');
    return end;
}

static uint32_t cut_mark(struct text t, uint32_t at, struct lexeme *l)
{
    uint32_t size;
    uint32_t c = utf8_at(t, at, &size);
    if (utf8_is_dash(c))
        l->mark = '-';
    else if (utf8_is_single_quote(c))
        l->mark = '\'';
    else if (utf8_is_double_quote(c))
        l->mark = '"';
    else
        l->mark = c < 0x80 ? (char)c : '?';
    return at + size;
}

/* "'s" behind a word is one lexeme. */
static uint32_t clitic_end(struct text t, uint32_t at, bool glued)
{
    uint32_t mark = apostrophe_size(t, at);
    bool clitic = mark && glued && at + mark < t.len && lower(t.bytes[at + mark]) == 's' &&
                  !letter_size(t, at + mark + 1);
    return clitic ? at + mark + 1 : at;
}

static uint32_t cut_one(struct text t, uint32_t at, struct lexeme *l)
{
    if (is_digit(t.bytes[at]))
        return cut_digits(t, at, l);
    uint32_t clitic = clitic_end(t, at, l->glued);
    if (clitic > at)
        return clitic;
    if (!letter_size(t, at))
        return cut_mark(t, at, l);

    uint32_t end = word_end(t, at);
    l->upper = t.bytes[at] >= 'A' && t.bytes[at] <= 'Z';
    look_up((struct text){t.bytes + at, end - at}, l);
    return end;
}

static uint32_t skip_space(struct text t, uint32_t at)
{
    while (at < t.len) {
        uint32_t size;
        if (!utf8_is_space(utf8_at(t, at, &size)))
            break;
        at += size;
    }
    return at;
}

void lexemes_cut(const struct document *doc, const struct sentence *s, struct lexemes *out)
{
    struct text t = {doc->text.bytes, s->span.end};
    uint32_t token = s->first_token;
    uint32_t last = s->first_token + s->token_count;
    uint32_t at = s->span.start;

    for (out->count = 0; out->count < out->cap; out->count++) {
        uint32_t start = skip_space(t, at);
        if (start >= t.len)
            break;
        while (token + 1 < last && doc->tokens.at[token].span.end <= start)
            token++;
        struct lexeme *l = &out->at[out->count];
        *l = (struct lexeme){.token = token, .glued = start == at && out->count > 0};
        at = cut_one(t, start, l);
        l->span = (struct span){start, at};
        l->first = lower(t.bytes[start]);
    }
}
