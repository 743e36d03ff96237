#include "pipeline/language.h"

#include "base/utf8.h"
#include "pipeline/lexis.h"

enum {
    WORDS_TO_TELL = 20,   /* shorter texts in Latin letters are taken for English */
    LOOKED_AT_MAX = 2000, /* words from the start */
    BYTES_LOOKED_AT_MAX = 16384,
    LETTERS_TO_TELL = 20, /* of another script */
    TAGS_MAX = 24,
};

/* Running English text holds 40 to 55 % of the words in data/function-words.tsv, other languages
 * written in Latin letters below 10 %. */
static const double english_from = 0.2;
static const double other_from = 0.05;

/*
 * Letters that tell a language, or the commonest one of their script. Of a text's letters the later
 * rows weigh more: Japanese is written with Chinese letters too, Ukrainian with those of Russian.
 */
static const struct script {
    uint32_t first, last;
    const char *tag;
    unsigned weight;
} scripts[] = {
    {0x0370, 0x03FF, "el", 1},  {0x0400, 0x045F, "ru", 1},  {0x0590, 0x05FF, "he", 1},
    {0x0600, 0x06FF, "ar", 1},  {0x0900, 0x097F, "hi", 1},  {0x0E00, 0x0E7F, "th", 1},
    {0xAC00, 0xD7AF, "ko", 1},  {0x4E00, 0x9FFF, "zh", 1},  {0x3040, 0x30FF, "ja", 4},
    {0x0454, 0x0454, "uk", 20}, {0x0456, 0x0457, "uk", 20}, {0x0491, 0x0491, "uk", 20},
    {0x067E, 0x067E, "fa", 20}, {0x0686, 0x0686, "fa", 20}, {0x06AF, 0x06AF, "fa", 20},
    {0x06CC, 0x06CC, "fa", 10},
};

struct votes {
    struct text tags[TAGS_MAX];
    uint32_t counts[TAGS_MAX];
    uint32_t count;
};

static void vote(struct votes *v, struct text tag, uint32_t weight)
{
    for (uint32_t i = 0; i < v->count; i++)
        if (text_equal(v->tags[i], tag)) {
            v->counts[i] += weight;
            return;
        }
    if (v->count < TAGS_MAX) {
        v->tags[v->count] = tag;
        v->counts[v->count++] = weight;
    }
}

/* "no,da,sv": a word of all three. */
static void vote_each(struct votes *v, const char *tags)
{
    while (*tags) {
        uint32_t len = (uint32_t)strcspn(tags, ",");
        vote(v, (struct text){tags, len}, 1);
        tags += len + (tags[len] == ',');
    }
}

static struct text winner(const struct votes *v, uint32_t least)
{
    uint32_t best = 0;

    for (uint32_t i = 1; i < v->count; i++)
        if (v->counts[i] > v->counts[best])
            best = i;
    if (!v->count || v->counts[best] < least)
        return (struct text){NULL, 0};
    return v->tags[best];
}

static bool vote_letter(struct votes *v, uint32_t c)
{
    bool other = false;

    for (unsigned i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++)
        if (scripts[i].first <= c && c <= scripts[i].last) {
            vote(v, text_of(scripts[i].tag), scripts[i].weight);
            other = true;
        }
    return other;
}

/* The language by its letters, if most are not Latin; else bytes NULL. */
static struct text by_script(struct text t)
{
    struct votes votes = {.count = 0};
    uint32_t latin = 0, other = 0;

    for (uint32_t i = 0, size; i < t.len && i < BYTES_LOOKED_AT_MAX; i += size) {
        uint32_t c = (unsigned char)t.bytes[i];
        size = 1;
        if (c < 0x80) {
            latin += (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            continue;
        }
        c = utf8_at(t, i, &size);
        if (vote_letter(&votes, c))
            other++;
        else
            latin += c < 0x250 && utf8_is_letter(c);
    }
    return other >= LETTERS_TO_TELL && other > latin ? winner(&votes, 1) : (struct text){NULL, 0};
}

struct language language_guess(const struct document *doc)
{
    struct text script = by_script(doc->text);
    struct votes votes = {.count = 0};
    uint32_t words = 0, english = 0;

    if (script.len)
        return (struct language){script, false};
    for (uint32_t i = 0; i < doc->tokens.count && words < LOOKED_AT_MAX; i++) {
        if (!(doc->tokens.at[i].shape & SHAPE_WORD))
            continue;
        words++;
        english += word_row(doc, i, &wordlist_function_words) != NULL;
        const struct wordlist_row *row = word_row(doc, i, &wordlist_languages);
        if (row)
            vote_each(&votes, row->values[0]);
    }
    if (words < WORDS_TO_TELL || english >= english_from * words)
        return (struct language){TEXT("en"), true};
    return (struct language){winner(&votes, (uint32_t)(other_from * words) + 1), false};
}
