#include "pipeline/language.h"

#include "pipeline/lexis.h"

enum {
    WORDS_TO_TELL = 20,   /* shorter texts are taken for English */
    LOOKED_AT_MAX = 2000, /* words from the start */
    TAGS_MAX = 16,
};

/* Running English text holds 40 to 55 % of the words in data/function-words.tsv, other languages
 * written in Latin letters below 10 %. */
static const double english_from = 0.2;
static const double other_from = 0.05;

struct votes {
    const char *tags[TAGS_MAX];
    uint32_t counts[TAGS_MAX];
    uint32_t count;
};

static void vote(struct votes *v, const char *tag)
{
    for (uint32_t i = 0; i < v->count; i++)
        if (strcmp(v->tags[i], tag) == 0) {
            v->counts[i]++;
            return;
        }
    if (v->count < TAGS_MAX) {
        v->tags[v->count] = tag;
        v->counts[v->count++] = 1;
    }
}

static struct text winner(const struct votes *v, uint32_t words)
{
    uint32_t best = 0;

    for (uint32_t i = 1; i < v->count; i++)
        if (v->counts[i] > v->counts[best])
            best = i;
    if (!v->count || v->counts[best] < other_from * words)
        return (struct text){NULL, 0};
    return text_of(v->tags[best]);
}

struct language language_guess(const struct document *doc)
{
    struct votes votes = {.count = 0};
    uint32_t words = 0, english = 0;

    for (uint32_t i = 0; i < doc->tokens.count && words < LOOKED_AT_MAX; i++) {
        if (!(doc->tokens.at[i].shape & SHAPE_WORD))
            continue;
        words++;
        english += word_row(doc, i, &wordlist_function_words) != NULL;
        const struct wordlist_row *row = word_row(doc, i, &wordlist_languages);
        if (row)
            vote(&votes, row->values[0]);
    }
    if (words < WORDS_TO_TELL || english >= english_from * words)
        return (struct language){TEXT("en"), true};
    return (struct language){winner(&votes, words), false};
}
