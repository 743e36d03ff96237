#include "pipeline/tree_features.h"

/* The words looked at: stack from its top, buffer from its front, children of both. */
enum { S0, S1, S2, B0, B1, B2, S0L, S0L2, S0R, S0R2, S1L, S1R, S1R2, B0L, B0L2, S0LL, S0RR, NODES };

/* What is looked at in each. */
enum {
    W, /* form */
    T, /* tags */
    C, /* fine word class */
    K, /* coarse word class */
    X, /* senses */
    F, /* verb frames */
    L, /* relation to its head */
    M, /* relations of its left children */
    N, /* relations of its right children */
    V, /* how many children on either side */
    ATTRIBUTES
};

/* Behind the nodes' attributes. */
enum { NONE = NODES * ATTRIBUTES, DIST_S0_B0, DIST_S1_S0, CASING, VALUES };

enum { TERMS = 4 };

#define AT(node, attribute) ((node)*ATTRIBUTES + (attribute))
#define ONE(a)                                                                                     \
    {                                                                                              \
        a, NONE, NONE, NONE                                                                        \
    }
#define TWO(a, b)                                                                                  \
    {                                                                                              \
        a, b, NONE, NONE                                                                           \
    }
#define THREE(a, b, c)                                                                             \
    {                                                                                              \
        a, b, c, NONE                                                                              \
    }
#define FOUR(a, b, c, d)                                                                           \
    {                                                                                              \
        a, b, c, d                                                                                 \
    }

/* A word alone. */
#define WORD(n) ONE(AT(n, W)), ONE(AT(n, T)), TWO(AT(n, W), AT(n, T)), ONE(AT(n, C))

/* Two words as head and dependent. */
#define PAIR(a, b)                                                                                 \
    FOUR(AT(a, W), AT(a, T), AT(b, W), AT(b, T)), THREE(AT(a, W), AT(a, T), AT(b, T)),             \
        THREE(AT(a, T), AT(b, W), AT(b, T)), TWO(AT(a, W), AT(b, W)), TWO(AT(a, T), AT(b, T)),     \
        TWO(AT(a, C), AT(b, C)), TWO(AT(a, C), AT(b, T)), TWO(AT(a, T), AT(b, C)),                 \
        TWO(AT(a, X), AT(b, X)), THREE(AT(a, F), AT(b, T), AT(b, M)),                              \
        THREE(AT(a, W), AT(b, T), AT(b, M)), THREE(AT(a, T), AT(b, T), AT(b, M)),                  \
        THREE(AT(a, K), AT(b, T), AT(b, M)), THREE(AT(a, T), AT(a, N), AT(b, T)),                  \
        THREE(AT(a, W), AT(a, N), AT(b, T))

#define TAGS3(a, b, c)    THREE(AT(a, T), AT(b, T), AT(c, T))
#define TAGS4(a, b, c, d) FOUR(AT(a, T), AT(b, T), AT(c, T), AT(d, T))

/* A child: its form, tags, relation. */
#define CHILD(n) ONE(AT(n, W)), TWO(AT(n, T), AT(n, L)), TWO(AT(n, W), AT(n, L))

/* clang-format off */
static const uint8_t templates[][TERMS] = {
    ONE(NONE),
    WORD(S0), WORD(S1), WORD(S2), WORD(B0), WORD(B1), WORD(B2),
    PAIR(S0, B0), PAIR(S1, S0), PAIR(B0, S0), PAIR(S1, B0),
    TWO(AT(B0, T), AT(B1, T)), TWO(AT(B0, W), AT(B1, W)), TWO(AT(B0, W), AT(B1, T)),
    TWO(AT(B0, T), AT(B1, W)), TWO(AT(B0, C), AT(B1, C)),
    TWO(AT(S2, T), AT(S0, T)), TWO(AT(S2, T), AT(B0, T)), TWO(AT(S0, W), AT(B1, T)),
    TAGS3(S0, B0, B1), TAGS3(B0, B1, B2), TAGS3(S1, S0, B0), TAGS3(S2, S1, S0), TAGS3(S2, S1, B0),
    TAGS4(S0, B0, B1, B2), TAGS4(S1, S0, B0, B1), TAGS4(S2, S1, S0, B0),
    THREE(AT(S1, K), AT(S0, K), AT(B0, K)), THREE(AT(S0, K), AT(B0, K), AT(B1, K)),
    THREE(AT(S1, W), AT(S0, T), AT(B0, T)), THREE(AT(S1, T), AT(S0, W), AT(B0, T)),
    THREE(AT(S1, T), AT(S0, T), AT(B0, W)), THREE(AT(S0, W), AT(B0, T), AT(B1, T)),
    THREE(AT(S0, T), AT(B0, W), AT(B1, T)), THREE(AT(S0, T), AT(B0, T), AT(B1, W)),
    TAGS3(S0, S0L, B0), TAGS3(S0, S0R, B0), TAGS3(S0, B0, B0L), TAGS3(S1, S1L, S0),
    TAGS3(S1, S1R, S0), TAGS3(S1, S0, S0L), TAGS3(S1, S0, S0R), TAGS3(S1, S1R, B0),
    TAGS3(S0, S0L, S0L2), TAGS3(S0, S0R, S0R2), TAGS3(S1, S1R, S1R2), TAGS3(B0, B0L, B0L2),
    CHILD(S0L), CHILD(S0R), CHILD(S1L), CHILD(S1R), CHILD(B0L), CHILD(B0L2),
    TWO(AT(S0L2, T), AT(S0L2, L)), TWO(AT(S0R2, T), AT(S0R2, L)), TWO(AT(S1R2, T), AT(S1R2, L)),
    TWO(AT(S0LL, T), AT(S0LL, L)), TWO(AT(S0RR, T), AT(S0RR, L)),
    THREE(AT(S1, W), AT(S1R, L), AT(S0, T)), THREE(AT(S0, T), AT(S0R, W), AT(B0, T)),
    THREE(AT(S1, W), AT(S0, T), AT(S0L, W)), THREE(AT(S0, W), AT(B0, T), AT(B0L, W)),
    THREE(AT(S1, T), AT(S0, W), AT(S0L, W)),
    TWO(AT(S0, W), AT(S0, M)), TWO(AT(S0, T), AT(S0, M)), TWO(AT(S0, W), AT(S0, N)),
    TWO(AT(S0, T), AT(S0, N)), TWO(AT(S1, W), AT(S1, N)), TWO(AT(S1, T), AT(S1, N)),
    TWO(AT(S1, T), AT(S1, M)), TWO(AT(B0, W), AT(B0, M)), TWO(AT(B0, T), AT(B0, M)),
    THREE(AT(S0, M), AT(S0, N), AT(B0, T)), THREE(AT(S1, M), AT(S1, N), AT(S0, T)),
    TWO(AT(S0, W), AT(S0, V)), TWO(AT(S0, T), AT(S0, V)), TWO(AT(S1, T), AT(S1, V)),
    TWO(AT(S1, W), AT(S1, V)), TWO(AT(B0, T), AT(B0, V)), TWO(AT(B0, W), AT(B0, V)),
    TWO(AT(S0, W), DIST_S0_B0), TWO(AT(S0, T), DIST_S0_B0), TWO(AT(B0, W), DIST_S0_B0),
    TWO(AT(B0, T), DIST_S0_B0), THREE(AT(S0, T), AT(B0, T), DIST_S0_B0),
    THREE(AT(S0, W), AT(B0, W), DIST_S0_B0), THREE(AT(S1, T), AT(S0, T), DIST_S1_S0),
    THREE(AT(S1, W), AT(S0, W), DIST_S1_S0), TWO(AT(S1, T), DIST_S1_S0), TWO(AT(S0, T), DIST_S1_S0),
    THREE(AT(S0, T), AT(B0, T), CASING),
};
/* clang-format on */

enum { TEMPLATES = sizeof(templates) / sizeof(templates[0]) };
_Static_assert(sizeof(templates) / sizeof(templates[0]) <= LINEAR_ROWS_MAX, "every template needs a row");
_Static_assert(VALUES <= UINT8_MAX, "a term is one byte");

static uint32_t stacked(const struct transitions *t, uint32_t below)
{
    return below < t->depth ? t->stack[t->depth - 1 - below] : NO_NODE;
}

static uint32_t waiting(const struct transitions *t, uint32_t behind)
{
    return behind < t->count - t->next ? t->next + behind : NO_NODE;
}

static uint32_t left_of(const struct transitions *t, uint32_t node)
{
    return node == NO_NODE ? NO_NODE : t->nodes[node].left;
}

static uint32_t right_of(const struct transitions *t, uint32_t node)
{
    return node == NO_NODE ? NO_NODE : t->nodes[node].right;
}

static void find_nodes(const struct transitions *t, uint32_t at[NODES])
{
    for (uint32_t i = 0; i < 3; i++) {
        at[S0 + i] = stacked(t, i);
        at[B0 + i] = waiting(t, i);
    }
    at[S0L] = left_of(t, at[S0]);
    at[S0R] = right_of(t, at[S0]);
    at[S0L2] = at[S0] == NO_NODE ? NO_NODE : t->nodes[at[S0]].left2;
    at[S0R2] = at[S0] == NO_NODE ? NO_NODE : t->nodes[at[S0]].right2;
    at[S1L] = left_of(t, at[S1]);
    at[S1R] = right_of(t, at[S1]);
    at[S1R2] = at[S1] == NO_NODE ? NO_NODE : t->nodes[at[S1]].right2;
    at[B0L] = left_of(t, at[B0]);
    at[B0L2] = at[B0] == NO_NODE ? NO_NODE : t->nodes[at[B0]].left2;
    at[S0LL] = left_of(t, at[S0L]);
    at[S0RR] = right_of(t, at[S0R]);
}

static void describe_node(const struct tree_context *c, uint32_t node, uint64_t *out)
{
    const struct word *word = &c->words[node];
    const struct token *token = &c->tokens[node];
    const struct node *in = &c->state->nodes[node];

    out[W] = word->norm;
    out[T] = (uint64_t)token->upos << 8 | token->xpos;
    out[C] = word->lexeme.fine;
    out[K] = word->lexeme.coarse;
    out[X] = (uint64_t)word->lexeme.noun_sense << 8 | word->lexeme.verb_sense;
    out[F] = word->lexeme.frames;
    out[L] = in->label;
    out[M] = in->left_labels;
    out[N] = in->right_labels;
    out[V] = (uint64_t)in->left_count << 8 | in->right_count;
}

static uint64_t distance_class(uint32_t from, uint32_t to)
{
    if (from == NO_NODE || to == NO_NODE)
        return 0;
    uint32_t d = to - from;
    return d < 5 ? d : d < 10 ? 5 : 6;
}

void tree_features(const struct tree_context *c, struct rows *out)
{
    uint32_t at[NODES];
    uint64_t values[VALUES];

    find_nodes(c->state, at);
    for (uint32_t n = 0; n < NODES; n++) {
        if (at[n] != NO_NODE)
            describe_node(c, at[n], &values[n * ATTRIBUTES]);
        else
            for (uint32_t i = 0; i < ATTRIBUTES; i++)
                values[n * ATTRIBUTES + i] = UINT32_MAX;
    }
    values[NONE] = 0;
    values[DIST_S0_B0] = distance_class(at[S0], at[B0]);
    values[DIST_S1_S0] = distance_class(at[S1], at[S0]);
    values[CASING] = (uint64_t)c->casing;

    for (uint32_t i = 0; i < TEMPLATES; i++) {
        const uint8_t *t = templates[i];
        uint64_t h = feature_mix(feature_mix(i + 1, values[t[0]]), values[t[1]]);
        out->at[i] = feature_row(feature_mix(feature_mix(h, values[t[2]]), values[t[3]]));
    }
    out->count = TEMPLATES;
}
