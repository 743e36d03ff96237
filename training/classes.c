#include "training/classes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "training/perceptron.h"

enum { SCALE_BITS = 20 };

/* A word and how often it stands beside the word in question. */
struct neighbour {
    uint32_t word;
    uint32_t count;
};

struct learner {
    uint32_t words, classes;
    const uint32_t *counts;
    uint16_t *class_of;
    int32_t *pairs;            /* classes * classes: how often class c stands before class d */
    int32_t *sizes;            /* words of the text in each class */
    int64_t *entropy;          /* n log n, scaled */
    struct neighbour *near[2]; /* before and behind each word, grouped by word */
    uint32_t *first[2];        /* where a word's group starts; words + 1 of them */
    int32_t *beside[2];        /* the word in question against each class */
    uint32_t *touched[2], touched_count[2];
    int32_t self; /* how often it follows itself */
};

enum side { BEFORE, BEHIND };

static int compare_pairs(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Counts each word's neighbours on one side by sorting all pairs of words. */
static void count_neighbours(struct learner *l, const struct rawtext *text, enum side side)
{
    uint32_t pairs = text->length - 1, groups = 0;
    uint64_t *sorted = must_have(calloc(pairs, sizeof(*sorted)));
    for (uint32_t i = 0; i < pairs; i++) {
        uint64_t left = text->words[i], right = text->words[i + 1];
        sorted[i] = side == BEHIND ? left << 32 | right : right << 32 | left;
    }
    qsort(sorted, pairs, sizeof(*sorted), compare_pairs);

    l->near[side] = must_have(calloc(pairs, sizeof(*l->near[side])));
    l->first[side] = must_have(calloc(l->words + 1, sizeof(*l->first[side])));
    for (uint32_t i = 0; i < pairs; i++) {
        if (i == 0 || sorted[i] != sorted[i - 1]) {
            l->near[side][groups++].word = (uint32_t)sorted[i];
            l->first[side][(sorted[i] >> 32) + 1] = groups;
        }
        l->near[side][groups - 1].count++;
    }
    for (uint32_t w = 1; w <= l->words; w++)
        if (l->first[side][w] == 0)
            l->first[side][w] = l->first[side][w - 1];
    free(sorted);
}

static void sum_up(struct learner *l, uint32_t word, enum side side)
{
    int32_t *beside = l->beside[side];
    for (uint32_t i = 0; i < l->touched_count[side]; i++)
        beside[l->touched[side][i]] = 0;
    l->touched_count[side] = 0;
    for (uint32_t i = l->first[side][word]; i < l->first[side][word + 1]; i++) {
        const struct neighbour *n = &l->near[side][i];
        if (n->word == word) {
            l->self = (int32_t)n->count;
            continue;
        }
        uint32_t class = l->class_of[n->word];
        if (beside[class] == 0)
            l->touched[side][l->touched_count[side]++] = class;
        beside[class] += (int32_t)n->count;
    }
}

/* Takes the word out of its class's counts (sign -1) or puts it in (+1). */
static void enter(struct learner *l, uint32_t word, uint32_t class, int32_t sign)
{
    for (uint32_t i = 0; i < l->touched_count[BEFORE]; i++) {
        uint32_t c = l->touched[BEFORE][i];
        l->pairs[c * l->classes + class] += sign * l->beside[BEFORE][c];
    }
    for (uint32_t i = 0; i < l->touched_count[BEHIND]; i++) {
        uint32_t c = l->touched[BEHIND][i];
        l->pairs[class * l->classes + c] += sign * l->beside[BEHIND][c];
    }
    l->pairs[class * l->classes + class] += sign * l->self;
    l->sizes[class] += sign * (int32_t)l->counts[word];
}

static int64_t gain(const struct learner *l, int32_t from, int32_t by)
{
    return l->entropy[from + by] - l->entropy[from];
}

/* What the text's likelihood gains if the word, now in no class, enters `class`. */
static int64_t gain_of(const struct learner *l, uint32_t word, uint32_t class)
{
    int32_t size = l->sizes[class], n = (int32_t)l->counts[word];
    int64_t sum = -2 * gain(l, size, n);

    for (uint32_t i = 0; i < l->touched_count[BEFORE]; i++) {
        uint32_t c = l->touched[BEFORE][i];
        if (c != class)
            sum += gain(l, l->pairs[c * l->classes + class], l->beside[BEFORE][c]);
    }
    for (uint32_t i = 0; i < l->touched_count[BEHIND]; i++) {
        uint32_t c = l->touched[BEHIND][i];
        if (c != class)
            sum += gain(l, l->pairs[class * l->classes + c], l->beside[BEHIND][c]);
    }
    return sum + gain(l, l->pairs[class * l->classes + class],
                      l->beside[BEFORE][class] + l->beside[BEHIND][class] + l->self);
}

static bool exchange(struct learner *l, uint32_t word)
{
    l->self = 0;
    sum_up(l, word, BEFORE);
    sum_up(l, word, BEHIND);
    uint32_t old = l->class_of[word], best = old;
    enter(l, word, old, -1);
    int64_t most = gain_of(l, word, old);
    for (uint32_t c = 1; c < l->classes; c++) {
        int64_t got = c == old ? most : gain_of(l, word, c);
        if (got > most) {
            most = got;
            best = c;
        }
    }
    enter(l, word, best, 1);
    l->class_of[word] = (uint16_t)best;
    return best != old;
}

static void start(struct learner *l, const struct rawtext *text)
{
    l->entropy = must_have(calloc(text->length + 1, sizeof(*l->entropy)));
    for (uint32_t n = 2; n <= text->length; n++)
        l->entropy[n] = (int64_t)(n * log2(n) * (1 << SCALE_BITS));
    l->pairs = must_have(calloc((size_t)l->classes * l->classes, sizeof(*l->pairs)));
    l->sizes = must_have(calloc(l->classes, sizeof(*l->sizes)));
    for (int side = 0; side < 2; side++) {
        l->beside[side] = must_have(calloc(l->classes, sizeof(*l->beside[side])));
        l->touched[side] = must_have(calloc(l->classes, sizeof(*l->touched[side])));
        count_neighbours(l, text, (enum side)side);
    }
    for (uint32_t i = 0; i < text->length; i++) {
        uint32_t class = l->class_of[text->words[i]];
        l->sizes[class]++;
        if (i > 0)
            l->pairs[l->class_of[text->words[i - 1]] * l->classes + class]++;
    }
}

static void finish(struct learner *l)
{
    for (int side = 0; side < 2; side++) {
        free(l->near[side]);
        free(l->first[side]);
        free(l->beside[side]);
        free(l->touched[side]);
    }
    free(l->entropy);
    free(l->pairs);
    free(l->sizes);
}

struct ranked {
    uint32_t word, count;
};

static int by_count(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return (x->word > y->word) - (x->word < y->word);
}

static struct ranked *rank(const struct rawtext *text)
{
    struct ranked *order = must_have(calloc(text->vocabulary, sizeof(*order)));
    for (uint32_t w = 0; w < text->vocabulary; w++)
        order[w] = (struct ranked){w, text->counts[w]};
    qsort(order, text->vocabulary, sizeof(*order), by_count);
    return order;
}

void classes_learn(const struct rawtext *text, uint32_t classes, uint32_t rounds,
                   uint16_t *class_of)
{
    /* Class 0 is the boundary's and stays so. */
    struct learner l = {.words = text->vocabulary,
                        .classes = classes + 1,
                        .counts = text->counts,
                        .class_of = class_of};
    struct ranked *order = rank(text);
    for (uint32_t i = 0; i < text->vocabulary; i++)
        class_of[order[i].word] = (uint16_t)(order[i].word == 0 ? 0 : 1 + i % classes);
    start(&l, text);
    for (uint32_t round = 0; round < rounds; round++) {
        uint32_t moved = 0;
        for (uint32_t i = 0; i < text->vocabulary; i++)
            moved += order[i].word != 0 && exchange(&l, order[i].word);
        fprintf(stderr, "classes: %u, round %u, moved %u\n", classes, round, moved);
    }
    free(order);
    finish(&l);
}
