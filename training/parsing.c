#include "training/parsing.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "pipeline/lemmas.h"
#include "pipeline/relation_groups.h"
#include "pipeline/tagger.h"
#include "pipeline/tree_features.h"
#include "training/conllu.h"
#include "training/oracle.h"

enum { TITLE_PERCENT = 15, LOWER_PERCENT = 6, EXPLORE_PERCENT = 90, WORDS_MAX = 512 };
enum { RARE_BELOW = 4, MARGIN = 100 };
enum { WORKERS = 2 };
enum { FOLD_EPOCHS = 6, FOLD_TABLE_BITS = 21 };

struct trainer {
    const struct treebank *banks;
    struct perceptron moves, labels;
    const struct class_pair *pairs; /* of the labels */
    uint8_t class_of[DEPREL_COUNT];
    uint32_t classes;
    struct chance chance;
    bool counting, explore;
    /* of the sentence at hand */
    struct transitions state;
    struct node nodes[WORDS_MAX];
    uint32_t stack[WORDS_MAX];
    struct outlook outlook[WORDS_MAX + 1];
    uint32_t heads[WORDS_MAX];
    uint8_t relations[WORDS_MAX];
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

/* The relations of `banks` but the root's, as classes. */
static uint32_t choose_classes(const struct treebank *banks, uint32_t count, struct class_pair *out)
{
    bool seen[DEPREL_COUNT] = {false};
    uint32_t classes = 0;
    for (uint32_t b = 0; b < count; b++) {
        const struct tokens *tokens = &banks[b].copies[0].tokens;
        for (uint32_t i = 0; i < tokens->count; i++)
            seen[tokens->at[i].deprel] |= tokens->at[i].head != NO_HEAD;
    }
    for (int label = 0; label < DEPREL_COUNT; label++)
        if (seen[label])
            out[classes++] = (struct class_pair){(uint8_t)label, 0};
    return classes;
}

static void load_gold(struct trainer *t, const struct document *doc, const struct sentence *s)
{
    for (uint32_t i = 0; i < s->token_count; i++) {
        const struct token *token = &doc->tokens.at[s->first_token + i];
        t->heads[i] = token->head == NO_HEAD ? s->token_count : token->head - s->first_token;
        t->relations[i] = token->deprel;
    }
}

/* The best group that costs at most `most`; UINT32_MAX forbids a group. */
static uint32_t best_within(const int32_t *scores, const uint32_t *costs, uint32_t most)
{
    uint32_t best = UINT32_MAX;
    for (uint32_t g = 0; g < GROUP_COUNT; g++)
        if (costs[g] <= most && (best == UINT32_MAX || scores[g] > scores[best]))
            best = g;
    return best;
}

/* What each group costs: arcs lost, and one for a right arc with a relation of another group. */
static uint32_t find_costs(const struct trainer *t, const struct gold *gold, uint32_t *costs)
{
    uint32_t of_move[MOVE_COUNT], least = UINT32_MAX;
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
    for (uint32_t g = 0; g < GROUP_COUNT; g++) {
        enum move move = group_move((enum relation_group)g);
        costs[g] = of_move[move];
        if (costs[g] != UINT32_MAX && right_arc[move])
            costs[g] += relation_group(move, gold->labels[top]) != g;
        least = costs[g] < least ? costs[g] : least;
    }
    return least;
}

/* The next move: learns if the best-scored one loses an arc that another keeps. */
static enum relation_group decide_group(struct trainer *t, const struct tree_view *view,
                                        const struct gold *gold)
{
    int32_t scores[LINEAR_CLASSES_MAX];
    uint32_t costs[GROUP_COUNT];
    struct rows rows;

    move_features(view, &rows);
    if (t->counting)
        perceptron_see(&t->moves, &rows);
    perceptron_score(&t->moves, &rows, scores);
    uint32_t least = find_costs(t, gold, costs);
    uint32_t right = best_within(scores, costs, least);
    uint32_t plain = best_within(scores, costs, UINT32_MAX - 1);
    if (t->counting)
        return (enum relation_group)right;
    t->moves.clock++;
    for (uint32_t g = 0; g < GROUP_COUNT; g++)
        if (costs[g] != UINT32_MAX && costs[g] > least)
            scores[g] += MARGIN;
    uint32_t got = best_within(scores, costs, UINT32_MAX - 1);
    if (costs[got] > least) {
        perceptron_add(&t->moves, &rows, right, 1);
        perceptron_add(&t->moves, &rows, got, -1);
    }
    bool wander = t->explore && chance_below(&t->chance, 100) < EXPLORE_PERCENT;
    return (enum relation_group)(costs[plain] == least || wander ? plain : right);
}

/* The best class of `group`. */
static uint32_t best_of(const struct trainer *t, const int32_t *scores, enum relation_group group)
{
    uint32_t best = UINT32_MAX;
    for (uint32_t c = 0; c < t->classes; c++)
        if (relation_group(group_move(group), t->pairs[c].first) == group &&
            (best == UINT32_MAX || scores[c] > scores[best]))
            best = c;
    return best;
}

/* The relation of the arc of `group`; only arcs of the gold tree teach. */
static uint8_t decide_label(struct trainer *t, const struct tree_view *view,
                            enum relation_group group, const struct gold *gold)
{
    int32_t scores[LINEAR_CLASSES_MAX];
    struct rows rows;
    enum move move = group_move(group);
    uint32_t child = t->state.stack[t->state.depth - 1];
    uint32_t right = t->class_of[gold->labels[child]];

    if (group == GROUP_SHIFT)
        return DEPREL_NONE;
    bool teaches = oracle_head(&t->state, move) == gold->heads[child] &&
                   relation_group(move, gold->labels[child]) == group;
    label_features(view, move, &rows);
    if (t->counting) {
        perceptron_see(&t->labels, &rows);
        return gold->labels[child];
    }
    perceptron_score(&t->labels, &rows, scores);
    uint32_t plain = best_of(t, scores, group);
    if (plain == UINT32_MAX)
        return DEPREL_DEP;
    if (teaches) {
        t->labels.clock++;
        scores[right] -= MARGIN;
        uint32_t got = best_of(t, scores, group);
        if (got != right) {
            perceptron_add(&t->labels, &rows, right, 1);
            perceptron_add(&t->labels, &rows, got, -1);
        }
    }
    return t->pairs[teaches && !t->explore ? right : plain].first;
}

static void learn(struct trainer *t, const struct example *e)
{
    const struct treebank *bank = &t->banks[e->bank];
    const struct document *doc = &bank->copies[e->copy];
    const struct sentence *s = &doc->sentences.at[e->sentence];
    struct gold gold = {t->heads, t->relations};
    struct tree_context c = {&t->state, t->outlook, sentence_casing(doc, s), bank->style};
    struct tree_view view;
    if (s->token_count > WORDS_MAX)
        return;
    load_gold(t, doc, s);
    tree_look_out(doc->tokens.at + s->first_token, doc->words + s->first_token, s->token_count,
                  t->outlook);
    transitions_start(&t->state, s->token_count);
    while (!transitions_done(&t->state)) {
        if (t->state.depth == 0) {
            transitions_apply(&t->state, MOVE_SHIFT, DEPREL_NONE);
        } else if (t->state.next == t->state.count && t->state.depth == 1) {
            transitions_apply(&t->state, MOVE_LEFT, DEPREL_ROOT);
        } else {
            tree_look(&c, &view);
            enum relation_group group = decide_group(t, &view, &gold);
            uint8_t label = decide_label(t, &view, group, &gold);
            transitions_apply(&t->state, group_move(group), label);
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

/* One thread's share of the seeds. Sums of integers are the same in whatever order. */
struct share {
    struct trainer trainer;
    struct average moves, labels;
    const struct tree_plan *plan;
    uint32_t bank_count, first;
};

static void *train_share(void *of)
{
    struct share *s = of;
    struct trainer *t = &s->trainer;
    const struct tree_plan *plan = s->plan;
    struct example *examples = examples_new(t->banks, s->bank_count);
    for (uint32_t seed = s->first; seed < plan->first_seed + plan->seeds; seed += WORKERS) {
        perceptron_new(&t->moves, plan->move_bits, GROUP_COUNT, RARE_BELOW);
        perceptron_new(&t->labels, plan->label_bits, t->classes, RARE_BELOW);
        train_seed(t, s->bank_count, plan, seed, examples);
        average_add(&s->moves, &t->moves);
        average_add(&s->labels, &t->labels);
        perceptron_free(&t->moves);
        perceptron_free(&t->labels);
    }
    free(examples);
    return NULL;
}

static void share_open(struct share *s, const struct class_pair *pairs, uint32_t classes)
{
    struct trainer *t = &s->trainer;
    t->pairs = pairs;
    t->classes = classes;
    for (uint32_t c = 0; c < classes; c++)
        t->class_of[pairs[c].first] = (uint8_t)c;
    t->state.nodes = t->nodes;
    t->state.stack = t->stack;
    average_new(&s->moves, s->plan->move_bits, GROUP_COUNT);
    average_new(&s->labels, s->plan->label_bits, classes);
}

void parser_train(struct arena *a, struct treebank *banks, uint32_t count,
                  const struct tree_plan *plan, struct text *moves, struct text *labels)
{
    static struct share shares[WORKERS];
    struct class_pair groups[GROUP_COUNT], pairs[LINEAR_CLASSES_MAX];
    pthread_t ids[WORKERS];

    jackknife(a, banks, count, plan->folds);
    for (uint32_t g = 0; g < GROUP_COUNT; g++)
        groups[g] = (struct class_pair){(uint8_t)g, 0};
    uint32_t classes = choose_classes(banks, count, pairs);
    for (uint32_t w = 0; w < WORKERS; w++) {
        shares[w] = (struct share){.trainer = {.banks = banks},
                                   .plan = plan,
                                   .bank_count = count,
                                   .first = plan->first_seed + w};
        share_open(&shares[w], pairs, classes);
        if (pthread_create(&ids[w], NULL, train_share, &shares[w]) != 0)
            must_have(NULL);
    }
    for (uint32_t w = 0; w < WORKERS; w++)
        pthread_join(ids[w], NULL);
    for (uint32_t w = 1; w < WORKERS; w++) {
        average_merge(&shares[0].moves, &shares[w].moves);
        average_merge(&shares[0].labels, &shares[w].labels);
    }
    *moves = weights_build(&shares[0].moves, WEIGHTS_MOVES, groups);
    *labels = weights_build(&shares[0].labels, WEIGHTS_LABELS, pairs);
    average_free(&shares[0].moves);
    average_free(&shares[0].labels);
}
