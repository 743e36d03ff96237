#include "pipeline/tree.h"

#include "pipeline/relation_groups.h"
#include "pipeline/transitions.h"
#include "pipeline/tree_features.h"
#include "pipeline/tree_repair.h"

struct parser {
    const struct weights *moves, *labels;
    struct transitions state;
    struct outlook *outlook;
    uint8_t of_group[GROUP_COUNT][DEPREL_COUNT]; /* classes of the labels of each group */
    uint32_t group_size[GROUP_COUNT];
};

static void find_groups(struct parser *p)
{
    for (uint32_t c = 0; c < p->labels->model.classes; c++)
        for (int move = MOVE_LEFT; move <= MOVE_RIGHT; move++) {
            uint8_t label = p->labels->pairs[c].first;
            enum relation_group group = relation_group((enum move)move, label);
            p->of_group[group][p->group_size[group]++] = (uint8_t)c;
        }
}

/* The best group among those of allowed moves. */
static enum relation_group choose_group(const struct parser *p, const struct tree_view *view)
{
    struct rows rows;
    struct scores scores;
    enum relation_group best = GROUP_COUNT;

    move_features(view, &rows);
    linear_score(&p->moves->model, &rows, &scores);
    for (uint32_t g = 0; g < GROUP_COUNT; g++)
        if (transitions_allows(&p->state, group_move((enum relation_group)g)) &&
            (best == GROUP_COUNT || scores.at[g] > scores.at[best]))
            best = (enum relation_group)g;
    return best;
}

/* The best relation of `group`. */
static uint8_t choose_label(const struct parser *p, const struct tree_view *view,
                            enum relation_group group)
{
    const uint8_t *classes = p->of_group[group];
    struct rows rows;
    struct scores scores;

    if (group == GROUP_SHIFT)
        return DEPREL_NONE;
    label_features(view, group_move(group), &rows);
    linear_score(&p->labels->model, &rows, &scores);
    uint8_t best = classes[0];
    for (uint32_t i = 1; i < p->group_size[group]; i++)
        if (scores.at[classes[i]] > scores.at[best])
            best = classes[i];
    return p->labels->pairs[best].first;
}

static void parse(struct parser *p, struct tree_context *c, uint32_t count)
{
    struct tree_view view;

    transitions_start(&p->state, count);
    while (!transitions_done(&p->state)) {
        if (p->state.depth == 0) {
            transitions_apply(&p->state, MOVE_SHIFT, DEPREL_NONE);
        } else if (p->state.next == count && p->state.depth == 1) {
            transitions_apply(&p->state, MOVE_LEFT, DEPREL_ROOT);
        } else {
            tree_look(c, &view);
            enum relation_group group = choose_group(p, &view);
            transitions_apply(&p->state, group_move(group), choose_label(p, &view, group));
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
    struct tree_context c = {.state = &p->state,
                             .outlook = p->outlook,
                             .casing = sentence_casing(doc, s),
                             .style = STYLE_EDITED};
    uint32_t top = NO_HEAD, end = s->first_token + s->token_count;

    for (uint32_t first = s->first_token; first < end; first += TREE_TOKENS_MAX) {
        uint32_t left = end - first;
        uint32_t count = left < TREE_TOKENS_MAX ? left : TREE_TOKENS_MAX;
        tree_look_out(doc->tokens.at + first, doc->words + first, count, p->outlook);
        parse(p, &c, count);
        top = write_tree(p, doc, first, top);
    }
}

enum err tree_parse_with(struct arena *a, const struct weights *moves, const struct weights *labels,
                         struct document *doc)
{
    struct parser p = {.moves = moves, .labels = labels};
    p.state.nodes = ARENA_ARRAY(a, struct node, TREE_TOKENS_MAX);
    p.state.stack = ARENA_ARRAY(a, uint32_t, TREE_TOKENS_MAX);
    p.outlook = ARENA_ARRAY(a, struct outlook, TREE_TOKENS_MAX + 1);
    if (!p.state.nodes || !p.state.stack || !p.outlook)
        return ERR_NO_MEMORY;
    find_groups(&p);
    for (uint32_t i = 0; i < doc->sentences.count; i++)
        parse_sentence(&p, doc, &doc->sentences.at[i]);
    return ERR_OK;
}

enum err tree_parse(struct arena *a, struct document *doc)
{
    struct lexicon lexicon = weights_embedded(WEIGHTS_WORDS).lexicon;
    struct weights moves = weights_embedded(WEIGHTS_MOVES);
    struct weights labels = weights_embedded(WEIGHTS_LABELS);
    enum err err = words_describe(a, &lexicon, doc);
    if (!err)
        err = tree_parse_with(a, &moves, &labels, doc);
    return err ? err : tree_repair(a, doc);
}
