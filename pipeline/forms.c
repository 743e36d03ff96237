#include "pipeline/forms.h"

#include "base/hash.h"
#include "base/utf8.h"

static uint32_t fold(uint32_t c)
{
    if (utf8_is_single_quote(c))
        return '\'';
    if (utf8_is_double_quote(c))
        return '"';
    if (utf8_is_dash(c))
        return '-';
    return utf8_is_space(c) ? ' ' : utf8_lower(c);
}

/* True where folding would change nothing: most tokens of running text. */
static bool is_folded(struct text t)
{
    for (uint32_t i = 0; i < t.len; i++)
        if ((unsigned char)t.bytes[i] >= 0x80 || (t.bytes[i] >= 'A' && t.bytes[i] <= 'Z'))
            return false;
    return true;
}

static enum err norm_of(struct arena *a, struct text form, struct text *out)
{
    if (is_folded(form)) {
        *out = form;
        return ERR_OK;
    }
    /* No folding needs more than twice the bytes: lower case of U+023A takes three instead of two.
     */
    char *bytes = arena_alloc(a, 2 * (size_t)form.len);
    if (!bytes)
        return ERR_NO_MEMORY;

    uint32_t len = 0;
    for (uint32_t i = 0, size = 0; i < form.len; i += size)
        len += utf8_put(fold(utf8_at(form, i, &size)), bytes + len);
    *out = (struct text){bytes, len};
    return ERR_OK;
}

/* Where a name's capital stands: "Ivory", and behind the article in "d'Ivoire". */
static uint32_t capital_at(struct text form)
{
    uint32_t size = 0;
    if (form.len < 3 || (form.bytes[0] != 'd' && form.bytes[0] != 'l'))
        return 0;
    uint32_t mark = utf8_at(form, 1, &size);
    return mark == '\'' || mark == 0x2019 ? 1 + size : 0;
}

static uint8_t shape_of(struct text form)
{
    uint32_t first = capital_at(form);
    uint32_t letters = 0, uppers = 0, digits = 0, others = 0;
    bool first_upper = false;

    for (uint32_t i = 0, size = 0; i < form.len; i += size) {
        uint32_t c = utf8_at(form, i, &size);
        bool upper = utf8_is_upper(c);
        first_upper |= upper && i == first;
        uppers += upper;
        letters += utf8_is_letter(c);
        digits += utf8_is_digit(c);
        others += !utf8_is_letter(c) && !utf8_is_digit(c);
    }
    return (uint8_t)((first_upper ? SHAPE_FIRST_UPPER : 0) |
                     (letters >= 2 && uppers == letters ? SHAPE_ALL_UPPER : 0) |
                     (digits > 0 ? SHAPE_HAS_DIGIT : 0) |
                     (digits > 0 && letters + others == 0 ? SHAPE_ALL_DIGIT : 0) |
                     (letters > 0 ? SHAPE_WORD : 0));
}

static bool space_before(struct text text, uint32_t at)
{
    if (at == 0)
        return true;
    uint32_t size;
    return utf8_is_space(utf8_at(text, utf8_before(text, at), &size));
}

enum err token_form(struct arena *a, struct text text, struct token *token)
{
    struct text form = text_slice(text, token->span), norm;
    enum err err = norm_of(a, form, &norm);
    if (err)
        return err;

    token->norm = norm;
    token->hash = hash_bytes(norm.bytes, norm.len, 0);
    token->shape = shape_of(form);
    if (space_before(text, token->span.start))
        token->shape |= SHAPE_SPACE_BEFORE;
    return ERR_OK;
}
