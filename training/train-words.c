/*
 * Makes the lexicon: train-words OUT.bin WORDNET-FOLDER RAW-TEXT...
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "training/classes.h"
#include "training/perceptron.h"
#include "training/wordnet.h"

enum { FINE_CLASSES = 512, COARSE_CLASSES = 64, ROUNDS = 12, COUNT_MIN = 3, WORDS_MAX = 1 << 18 };

static struct lexeme *slot_of(struct lexicon *lexicon, struct lexeme *at, uint32_t key)
{
    uint32_t i = lexicon_slot(key, lexicon->slots);
    while (at[i].key && at[i].key != key)
        i = i + 1 < lexicon->slots ? i + 1 : 0;
    at[i].key = key;
    return &at[i];
}

/* The first sense stands. */
static void merge(struct lexeme *to, const struct lexeme *from)
{
    to->fine = to->fine ? to->fine : from->fine;
    to->coarse = to->coarse ? to->coarse : from->coarse;
    to->noun_sense = to->noun_sense ? to->noun_sense : from->noun_sense;
    to->verb_sense = to->verb_sense ? to->verb_sense : from->verb_sense;
    to->pos |= from->pos;
    to->frames |= from->frames;
}

/* Ties are broken too, so that the order does not hang on the sort. */
static int by_key(const void *a, const void *b)
{
    uint32_t x = ((const struct lexeme *)a)->key, y = ((const struct lexeme *)b)->key;
    return x != y ? (x > y) - (x < y) : memcmp(a, b, sizeof(struct lexeme));
}

/* Sorts by key and makes one lexeme of all with the same. Returns how many are left. */
static uint32_t unite(struct lexeme *at, uint32_t count)
{
    uint32_t kept = 0;
    qsort(at, count, sizeof(*at), by_key);
    for (uint32_t i = 0; i < count; i++) {
        if (kept > 0 && at[kept - 1].key == at[i].key)
            merge(&at[kept - 1], &at[i]);
        else
            at[kept++] = at[i];
    }
    return kept;
}

static struct text build(const struct lexeme *lexemes, uint32_t count)
{
    struct lexicon lexicon = {NULL, count + count / 6};
    size_t body = lexicon.slots * sizeof(struct lexeme);
    struct weights_header h = {
        .kind = WEIGHTS_WORDS, .slots = lexicon.slots, .schema = weights_schema()};
    char *bytes = must_have(calloc(1, sizeof(h) + body));
    struct lexeme *at = (struct lexeme *)(void *)(bytes + sizeof(h));

    for (uint32_t i = 0; i < count; i++)
        *slot_of(&lexicon, at, lexemes[i].key) = lexemes[i];
    memcpy(h.magic, WEIGHTS_MAGIC, sizeof(h.magic));
    h.checksum = hash_bytes(at, body, 0);
    memcpy(bytes, &h, sizeof(h));
    return (struct text){bytes, (uint32_t)(sizeof(h) + body)};
}

/* Plants and beasts that the raw text does not know are not news. */
static bool is_exotic(const struct lexeme *x)
{
    enum { ANIMAL = 5 + 1, PLANT = 20 + 1 };
    return !x->fine && x->pos == LEX_NOUN && (x->noun_sense == ANIMAL || x->noun_sense == PLANT);
}

static uint32_t without_exotic(struct lexeme *at, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++)
        if (!is_exotic(&at[i]))
            at[kept++] = at[i];
    return kept;
}

static uint32_t add_classes(const struct rawtext *text, struct lexeme *out)
{
    uint16_t *fine = must_have(calloc(text->vocabulary, sizeof(*fine)));
    uint16_t *coarse = must_have(calloc(text->vocabulary, sizeof(*coarse)));
    classes_learn(text, FINE_CLASSES, ROUNDS, fine);
    classes_learn(text, COARSE_CLASSES, ROUNDS, coarse);
    for (uint32_t w = 2; w < text->vocabulary; w++)
        out[w - 2] = (struct lexeme){.key = text->keys[w], .fine = fine[w], .coarse = coarse[w]};
    free(fine);
    free(coarse);
    return text->vocabulary - 2;
}

int main(int argc, char **argv)
{
    struct rawtext text;
    struct lexemes wordnet;
    if (argc < 4) {
        fputs("usage: train-words OUT.bin WORDNET-FOLDER RAW-TEXT...\n", stderr);
        return 2;
    }
    struct arena *a = must_have(arena_new((size_t)1 << 30));
    rawtext_new(&text);
    for (int i = 3; i < argc; i++)
        rawtext_add(&text, argv[i]);
    fprintf(stderr, "%u words of text, %u different\n", text.length, text.vocabulary);
    rawtext_prune(&text, COUNT_MIN);

    struct lexeme *all = must_have(calloc(WORDS_MAX, sizeof(*all)));
    uint32_t count = add_classes(&text, all);
    wordnet_read(a, argv[2], &wordnet);
    for (uint32_t i = 0; i < wordnet.count && count < WORDS_MAX; i++)
        all[count++] = wordnet.at[i];
    count = without_exotic(all, unite(all, count));
    fprintf(stderr, "%u lexemes\n", count);
    weights_write(argv[1], build(all, count));
    free(all);
    rawtext_free(&text);
    arena_free(a);
    return 0;
}
