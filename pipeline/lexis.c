#include "pipeline/lexis.h"

#include <string.h>

#include "pipeline/weights.h"

enum { TRIGGER_BYTES_MAX = 64 };

struct range words_of_sentence(const struct document *doc, uint32_t s)
{
    const struct sentence *in = &doc->sentences.at[s];
    return (struct range){in->first_token, in->first_token + in->token_count};
}

struct range words_around(const struct document *doc, uint32_t i)
{
    return words_of_sentence(doc, doc->tokens.at[i].sentence);
}

struct range words_near(const struct document *doc, uint32_t i)
{
    struct range r = words_around(doc, i);

    if (i - r.first > WORDS_NEAR_MAX)
        r.first = i - WORDS_NEAR_MAX;
    if (r.end - i > WORDS_NEAR_MAX)
        r.end = i + WORDS_NEAR_MAX;
    return r;
}

struct span words_span(const struct document *doc, struct range r)
{
    return (struct span){doc->tokens.at[r.first].span.start, doc->tokens.at[r.end - 1].span.end};
}

bool word_among(const struct document *doc, uint32_t i, const char *set)
{
    struct text norm = doc->tokens.at[i].norm;

    /* A NUL in the text would be found behind the set's last word. */
    if (norm.len == 0 || norm.bytes[0] == '\0')
        return false;
    /* From one word with the first letter to the next: most sets have none. */
    for (const char *at = strchr(set + 1, norm.bytes[0]); at; at = strchr(at + 1, norm.bytes[0]))
        if (at[-1] == ' ' && strncmp(at, norm.bytes, norm.len) == 0 && at[norm.len] == ' ')
            return true;
    return false;
}

const struct wordlist_row *word_row(const struct document *doc, uint32_t i,
                                    const struct wordlist *list)
{
    const struct token *t = &doc->tokens.at[i];
    return wordlist_find_hashed(list, t->norm, t->hash);
}

bool row_says(const struct wordlist_row *row, unsigned column, const char *value)
{
    return row && row->values[column] && strcmp(row->values[column], value) == 0;
}

bool row_lists(const struct wordlist_row *row, unsigned column, const char *value)
{
    const char *at = row ? row->values[column] : NULL;
    size_t len = strlen(value);

    while (at && *at) {
        if (strncmp(at, value, len) == 0 && (at[len] == ',' || at[len] == '\0'))
            return true;
        at = strchr(at, ',');
        at = at ? at + 1 : NULL;
    }
    return false;
}

struct text word_lemma(const struct document *doc, uint32_t i)
{
    const struct token *t = &doc->tokens.at[i];
    return t->lemma.bytes ? t->lemma : t->norm;
}

bool word_capital(const struct document *doc, uint32_t i)
{
    return doc->tokens.at[i].shape & SHAPE_FIRST_UPPER;
}

bool word_verb(const struct document *doc, uint32_t i)
{
    uint8_t upos = doc->tokens.at[i].upos;
    return upos == UPOS_VERB || upos == UPOS_AUX;
}

bool word_finite(const struct document *doc, uint32_t i)
{
    uint8_t x = doc->tokens.at[i].xpos;
    return x == XPOS_VBD || x == XPOS_VBP || x == XPOS_VBZ || x == XPOS_MD;
}

bool word_noun(const struct document *doc, uint32_t i)
{
    uint8_t upos = doc->tokens.at[i].upos;
    return upos == UPOS_NOUN || upos == UPOS_PROPN;
}

struct lexeme word_lexeme(const struct document *doc, uint32_t i)
{
    struct weights words = weights_embedded(WEIGHTS_WORDS);
    return lexicon_look_up(&words.lexicon, word_lemma(doc, i));
}

uint32_t token_ending_after(const struct document *doc, uint32_t at)
{
    uint32_t low = 0, high = doc->tokens.count;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (doc->tokens.at[mid].span.end <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

uint32_t date_ending_after(const struct dates *dates, uint32_t at)
{
    uint32_t low = 0, high = dates->count;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (dates->at[mid].span.end <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

struct text words_key(struct arena *a, const struct document *doc, struct range r)
{
    uint32_t len = 0;
    for (uint32_t i = r.first; i < r.end; i++)
        len += doc->tokens.at[i].norm.len + 1;

    char *bytes = arena_alloc(a, len + 1);
    if (!bytes)
        return (struct text){NULL, 0};
    uint32_t at = 0;
    for (uint32_t i = r.first; i < r.end; i++) {
        struct text norm = doc->tokens.at[i].norm;
        if (i > r.first)
            bytes[at++] = ' ';
        memcpy(bytes + at, norm.bytes, norm.len);
        at += norm.len;
    }
    return (struct text){bytes, at};
}

/* The row of "plan/verb", or of "rule out/verb" with a particle. */
static const struct wordlist_row *trigger_row(struct text lemma, struct text particle,
                                              const char *kind)
{
    const struct text parts[] = {lemma, text_of(particle.len ? " " : ""), particle, text_of("/"),
                                 text_of(kind)};
    char key[TRIGGER_BYTES_MAX];
    uint32_t n = 0;

    for (unsigned k = 0; k < sizeof(parts) / sizeof(*parts); k++) {
        if (parts[k].len > sizeof(key) - n)
            return NULL;
        memcpy(key + n, parts[k].bytes, parts[k].len);
        n += parts[k].len;
    }
    return wordlist_find(&wordlist_commitment_triggers, (struct text){key, n});
}

const struct wordlist_row *word_trigger(const struct document *doc, uint32_t i, const char *kind)
{
    const struct wordlist_row *row = NULL;
    struct text lemma = word_lemma(doc, i);

    if (i + 1 < doc->tokens.count && doc->tokens.at[i + 1].xpos == XPOS_RP)
        row = trigger_row(lemma, doc->tokens.at[i + 1].norm, kind);
    return row ? row : trigger_row(lemma, text_of(""), kind);
}

uint32_t word_governing(const struct document *doc, uint32_t first)
{
    bool of = first > words_around(doc, first).first + 1 && word_is(doc, first - 1, "of");
    return of && word_row(doc, first - 2, &wordlist_government_nouns) ? first - 2 : NO_HEAD;
}
