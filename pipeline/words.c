#include "pipeline/words.h"

#include "base/hash.h"

enum { CASING_WORDS_MIN = 3 };

const struct word word_boundary = {.norm = 1};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* No model needs to tell 1987 from 2021. */
struct text word_form(struct text norm, char buffer[WORD_FORM_MAX])
{
    uint32_t len = norm.len < WORD_FORM_MAX ? norm.len : WORD_FORM_MAX;
    for (uint32_t i = 0; i < len; i++)
        buffer[i] = is_digit(norm.bytes[i]) ? '0' : norm.bytes[i];
    return (struct text){buffer, len};
}

static uint32_t hash_part(struct text t, uint32_t start, uint32_t len)
{
    return (uint32_t)hash_bytes(t.bytes + start, len, 0);
}

static uint32_t length_class(uint32_t len)
{
    return len < 4 ? len : len < 7 ? 4 : len < 12 ? 5 : 6;
}

/* The bits of enum shape that tell of the word itself, then what else stands in it. */
static uint32_t word_shape(const struct token *token)
{
    uint32_t shape = token->shape & (SHAPE_SPACE_BEFORE - 1u);
    bool hyphen = false, apostrophe = false, stop = false;

    for (uint32_t i = 0; i < token->norm.len; i++) {
        hyphen |= token->norm.bytes[i] == '-';
        apostrophe |= token->norm.bytes[i] == '\'';
        stop |= token->norm.bytes[i] == '.';
    }
    return shape | (uint32_t)hyphen << 5 | (uint32_t)apostrophe << 6 | (uint32_t)stop << 7 |
           length_class(token->norm.len) << 8;
}

static void describe(const struct token *token, const struct lexicon *lexicon, struct word *out)
{
    char buffer[WORD_FORM_MAX];
    struct text form = word_form(token->norm, buffer);

    out->norm = lexicon_key(form);
    for (uint32_t i = 0; i < AFFIXES; i++) {
        uint32_t len = form.len < i + 1 ? form.len : i + 1;
        out->prefix[i] = hash_part(form, 0, len);
        out->suffix[i] = hash_part(form, form.len - len, len);
    }
    out->shape = word_shape(token);
    out->lexeme = lexicon_look_up(lexicon, form);
}

enum err words_describe(struct arena *a, const struct lexicon *lexicon, struct document *doc)
{
    if (doc->words)
        return ERR_OK;
    struct word *words = ARENA_ARRAY(a, struct word, doc->tokens.count + 1);
    if (!words)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < doc->tokens.count; i++)
        describe(&doc->tokens.at[i], lexicon, &words[i]);
    doc->words = words;
    return ERR_OK;
}

enum casing sentence_casing(const struct document *doc, const struct sentence *s)
{
    uint32_t words = 0, first_upper = 0, all_upper = 0;
    bool any_upper = false;

    /* Short words stay lower case in headlines: "Talks on Aid to Resume". */
    for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++) {
        const struct token *token = &doc->tokens.at[i];
        any_upper |= (token->shape & (SHAPE_FIRST_UPPER | SHAPE_ALL_UPPER)) != 0;
        if (!(token->shape & SHAPE_WORD) || token->norm.len < 4)
            continue;
        words++;
        first_upper += (token->shape & SHAPE_FIRST_UPPER) != 0;
        all_upper += (token->shape & SHAPE_ALL_UPPER) != 0;
    }
    if (!any_upper)
        return CASING_LOWER;
    if (words < CASING_WORDS_MIN)
        return CASING_NORMAL;
    if (all_upper * 4 >= words * 3)
        return CASING_UPPER;
    return first_upper * 5 >= words * 4 ? CASING_TITLE : CASING_NORMAL;
}
