#include "pipeline/tree.h"

#include "pipeline/transitions.h"
#include "pipeline/tree_features.h"
#include "pipeline/tree_repair.h"

struct parser {
    const struct weights *weights;
    uint32_t first_class[MOVE_COUNT + 1]; /* classes stand in the order of their moves */
    struct transitions state;
    struct outlook *outlook;
};

static void find_ranges(struct parser *p)
{
    uint32_t class = 0, classes = p->weights->model.classes;
    for (uint32_t move = 0; move <= MOVE_COUNT; move++) {
        while (class < classes && p->weights->pairs[class].first < move)
            class ++;
        p->first_class[move] = class;
    }
}

/* The best class among those of allowed moves. */
static uint32_t choose(const struct parser *p, const struct scores *scores)
{
    uint32_t best = UINT32_MAX;
    for (uint32_t move = 0; move < MOVE_COUNT; move++) {
        if (!transitions_allows(&p->state, (enum move)move))
            continue;
        for (uint32_t c = p->first_class[move]; c < p->first_class[move + 1]; c++)
            if (best == UINT32_MAX || scores->at[c] > scores->at[best])
                best = c;
    }
    return best;
}

static void parse(struct parser *p, struct tree_context *c, uint32_t count)
{
    struct rows rows;
    struct scores scores;

    transitions_start(&p->state, count);
    while (!transitions_done(&p->state)) {
        if (p->state.depth == 0) {
            transitions_apply(&p->state, MOVE_SHIFT, DEPREL_NONE);
        } else if (p->state.next == count && p->state.depth == 1) {
            transitions_apply(&p->state, MOVE_LEFT, DEPREL_ROOT);
        } else {
            tree_features(c, &rows);
            linear_score(&p->weights->model, &rows, &scores);
            struct class_pair pair = p->weights->pairs[choose(p, &scores)];
            transitions_apply(&p->state, (enum move)pair.first, pair.second);
        }
    }
}

/* Writes the tree of the piece that starts at `first`; `top` is the sentence's root, if known. */
static uint32_t write_tree(const struct parser *p, struct document *doc, uint32_t first,
                           uint32_t top)
{
    for (uint32_t i = 0; i < p->state.count; i++) {
        const struct node *node = &p->state.nodes[i];
        struct token *token = &doc->tokens.at[first + i];
        bool is_top = node->head == p->state.count;
        if (is_top && top == NO_HEAD) {
            top = first + i;
            token->head = NO_HEAD;
            token->deprel = DEPREL_ROOT;
        } else {
            token->head = is_top ? top : first + node->head;
            token->deprel = is_top ? DEPREL_PARATAXIS : node->label;
        }
    }
    return top;
}

static void parse_sentence(struct parser *p, struct document *doc, const struct sentence *s)
{
    struct tree_context c = {
        .state = &p->state, .outlook = p->outlook, .casing = sentence_casing(doc, s)};
    uint32_t top = NO_HEAD, end = s->first_token + s->token_count;

    for (uint32_t first = s->first_token; first < end; first += TREE_TOKENS_MAX) {
        uint32_t left = end - first;
        c.words = doc->words + first;
        uint32_t count = left < TREE_TOKENS_MAX ? left : TREE_TOKENS_MAX;
        tree_look_out(doc->tokens.at + first, count, p->outlook);
        parse(p, &c, count);
        top = write_tree(p, doc, first, top);
    }
}

enum err tree_parse_with(struct arena *a, const struct weights *weights, struct document *doc)
{
    struct parser p = {.weights = weights};
    p.state.nodes = ARENA_ARRAY(a, struct node, TREE_TOKENS_MAX);
    p.state.stack = ARENA_ARRAY(a, uint32_t, TREE_TOKENS_MAX);
    p.outlook = ARENA_ARRAY(a, struct outlook, TREE_TOKENS_MAX + 1);
    if (!p.state.nodes || !p.state.stack || !p.outlook)
        return ERR_NO_MEMORY;
    find_ranges(&p);
    for (uint32_t i = 0; i < doc->sentences.count; i++)
        parse_sentence(&p, doc, &doc->sentences.at[i]);
    return ERR_OK;
}

enum err tree_parse(struct arena *a, struct document *doc)
{
    struct lexicon lexicon = weights_embedded(WEIGHTS_WORDS).lexicon;
    struct weights weights = weights_embedded(WEIGHTS_TREE);
    enum err err = words_describe(a, &lexicon, doc);
    if (!err)
        err = tree_parse_with(a, &weights, doc);
    return err ? err : tree_repair(a, doc);
}
