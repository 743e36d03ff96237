#include "training/tagging.h"

#include <stdio.h>
#include <stdlib.h>

#include "pipeline/tag_features.h"
#include "training/conllu.h"

enum { PAIR_COUNT_MIN = 3, RARE_BELOW = 2, MARGIN = 150, PAIRS_ALL = 64 * 64 };

struct trainer {
    const struct treebank *banks;
    struct perceptron model;
    struct class_pair pairs[LINEAR_CLASSES_MAX];
    uint8_t class_of[PAIRS_ALL]; /* of upos * 64 + xpos; the nearest one for pairs left out */
    uint32_t classes;
    bool counting; /* features, before learning */
};

void treebank_read(struct arena *a, const char *path, struct treebank *out)
{
    struct lexicon lexicon = weights_embedded(WEIGHTS_WORDS).lexicon;
    static const enum recase recases[CASE_COPIES] = {RECASE_NONE, RECASE_TITLE, RECASE_LOWER};
    for (int copy = 0; copy < CASE_COPIES; copy++) {
        conllu_read(a, path, recases[copy], &out->copies[copy]);
        must_succeed(words_describe(a, &lexicon, &out->copies[copy]));
    }
}

static uint32_t pair_index(const struct token *token)
{
    return token->upos * 64u + token->xpos;
}

static void count_pairs(const struct treebank *bank, uint32_t *counts)
{
    const struct document *doc = &bank->copies[0];
    for (uint32_t i = 0; i < doc->tokens.count; i++)
        counts[pair_index(&doc->tokens.at[i])]++;
}

/* A pair too rare for a class of its own trains the most frequent class with its UPOS. */
static uint8_t substitute(const struct trainer *t, const uint32_t *counts, uint32_t pair)
{
    uint32_t best = 0, most = 0;
    for (uint32_t c = 0; c < t->classes; c++) {
        uint32_t n = counts[t->pairs[c].first * 64u + t->pairs[c].second];
        if (t->pairs[c].first == pair / 64 && n > most) {
            best = c;
            most = n;
        }
    }
    return (uint8_t)best;
}

static void choose_classes(struct trainer *t, uint32_t bank_count)
{
    static uint32_t counts[PAIRS_ALL];
    memset(counts, 0, sizeof(counts));
    for (uint32_t b = 0; b < bank_count; b++)
        count_pairs(&t->banks[b], counts);
    for (uint32_t pair = 0; pair < PAIRS_ALL; pair++) {
        if (counts[pair] < PAIR_COUNT_MIN || t->classes == LINEAR_CLASSES_MAX)
            continue;
        t->class_of[pair] = (uint8_t)t->classes;
        t->pairs[t->classes++] = (struct class_pair){(uint8_t)(pair / 64), (uint8_t)(pair % 64)};
    }
    for (uint32_t pair = 0; pair < PAIRS_ALL; pair++)
        if (counts[pair] > 0 && counts[pair] < PAIR_COUNT_MIN)
            t->class_of[pair] = substitute(t, counts, pair);
}

static uint32_t best_of(const int32_t *scores, uint32_t count)
{
    uint32_t best = 0;
    for (uint32_t c = 1; c < count; c++)
        best = scores[c] > scores[best] ? c : best;
    return best;
}

/* Tags one sentence as the tagger will, and learns from each mistake. Returns the mistakes. */
static uint32_t learn(struct trainer *t, const struct example *e)
{
    const struct treebank *bank = &t->banks[e->bank];
    const struct document *doc = &bank->copies[e->copy];
    const struct sentence *s = &doc->sentences.at[e->sentence];
    struct tag_context c = {.words = doc->words + s->first_token,
                            .count = s->token_count,
                            .casing = sentence_casing(doc, s)};
    int32_t scores[LINEAR_CLASSES_MAX] = {0};
    uint32_t mistakes = 0;
    struct rows rows;

    for (c.at = 0; c.at < c.count; c.at++) {
        uint32_t gold = t->class_of[pair_index(&doc->tokens.at[s->first_token + c.at])];
        tag_features(&c, &rows);
        if (t->counting)
            perceptron_see(&t->model, &rows);
        else
            perceptron_score(&t->model, &rows, scores);
        uint32_t tagged = t->counting ? gold : best_of(scores, t->classes);
        scores[gold] -= MARGIN; /* right by less is not right enough yet */
        uint32_t got = t->counting ? gold : best_of(scores, t->classes);
        if (got != gold) {
            perceptron_add(&t->model, &rows, gold, 1);
            perceptron_add(&t->model, &rows, got, -1);
            mistakes++;
        }
        t->model.clock++;
        c.before2 = c.before1;
        c.before1 = tagged + 1;
    }
    return mistakes;
}

static void shuffle(struct example *at, uint32_t count, struct chance *chance)
{
    for (uint32_t i = count; i > 1; i--) {
        uint32_t j = chance_below(chance, i);
        struct example swapped = at[i - 1];
        at[i - 1] = at[j];
        at[j] = swapped;
    }
}

struct example *examples_new(const struct treebank *banks, uint32_t count)
{
    uint32_t sentences = 0;
    for (uint32_t b = 0; b < count; b++)
        sentences += banks[b].copies[0].sentences.count;
    return must_have(calloc((size_t)sentences * CASE_COPIES, sizeof(struct example)));
}

uint32_t examples_choose(const struct treebank *banks, uint32_t count, const struct tag_plan *plan,
                         struct chance *chance, struct example *out)
{
    uint32_t chosen = 0;
    for (uint32_t b = 0; b < count; b++)
        for (uint32_t s = 0; s < banks[b].copies[0].sentences.count; s++) {
            if (plan->folds && s % plan->folds == plan->skipped)
                continue;
            out[chosen++] = (struct example){(uint16_t)b, 0, s};
            if (chance_below(chance, 100) < plan->title_percent)
                out[chosen++] = (struct example){(uint16_t)b, 1, s};
            if (chance_below(chance, 100) < plan->lower_percent)
                out[chosen++] = (struct example){(uint16_t)b, 2, s};
        }
    shuffle(out, chosen, chance);
    return chosen;
}

static void train_seed(struct trainer *t, uint32_t bank_count, const struct tag_plan *plan,
                       uint32_t seed, struct example *examples)
{
    struct chance chance = {seed};
    for (uint32_t epoch = 0; epoch <= plan->epochs; epoch++) {
        t->counting = epoch == 0;
        uint32_t count = examples_choose(t->banks, bank_count, plan, &chance, examples),
                 mistakes = 0;
        for (uint32_t i = 0; i < count; i++)
            mistakes += learn(t, &examples[i]);
        fprintf(stderr, "tags: seed %u epoch %u mistakes %u\n", seed, epoch, mistakes);
    }
}

struct text tagger_train(const struct treebank *banks, uint32_t count, const struct tag_plan *plan)
{
    static struct trainer t;
    struct average average;

    t = (struct trainer){.banks = banks};
    choose_classes(&t, count);
    struct example *examples = examples_new(banks, count);
    average_new(&average, plan->table_bits, t.classes);
    for (uint32_t seed = 1; seed <= plan->seeds; seed++) {
        perceptron_new(&t.model, plan->table_bits, t.classes, RARE_BELOW);
        train_seed(&t, count, plan, seed, examples);
        average_add(&average, &t.model);
        perceptron_free(&t.model);
    }
    free(examples);
    struct text file = weights_build(&average, WEIGHTS_TAGS, t.pairs);
    average_free(&average);
    return file;
}
