#include "training/parsing.h"

#include <stdio.h>
#include <stdlib.h>

#include "pipeline/lemmas.h"
#include "pipeline/tagger.h"
#include "pipeline/tree_features.h"
#include "training/conllu.h"
#include "training/oracle.h"

enum { TITLE_PERCENT = 15, LOWER_PERCENT = 6, EXPLORE_PERCENT = 90, WORDS_MAX = 512 };
enum { RARE_BELOW = 3 };
enum { FOLD_EPOCHS = 6, FOLD_TABLE_BITS = 21 };

struct trainer {
    const struct treebank *banks;
    struct perceptron model;
    struct class_pair pairs[LINEAR_CLASSES_MAX];
    uint32_t classes;
    struct chance chance;
    bool counting, explore;
    /* of the sentence at hand */
    struct transitions state;
    struct node nodes[WORDS_MAX];
    uint32_t stack[WORDS_MAX];
    struct outlook outlook[WORDS_MAX + 1];
    uint32_t heads[WORDS_MAX];
    uint8_t labels[WORDS_MAX];
};

/* Tags one fold of every copy by a tagger trained on the others. */
static void tag_fold(struct treebank *banks, uint32_t count, uint32_t folds, uint32_t fold,
                     struct document (*out)[CASE_COPIES])
{
    struct tag_plan plan = {.table_bits = FOLD_TABLE_BITS,
                            .epochs = FOLD_EPOCHS,
                            .seeds = 1,
                            .folds = folds,
                            .skipped = fold,
                            .title_percent = TITLE_PERCENT,
                            .lower_percent = LOWER_PERCENT};
    struct text file = tagger_train(banks, count, &plan);
    struct weights weights;
    const char *why;
    if (weights_open(file, WEIGHTS_TAGS, &weights, &why) != ERR_OK)
        must_have(NULL);
    for (uint32_t b = 0; b < count; b++)
        for (uint32_t copy = 0; copy < CASE_COPIES; copy++)
            for (uint32_t s = fold; s < out[b][copy].sentences.count; s += folds)
                tagger_run_sentence(&weights, &out[b][copy], &out[b][copy].sentences.at[s]);
    free((void *)(uintptr_t)file.bytes);
}

/* Replaces the gold tags by predicted ones, once every fold has its own. */
static void jackknife(struct arena *a, struct treebank *banks, uint32_t count, uint32_t folds)
{
    struct document(*tagged)[CASE_COPIES] = must_have(calloc(count, sizeof(*tagged)));
    for (uint32_t b = 0; b < count; b++)
        for (uint32_t copy = 0; copy < CASE_COPIES; copy++)
            tagged[b][copy] = document_copy(a, &banks[b].copies[copy]);
    for (uint32_t fold = 0; fold < folds; fold++)
        tag_fold(banks, count, folds, fold, tagged);
    for (uint32_t b = 0; b < count; b++) {
        memcpy(banks[b].copies, tagged[b], sizeof(tagged[b]));
        for (uint32_t copy = 0; copy < CASE_COPIES; copy++)
            must_succeed(lemmas_assign(a, &banks[b].copies[copy]));
    }
    free(tagged);
}

static void count_labels(const struct document *doc, bool seen[MOVE_COUNT][DEPREL_COUNT])
{
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        const struct token *token = &doc->tokens.at[i];
        if (token->head != NO_HEAD)
            seen[token->head > i ? MOVE_LEFT : MOVE_RIGHT][token->deprel] = true;
    }
}

static void choose_classes(struct trainer *t, uint32_t bank_count)
{
    bool seen[MOVE_COUNT][DEPREL_COUNT] = {{false}};
    for (uint32_t b = 0; b < bank_count; b++)
        count_labels(&t->banks[b].copies[0], seen);
    t->pairs[t->classes++] = (struct class_pair){MOVE_SHIFT, DEPREL_NONE};
    for (int move = MOVE_LEFT; move <= MOVE_RIGHT; move++)
        for (int label = 0; label < DEPREL_COUNT; label++)
            if (seen[move][label])
                t->pairs[t->classes++] = (struct class_pair){(uint8_t)move, (uint8_t)label};
}

static void load_gold(struct trainer *t, const struct document *doc, const struct sentence *s)
{
    for (uint32_t i = 0; i < s->token_count; i++) {
        const struct token *token = &doc->tokens.at[s->first_token + i];
        t->heads[i] = token->head == NO_HEAD ? s->token_count : token->head - s->first_token;
        t->labels[i] = token->deprel;
    }
}

/* What each class costs: arcs lost, and one for a right arc with a wrong label. */
static void find_costs(const struct trainer *t, const struct gold *gold, uint32_t *costs)
{
    uint32_t of_move[MOVE_COUNT];
    bool right_arc[MOVE_COUNT] = {false};
    uint32_t top = t->state.stack[t->state.depth - 1];
    for (int move = 0; move < MOVE_COUNT; move++) {
        of_move[move] = UINT32_MAX;
        if (!transitions_allows(&t->state, (enum move)move))
            continue;
        of_move[move] = oracle_cost(&t->state, gold, (enum move)move);
        right_arc[move] =
            move != MOVE_SHIFT && oracle_head(&t->state, (enum move)move) == gold->heads[top];
    }
    for (uint32_t c = 0; c < t->classes; c++) {
        struct class_pair pair = t->pairs[c];
        costs[c] = of_move[pair.first];
        if (costs[c] != UINT32_MAX && right_arc[pair.first])
            costs[c] += pair.second != gold->labels[top];
    }
}

/* The best class that costs at most `most`; UINT32_MAX forbids a class. */
static uint32_t best_within(const struct trainer *t, const int32_t *scores, const uint32_t *costs,
                            uint32_t most)
{
    uint32_t best = UINT32_MAX;
    for (uint32_t c = 0; c < t->classes; c++)
        if (costs[c] <= most && (best == UINT32_MAX || scores[c] > scores[best]))
            best = c;
    return best;
}

static uint32_t least_cost(const struct trainer *t, const uint32_t *costs)
{
    uint32_t least = UINT32_MAX;
    for (uint32_t c = 0; c < t->classes; c++)
        least = costs[c] < least ? costs[c] : least;
    return least;
}

/* One decision: learns if the best-scored class loses an arc that another keeps. */
static uint32_t decide(struct trainer *t, const struct tree_context *c, const struct gold *gold)
{
    int32_t scores[LINEAR_CLASSES_MAX];
    uint32_t costs[LINEAR_CLASSES_MAX];
    struct rows rows;

    tree_features(c, &rows);
    if (t->counting)
        perceptron_see(&t->model, &rows);
    perceptron_score(&t->model, &rows, scores);
    find_costs(t, gold, costs);
    uint32_t least = least_cost(t, costs);
    uint32_t got = best_within(t, scores, costs, UINT32_MAX - 1);
    uint32_t right = best_within(t, scores, costs, least);
    if (t->counting)
        return right;
    t->model.clock++;
    if (costs[got] == least)
        return got;
    perceptron_add(&t->model, &rows, right, 1);
    perceptron_add(&t->model, &rows, got, -1);
    return t->explore && chance_below(&t->chance, 100) < EXPLORE_PERCENT ? got : right;
}

static void learn(struct trainer *t, const struct example *e)
{
    const struct treebank *bank = &t->banks[e->bank];
    const struct document *doc = &bank->copies[e->copy];
    const struct sentence *s = &doc->sentences.at[e->sentence];
    struct gold gold = {t->heads, t->labels};
    struct tree_context c = {&t->state, doc->words + s->first_token, t->outlook,
                             sentence_casing(doc, s)};
    if (s->token_count > WORDS_MAX)
        return;
    load_gold(t, doc, s);
    tree_look_out(doc->tokens.at + s->first_token, s->token_count, t->outlook);
    transitions_start(&t->state, s->token_count);
    while (!transitions_done(&t->state)) {
        if (t->state.depth == 0) {
            transitions_apply(&t->state, MOVE_SHIFT, DEPREL_NONE);
        } else if (t->state.next == t->state.count && t->state.depth == 1) {
            transitions_apply(&t->state, MOVE_LEFT, DEPREL_ROOT);
        } else {
            struct class_pair pair = t->pairs[decide(t, &c, &gold)];
            transitions_apply(&t->state, (enum move)pair.first, pair.second);
        }
    }
}

static void train_seed(struct trainer *t, uint32_t bank_count, const struct tree_plan *plan,
                       uint32_t seed, struct example *examples)
{
    struct tag_plan choice = {.title_percent = TITLE_PERCENT, .lower_percent = LOWER_PERCENT};
    t->chance.state = seed;
    for (uint32_t epoch = 0; epoch <= plan->epochs; epoch++) {
        uint32_t count = examples_choose(t->banks, bank_count, &choice, &t->chance, examples);
        t->counting = epoch == 0;
        t->explore = epoch > 1;
        for (uint32_t i = 0; i < count; i++)
            learn(t, &examples[i]);
        fprintf(stderr, "tree: seed %u epoch %u\n", seed, epoch);
    }
}

struct text parser_train(struct arena *a, struct treebank *banks, uint32_t count,
                         const struct tree_plan *plan)
{
    static struct trainer t;
    struct average average;

    t = (struct trainer){.banks = banks};
    t.state.nodes = t.nodes;
    t.state.stack = t.stack;
    jackknife(a, banks, count, plan->folds);
    choose_classes(&t, count);
    struct example *examples = examples_new(banks, count);
    average_new(&average, plan->table_bits, t.classes);
    for (uint32_t seed = plan->first_seed; seed < plan->first_seed + plan->seeds; seed++) {
        perceptron_new(&t.model, plan->table_bits, t.classes, RARE_BELOW);
        train_seed(&t, count, plan, seed, examples);
        average_add(&average, &t.model);
        perceptron_free(&t.model);
    }
    free(examples);
    struct text file = weights_build(&average, WEIGHTS_TREE, t.pairs);
    average_free(&average);
    return file;
}
