#include "pipeline/tree_features.h"

#include "base/hash.h"

/* The words looked at. */
enum {
    S0, /* on the stack, from its top */
    S1,
    S2,
    B0, /* in the buffer, from its front */
    B1,
    B2,
    B3,
    S0L, /* leftmost child, the one before it, rightmost ones likewise */
    S0L2,
    S0R,
    S0R2,
    S1L,
    S1R,
    S1R2,
    B0L,
    B0L2,
    S0LL, /* a child's child */
    S0RR,
    S0P, /* in the text before S0, behind S0, before B0 */
    S0N,
    B0P,
    NODES
};

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
    E, /* dictionary form */
    ATTRIBUTES
};

/* Behind the nodes' attributes. */
enum {
    DIST_S0_B0 = NODES * ATTRIBUTES,
    DIST_S1_S0,
    BETWEEN_S0_B0,
    BETWEEN_S1_S0,
    FINITE, /* the next finite verb behind B0: its tag, and how far it is */
    CASING,
    VALUES
};

#define AT(node, attribute) ((node)*ATTRIBUTES + (attribute))

/*
 * The templates, as a list of calls that name the values to combine. A template's number among them
 * goes into its hash.
 */
#define WORD(n) ONE(AT(n, W)) ONE(AT(n, T)) TWO(AT(n, T), AT(n, W)) ONE(AT(n, C))

/* Two words that may become head and dependent, whichever way. */
#define BOTH(a, b)                                                                                 \
    FOUR(AT(a, T), AT(a, W), AT(b, T), AT(b, W))                                                   \
    THREE(AT(a, T), AT(b, T), AT(a, W))                                                            \
    THREE(AT(a, T), AT(b, T), AT(b, W))                                                            \
    TWO(AT(a, W), AT(b, W))                                                                        \
    TWO(AT(a, T), AT(b, T))                                                                        \
    TWO(AT(a, C), AT(b, C))                                                                        \
    TWO(AT(a, C), AT(b, T))                                                                        \
    TWO(AT(a, T), AT(b, C))                                                                        \
    TWO(AT(a, X), AT(b, X))                                                                        \
    TWO(AT(a, E), AT(b, E))

/* What a head asks for, and what its dependent has already. */
#define HEAD(a, b)                                                                                 \
    THREE(AT(b, T), AT(b, M), AT(a, F))                                                            \
    THREE(AT(b, T), AT(b, M), AT(a, E))                                                            \
    THREE(AT(b, T), AT(b, M), AT(a, T))                                                            \
    THREE(AT(b, T), AT(b, M), AT(a, K))                                                            \
    THREE(AT(a, T), AT(b, T), AT(a, N))                                                            \
    THREE(AT(a, E), AT(a, N), AT(b, T))

#define TAGS3(a, b, c)    THREE(AT(a, T), AT(b, T), AT(c, T))
#define TAGS4(a, b, c, d) FOUR(AT(a, T), AT(b, T), AT(c, T), AT(d, T))

/* A child: its form, tags, relation. */
#define CHILD(n) ONE(AT(n, W)) TWO(AT(n, T), AT(n, L)) TWO(AT(n, W), AT(n, L))

/* clang-format off */
#define TEMPLATES                                                                                  \
    WORD(S0) WORD(S1) WORD(S2) WORD(B0) WORD(B1) WORD(B2)                                          \
    BOTH(S0, B0) HEAD(S0, B0) HEAD(B0, S0) BOTH(S1, S0) HEAD(S1, S0)                               \
    TWO(AT(S1, T), AT(B0, T)) TWO(AT(S1, E), AT(B0, T)) TWO(AT(S1, T), AT(B0, E))                  \
    TWO(AT(S1, E), AT(B0, E)) THREE(AT(S1, T), AT(S1, N), AT(B0, T))                               \
    TWO(AT(B0, T), AT(B1, T)) TWO(AT(B0, W), AT(B1, W)) TWO(AT(B0, W), AT(B1, T))                  \
    TWO(AT(B0, T), AT(B1, W)) TWO(AT(B0, C), AT(B1, C))                                            \
    TWO(AT(S2, T), AT(S0, T)) TWO(AT(S2, T), AT(B0, T)) TWO(AT(S0, W), AT(B1, T))                  \
    TAGS3(S0, B0, B1) TAGS3(B0, B1, B2) TAGS3(S1, S0, B0) TAGS3(S2, S1, S0) TAGS3(S2, S1, B0)      \
    TAGS4(S0, B0, B1, B2) TAGS4(S1, S0, B0, B1) TAGS4(S2, S1, S0, B0) TAGS4(B0, B1, B2, B3)        \
    THREE(AT(S1, K), AT(S0, K), AT(B0, K)) THREE(AT(S0, K), AT(B0, K), AT(B1, K))                  \
    THREE(AT(S1, T), AT(S0, T), AT(B0, W)) THREE(AT(S1, T), AT(B0, T), AT(S0, W))                  \
    THREE(AT(S0, T), AT(B0, T), AT(S1, W)) THREE(AT(B0, T), AT(B1, T), AT(S0, W))                  \
    THREE(AT(S0, T), AT(B1, T), AT(B0, W)) THREE(AT(S0, T), AT(B0, T), AT(B1, W))                  \
    TAGS3(S0, S0L, B0) TAGS3(S0, S0R, B0) TAGS3(S0, B0, B0L) TAGS3(S1, S1L, S0)                    \
    TAGS3(S1, S1R, S0) TAGS3(S1, S0, S0L) TAGS3(S1, S0, S0R) TAGS3(S1, S1R, B0)                    \
    TAGS3(S0, S0L, S0L2) TAGS3(S0, S0R, S0R2) TAGS3(S1, S1R, S1R2) TAGS3(B0, B0L, B0L2)            \
    CHILD(S0L) CHILD(S0R) CHILD(S1L) CHILD(S1R) CHILD(B0L) CHILD(B0L2)                             \
    TWO(AT(S0L2, T), AT(S0L2, L)) TWO(AT(S0R2, T), AT(S0R2, L)) TWO(AT(S1R2, T), AT(S1R2, L))      \
    TWO(AT(S0LL, T), AT(S0LL, L)) TWO(AT(S0RR, T), AT(S0RR, L))                                    \
    THREE(AT(S1R, L), AT(S0, T), AT(S1, E)) THREE(AT(S0, T), AT(B0, T), AT(S0R, W))                \
    THREE(AT(S1, E), AT(S0, T), AT(S0L, W)) THREE(AT(S0, E), AT(B0, T), AT(B0L, W))                \
    THREE(AT(S1, T), AT(S0, E), AT(S0L, W))                                                        \
    TWO(AT(S0, W), AT(S0, M)) TWO(AT(S0, T), AT(S0, M)) TWO(AT(S0, W), AT(S0, N))                  \
    TWO(AT(S0, T), AT(S0, N)) TWO(AT(S1, W), AT(S1, N)) TWO(AT(S1, T), AT(S1, N))                  \
    TWO(AT(S1, T), AT(S1, M)) TWO(AT(B0, W), AT(B0, M)) TWO(AT(B0, T), AT(B0, M))                  \
    THREE(AT(S0, M), AT(S0, N), AT(B0, T)) THREE(AT(S1, M), AT(S1, N), AT(S0, T))                  \
    TWO(AT(S0, W), AT(S0, V)) TWO(AT(S0, T), AT(S0, V)) TWO(AT(S1, T), AT(S1, V))                  \
    TWO(AT(S1, W), AT(S1, V)) TWO(AT(B0, T), AT(B0, V)) TWO(AT(B0, W), AT(B0, V))                  \
    TWO(AT(S0, W), DIST_S0_B0) TWO(AT(S0, T), DIST_S0_B0) TWO(AT(B0, W), DIST_S0_B0)               \
    TWO(AT(B0, T), DIST_S0_B0) THREE(AT(S0, T), AT(B0, T), DIST_S0_B0)                             \
    THREE(AT(S0, W), AT(B0, W), DIST_S0_B0) THREE(AT(S1, T), AT(S0, T), DIST_S1_S0)                \
    THREE(AT(S1, W), AT(S0, W), DIST_S1_S0) TWO(AT(S1, T), DIST_S1_S0) TWO(AT(S0, T), DIST_S1_S0)  \
    THREE(AT(S0, T), AT(B0, T), CASING)                                                            \
    THREE(AT(S0, T), AT(B0, T), BETWEEN_S0_B0) THREE(AT(S0, E), AT(B0, T), BETWEEN_S0_B0)          \
    THREE(AT(S1, T), AT(S0, T), BETWEEN_S1_S0) THREE(AT(S1, E), AT(S0, T), BETWEEN_S1_S0)          \
    THREE(AT(S0, T), AT(B0, T), FINITE) THREE(AT(S0, E), AT(B0, T), FINITE)                        \
    THREE(AT(B0, T), AT(B1, T), FINITE) TWO(AT(B0, W), FINITE)                                     \
    FOUR(AT(S1, T), AT(S0, T), AT(B0, T), FINITE)                                                  \
    TAGS4(S0, B0, S0N, B0P) TAGS3(S0, S0N, B0) TAGS3(S0, B0, B0P) TAGS3(S0P, S0, B0)
/* clang-format on */

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
    for (uint32_t i = 0; i < 3; i++)
        at[S0 + i] = stacked(t, i);
    for (uint32_t i = 0; i < 4; i++)
        at[B0 + i] = waiting(t, i);
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
    at[S0P] = at[S0] == NO_NODE || at[S0] == 0 ? NO_NODE : at[S0] - 1;
    at[S0N] = at[S0] == NO_NODE || at[S0] + 1 == t->count ? NO_NODE : at[S0] + 1;
    at[B0P] = t->next == 0 ? NO_NODE : t->next - 1;
}

static void describe_node(const struct tree_context *c, uint32_t node, uint64_t *out)
{
    const struct word *word = &c->words[node];
    const struct node *in = &c->state->nodes[node];

    out[W] = word->norm;
    out[T] = c->outlook[node].tag;
    out[C] = word->lexeme.fine;
    out[K] = word->lexeme.coarse;
    out[X] = (uint64_t)word->lexeme.noun_sense << 8 | word->lexeme.verb_sense;
    out[F] = word->lexeme.frames;
    out[L] = in->label;
    out[M] = in->left_labels;
    out[N] = in->right_labels;
    out[E] = c->outlook[node].lemma;
    out[V] = (uint64_t)in->left_count << 8 | in->right_count;
}

static uint64_t distance_class(uint32_t from, uint32_t to)
{
    if (from == NO_NODE || to == NO_NODE)
        return 0;
    uint32_t d = to - from;
    return d < 5 ? d : d < 10 ? 5 : 6;
}

/* Commas, verbs, subordinators and quotes strictly between two words, each counted to two or three.
 */
static uint64_t between(const struct outlook *outlook, uint32_t from, uint32_t to)
{
    if (from == NO_NODE || to == NO_NODE)
        return 0;
    const struct outlook *x = &outlook[from + 1], *y = &outlook[to];
    uint64_t commas = (uint64_t)(y->commas - x->commas), verbs = (uint64_t)(y->verbs - x->verbs);
    uint64_t marks = (uint64_t)(y->marks - x->marks), quotes = (uint64_t)(y->quotes - x->quotes);
    return 1 | (commas < 3 ? commas : 3) << 1 | (verbs < 3 ? verbs : 3) << 3 |
           (marks < 2 ? marks : 2) << 5 | (quotes & 1) << 7;
}

static uint64_t finite_ahead(const struct outlook *outlook, uint32_t from, uint32_t count)
{
    if (from == NO_NODE || from + 1 >= count)
        return 0;
    uint32_t next = outlook[from + 1].next_finite;
    return next == NO_NODE ? 1 : outlook[next].tag << 4 | distance_class(from, next);
}

static void find_values(const struct tree_context *c, uint64_t values[VALUES])
{
    uint32_t at[NODES];
    find_nodes(c->state, at);
    for (uint32_t n = 0; n < NODES; n++) {
        if (at[n] != NO_NODE)
            describe_node(c, at[n], &values[n * ATTRIBUTES]);
        else
            for (uint32_t i = 0; i < ATTRIBUTES; i++)
                values[n * ATTRIBUTES + i] = UINT32_MAX;
    }
    values[DIST_S0_B0] = distance_class(at[S0], at[B0]);
    values[DIST_S1_S0] = distance_class(at[S1], at[S0]);
    values[BETWEEN_S0_B0] = between(c->outlook, at[S0], at[B0]);
    values[BETWEEN_S1_S0] = between(c->outlook, at[S1], at[S0]);
    values[FINITE] = finite_ahead(c->outlook, at[B0], c->state->count);
    values[CASING] = (uint64_t)c->casing;
}

#define HASHED(h)                                                                                  \
    rows->at[n] = feature_row(feature_mix((h), n));                                                \
    n++;
#define MIXED(h, a)      feature_mix(h, values[a])
#define ONE(a)           HASHED(MIXED(1, a))
#define TWO(a, b)        HASHED(MIXED(MIXED(1, a), b))
#define THREE(a, b, c)   HASHED(MIXED(MIXED(MIXED(1, a), b), c))
#define FOUR(a, b, c, d) HASHED(MIXED(MIXED(MIXED(MIXED(1, a), b), c), d))

/* One statement a template: NOLINTNEXTLINE(readability-function-size) */
void tree_features(const struct tree_context *context, struct rows *rows)
{
    uint64_t values[VALUES];
    uint32_t n = 0;

    find_values(context, values);
    TEMPLATES
    rows->count = n;
}

static bool is_finite(const struct token *token)
{
    return token->xpos == XPOS_VBD || token->xpos == XPOS_VBZ || token->xpos == XPOS_VBP ||
           token->xpos == XPOS_MD;
}

static bool is_mark(const struct token *token)
{
    return token->upos == UPOS_SCONJ || token->xpos == XPOS_WDT || token->xpos == XPOS_WP ||
           token->xpos == XPOS_WRB;
}

static bool is_quote(const struct token *token)
{
    return token->xpos == XPOS_OPEN_QUOTE || token->xpos == XPOS_CLOSE_QUOTE;
}

void tree_look_out(const struct token *tokens, uint32_t count, struct outlook *out)
{
    out[0] = (struct outlook){.next_finite = NO_NODE};
    for (uint32_t i = 0; i < count; i++) {
        const struct token *token = &tokens[i];
        out[i + 1] = out[i];
        out[i + 1].commas += token->xpos == XPOS_COMMA;
        out[i + 1].verbs += token->upos == UPOS_VERB;
        out[i + 1].marks += is_mark(token);
        out[i + 1].quotes += is_quote(token);
        out[i].lemma = hash_bytes(token->lemma.bytes, token->lemma.len, 0);
        out[i].tag = (uint64_t)token->upos << 8 | token->xpos;
    }
    out[count].next_finite = NO_NODE;
    for (uint32_t i = count; i-- > 0;)
        out[i].next_finite = is_finite(&tokens[i]) ? i : out[i + 1].next_finite;
}
