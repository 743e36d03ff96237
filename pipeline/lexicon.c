#include "pipeline/lexicon.h"

#include "base/hash.h"

enum { FORM_BYTES_MAX = 64 };

/* An inflected form is its base with an ending in place of another. */
static const struct ending {
    const char *ending, *instead;
    uint8_t pos; /* what the base must be */
} endings[] = {
    {"ies", "y", LEX_NOUN | LEX_VERB},
    {"es", "", LEX_NOUN | LEX_VERB},
    {"s", "", LEX_NOUN | LEX_VERB},
    {"ied", "y", LEX_VERB},
    {"ed", "", LEX_VERB},
    {"ed", "e", LEX_VERB},
    {"ing", "", LEX_VERB},
    {"ing", "e", LEX_VERB},
    {"ier", "y", LEX_ADJECTIVE},
    {"er", "", LEX_ADJECTIVE},
    {"iest", "y", LEX_ADJECTIVE},
    {"est", "", LEX_ADJECTIVE},
};

uint32_t lexicon_key(struct text form)
{
    uint32_t key = (uint32_t)hash_bytes(form.bytes, form.len, 0);
    return key ? key : 1;
}

const struct lexeme *lexicon_find(const struct lexicon *lexicon, uint32_t key)
{
    for (uint32_t n = 0, i = lexicon_slot(key, lexicon->slots); n < lexicon->slots; n++) {
        if (lexicon->at[i].key == key)
            return &lexicon->at[i];
        if (lexicon->at[i].key == 0)
            return NULL;
        i = i + 1 < lexicon->slots ? i + 1 : 0;
    }
    return NULL;
}

static void inherit(struct lexeme *to, const struct lexeme *base, uint8_t pos)
{
    uint8_t gained = (uint8_t)(base->pos & pos & ~to->pos);
    if (!gained)
        return;
    to->pos |= gained | LEX_INFLECTED;
    if (gained & LEX_NOUN)
        to->noun_sense = base->noun_sense;
    if (gained & LEX_VERB) {
        to->verb_sense = base->verb_sense;
        to->frames = base->frames;
    }
}

/* The base of `form` by one ending; a doubled letter in front of -ed and -ing counts once. */
static void look_behind(const struct lexicon *lexicon, struct text form, const struct ending *e,
                        struct lexeme *out)
{
    char base[FORM_BYTES_MAX];
    uint32_t cut = (uint32_t)strlen(e->ending), len = form.len - cut;
    memcpy(base, form.bytes, len);
    memcpy(base + len, e->instead, strlen(e->instead));
    const struct lexeme *found =
        lexicon_find(lexicon, lexicon_key((struct text){base, len + (uint32_t)strlen(e->instead)}));
    if (!found && !*e->instead && len > 3 && base[len - 1] == base[len - 2])
        found = lexicon_find(lexicon, lexicon_key((struct text){base, len - 1}));
    if (found)
        inherit(out, found, e->pos);
}

struct lexeme lexicon_look_up(const struct lexicon *lexicon, struct text form)
{
    uint32_t key = lexicon_key(form);
    const struct lexeme *found = lexicon_find(lexicon, key);
    struct lexeme out = found ? *found : (struct lexeme){.key = key};

    if (form.len < 4 || form.len >= FORM_BYTES_MAX)
        return out;
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
        if ((endings[i].pos & ~out.pos) && text_ends(form, endings[i].ending))
            look_behind(lexicon, form, &endings[i], &out);
    return out;
}
