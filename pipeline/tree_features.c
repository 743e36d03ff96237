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
    NODES = TREE_NODES
};

/*
 * What is looked at in each: what is known of the word (W form, T tags, C and K fine and coarse
 * word class, X senses, F verb frames, E dictionary form), and what the parser has decided (L
 * relation to its head, M and N relations of its left and right children, V how many these are).
 */
#define AT(node, attribute) AT_##attribute(node)
#define AT_W(node)          view->facts[node][FACT_FORM]
#define AT_T(node)          view->facts[node][FACT_TAGS]
#define AT_C(node)          view->facts[node][FACT_FINE]
#define AT_K(node)          view->facts[node][FACT_COARSE]
#define AT_X(node)          view->facts[node][FACT_SENSES]
#define AT_F(node)          view->facts[node][FACT_FRAMES]
#define AT_E(node)          view->facts[node][FACT_LEMMA]
#define AT_L(node)          view->label[node]
#define AT_M(node)          view->lefts[node]
#define AT_N(node)          view->rights[node]
#define AT_V(node)          view->counts[node]

/* What is looked at beside the words. */
#define DIST_S0_B0    view->distance[0]
#define DIST_S1_S0    view->distance[1]
#define BETWEEN_S0_B0 view->between[0]
#define BETWEEN_S1_S0 view->between[1]
#define FINITE        view->finite /* the next finite verb behind B0: its tag, and how far it is */
#define CASING        view->casing
#define STYLE         view->style

/*
 * The templates, as a list of calls that name the values to combine. A template's number among them
 * goes into its hash.
 */
#define WORD(n) ONE(AT(n, T)) TWO(AT(n, T), AT(n, W)) ONE(AT(n, C))

/* Two words that may become head and dependent, whichever way. */
#define BOTH(a, b)                                                                                 \
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
#define CHILD(n) TWO(AT(n, T), AT(n, L)) TWO(AT(n, W), AT(n, L))

/* clang-format off */
#define MOVE_TEMPLATES                                                                             \
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
    TWO(AT(S0, T), AT(S0, V)) TWO(AT(S1, T), AT(S1, V)) TWO(AT(B0, T), AT(B0, V))                  \
    TWO(AT(S0, T), DIST_S0_B0) TWO(AT(B0, T), DIST_S0_B0) THREE(AT(S0, T), AT(B0, T), DIST_S0_B0)  \
    THREE(AT(S1, T), AT(S0, T), DIST_S1_S0) TWO(AT(S1, T), DIST_S1_S0) TWO(AT(S0, T), DIST_S1_S0)  \
    THREE(AT(S0, T), AT(B0, T), STYLE) THREE(AT(S1, T), AT(S0, T), STYLE) TWO(AT(S0, E), STYLE)    \
    TWO(AT(B0, E), STYLE) TWO(AT(S1, E), STYLE) THREE(AT(S0, T), AT(B0, T), CASING)                \
    THREE(AT(S0, T), AT(B0, T), BETWEEN_S0_B0) THREE(AT(S0, E), AT(B0, T), BETWEEN_S0_B0)          \
    THREE(AT(S1, T), AT(S0, T), BETWEEN_S1_S0) THREE(AT(S1, E), AT(S0, T), BETWEEN_S1_S0)          \
    THREE(AT(S0, T), AT(B0, T), FINITE) THREE(AT(S0, E), AT(B0, T), FINITE)                        \
    THREE(AT(B0, T), AT(B1, T), FINITE) TWO(AT(B0, W), FINITE)                                     \
    FOUR(AT(S1, T), AT(S0, T), AT(B0, T), FINITE)                                                  \
    TAGS4(S0, B0, S0N, B0P) TAGS3(S0, S0N, B0) TAGS3(S0, B0, B0P) TAGS3(S0P, S0, B0)

/* The relation of D to its head H, which is `DIST` words away; H's outermost children, one more. */
#define RELATION(D, H, HL, HR, HR2, DIST, BETWEEN)                                                 \
    WORD(D) WORD(H) ONE(AT(D, E)) ONE(AT(H, E)) BOTH(H, D)                                         \
    TWO(AT(H, E), AT(D, T)) TWO(AT(D, E), AT(H, T)) TWO(AT(H, F), AT(D, T))                        \
    TWO(AT(H, K), AT(D, K))                                                                        \
    CHILD(D##L) CHILD(D##R) TWO(AT(D##L2, T), AT(D##L2, L)) TWO(AT(D##L2, W), AT(D, T))            \
    THREE(AT(H, T), AT(D, T), AT(D##L, W)) THREE(AT(H, E), AT(D, T), AT(D##L, W))                  \
    THREE(AT(H, T), AT(D, T), AT(D##R, W)) THREE(AT(H, T), AT(D, E), AT(D##L, W))                  \
    THREE(AT(H, T), AT(D, T), AT(D##LL, L)) THREE(AT(D, T), AT(D##L, W), AT(D##L2, W))             \
    TWO(AT(D, T), AT(D, M)) TWO(AT(D, T), AT(D, N)) TWO(AT(D, W), AT(D, M))                        \
    TWO(AT(D, E), AT(D, N))                                                                        \
    THREE(AT(H, T), AT(D, T), AT(D, M)) THREE(AT(H, T), AT(D, T), AT(D, N))                        \
    THREE(AT(H, E), AT(D, T), AT(D, M)) THREE(AT(H, F), AT(D, T), AT(D, M))                        \
    THREE(AT(H, K), AT(D, T), AT(D, M)) THREE(AT(D, T), AT(D, M), AT(D, N))                        \
    THREE(AT(H, T), AT(D, T), AT(H, M)) THREE(AT(H, T), AT(D, T), AT(H, N))                        \
    THREE(AT(H, E), AT(D, T), AT(H, M)) THREE(AT(H, E), AT(D, T), AT(H, N))                        \
    THREE(AT(H, F), AT(D, T), AT(H, N)) THREE(AT(H, F), AT(D, T), AT(H, M))                        \
    THREE(AT(H, M), AT(D, T), AT(D, M)) THREE(AT(H, N), AT(D, T), AT(D, M))                        \
    THREE(AT(H, T), AT(D, T), AT(HL, T)) THREE(AT(H, T), AT(D, T), AT(HR, T))                      \
    THREE(AT(H, T), AT(D, T), AT(HL, L)) THREE(AT(H, T), AT(D, T), AT(HR, L))                      \
    THREE(AT(D, W), AT(H, E), AT(HR, L)) THREE(AT(H, E), AT(D, T), AT(HL, W))                      \
    TWO(AT(HL, L), AT(D, T)) TWO(AT(HR, L), AT(D, T)) TWO(AT(HR2, L), AT(D, T))                    \
    TWO(AT(D, T), DIST) TWO(AT(H, T), DIST) THREE(AT(H, T), AT(D, T), DIST)                        \
    THREE(AT(H, T), AT(D, T), BETWEEN) THREE(AT(H, E), AT(D, T), BETWEEN)                          \
    THREE(AT(D, T), AT(D, M), BETWEEN)                                                             \
    THREE(AT(D, T), AT(S0P, T), AT(S0N, T)) THREE(AT(H, T), AT(D, T), AT(S0N, W))                  \
    THREE(AT(H, T), AT(D, T), AT(S0P, W)) THREE(AT(H, T), AT(D, T), AT(S1, T))                     \
    THREE(AT(H, T), AT(D, T), AT(B0, T)) THREE(AT(H, T), AT(D, T), AT(B0, W))                      \
    THREE(AT(H, T), AT(D, T), AT(B1, T)) THREE(AT(H, T), AT(D, T), FINITE)                         \
    THREE(AT(H, T), AT(D, T), STYLE) TWO(AT(D, E), STYLE) THREE(AT(D, T), AT(D, M), STYLE)         \
    TWO(AT(H, E), STYLE) THREE(AT(H, T), AT(D, T), CASING) TWO(AT(D, X), AT(H, E))                 \
    TWO(AT(D, C), AT(H, E))                                                                        \
    TWO(AT(D, E), AT(H, C)) TWO(AT(D, X), AT(H, T))
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

/* Tells values of different kinds apart and spreads them; the lower bits get their turn in HASHED.
 */
static inline uint64_t spread(uint32_t kind, uint64_t value)
{
    return (value + kind * UINT64_C(0xff51afd7ed558ccd)) * UINT64_C(0xc4ceb9fe1a85ec53);
}

enum {
    OF_LABEL = FACTS + 1,
    OF_LEFTS,
    OF_RIGHTS,
    OF_COUNTS,
    OF_DISTANCE,
    OF_BETWEEN,
    OF_FINITE,
    OF_CASING,
    OF_STYLE
};

static void describe_head(const struct transitions *t, const uint32_t *at, uint32_t n,
                          struct tree_view *view)
{
    static const struct node none = {.left_labels = 0};
    const struct node *in = at[n] == NO_NODE ? &none : &t->nodes[at[n]];
    view->lefts[n] = spread(OF_LEFTS, in->left_labels);
    view->rights[n] = spread(OF_RIGHTS, in->right_labels);
    view->counts[n] = spread(OF_COUNTS, (uint64_t)in->left_count << 8 | in->right_count);
}

void tree_look(const struct tree_context *c, struct tree_view *view)
{
    static const uint64_t nothing[FACTS] = {1, 2, 3, 4, 5, 6, 7};
    const struct transitions *t = c->state;
    uint32_t at[NODES];
    find_nodes(t, at);
    for (uint32_t n = 0; n < NODES; n++)
        view->facts[n] = at[n] == NO_NODE ? nothing : c->outlook[at[n]].facts;
    for (uint32_t n = S0L; n < S0P; n++)
        view->label[n] = spread(OF_LABEL, at[n] == NO_NODE ? DEPREL_COUNT : t->nodes[at[n]].label);
    describe_head(t, at, S0, view);
    describe_head(t, at, S1, view);
    describe_head(t, at, B0, view);
    view->distance[0] = spread(OF_DISTANCE, distance_class(at[S0], at[B0]));
    view->distance[1] = spread(OF_DISTANCE, distance_class(at[S1], at[S0]));
    view->between[0] = spread(OF_BETWEEN, between(c->outlook, at[S0], at[B0]));
    view->between[1] = spread(OF_BETWEEN, between(c->outlook, at[S1], at[S0]));
    view->finite = spread(OF_FINITE, finite_ahead(c->outlook, at[B0], t->count));
    view->casing = spread(OF_CASING, (uint64_t)c->casing);
    view->style = spread(OF_STYLE, (uint64_t)c->style);
}

static inline uint64_t turned(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

/*
 * The values are well mixed already, so that adding them up, each turned otherwise, is a hash as
 * good as any; the template's number, counted from `from`, keeps two templates with the same values
 * apart.
 */
#define HASHED(h)                                                                                  \
    rows->at[n] = (uint32_t)((((h) + (n + from) * UINT64_C(0xd6e8feb86659fd93)) *                  \
                              UINT64_C(0x9e3779b97f4a7c15)) >>                                     \
                             32);                                                                  \
    n++;
#define ONE(a)           HASHED(a)
#define TWO(a, b)        HASHED((a) + turned(b, 13))
#define THREE(a, b, c)   HASHED((a) + turned(b, 13) + turned(c, 29))
#define FOUR(a, b, c, d) HASHED((a) + turned(b, 13) + turned(c, 29) + turned(d, 47))

/* One statement a template: NOLINTNEXTLINE(readability-function-size) */
void move_features(const struct tree_view *view, struct rows *rows)
{
    const uint32_t from = 1;
    uint32_t n = 0;

    MOVE_TEMPLATES
    rows->count = n;
}

/* NOLINTNEXTLINE(readability-function-size) */
static void left_features(const struct tree_view *view, struct rows *rows)
{
    const uint32_t from = 1;
    uint32_t n = 0;

    RELATION(S0, B0, B0L, B0L2, B0L2, DIST_S0_B0, BETWEEN_S0_B0)
    rows->count = n;
}

/* Numbered apart from those of arcs to the left. NOLINTNEXTLINE(readability-function-size) */
static void right_features(const struct tree_view *view, struct rows *rows)
{
    const uint32_t from = 301;
    uint32_t n = 0;

    RELATION(S0, S1, S1L, S1R, S1R2, DIST_S1_S0, BETWEEN_S1_S0)
    rows->count = n;
}

void label_features(const struct tree_view *view, enum move move, struct rows *rows)
{
    if (move == MOVE_LEFT)
        left_features(view, rows);
    else
        right_features(view, rows);
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

static uint64_t fact(uint32_t which, uint64_t value)
{
    return hash_mix(value + ((uint64_t)(which + 1) << 56));
}

static void find_facts(const struct token *token, const struct word *word, uint64_t *facts)
{
    const struct lexeme *x = &word->lexeme;
    facts[FACT_FORM] = fact(FACT_FORM, word->norm);
    facts[FACT_TAGS] = fact(FACT_TAGS, (uint64_t)token->upos << 8 | token->xpos);
    facts[FACT_FINE] = fact(FACT_FINE, x->fine);
    facts[FACT_COARSE] = fact(FACT_COARSE, x->coarse);
    facts[FACT_SENSES] = fact(FACT_SENSES, (uint64_t)x->noun_sense << 8 | x->verb_sense);
    facts[FACT_FRAMES] = fact(FACT_FRAMES, x->frames);
    facts[FACT_LEMMA] = fact(FACT_LEMMA, hash_bytes(token->lemma.bytes, token->lemma.len, 0));
}

void tree_look_out(const struct token *tokens, const struct word *words, uint32_t count,
                   struct outlook *out)
{
    out[0] = (struct outlook){.next_finite = NO_NODE};
    for (uint32_t i = 0; i < count; i++) {
        const struct token *token = &tokens[i];
        out[i + 1] = (struct outlook){.commas = out[i].commas,
                                      .verbs = out[i].verbs,
                                      .marks = out[i].marks,
                                      .quotes = out[i].quotes};
        out[i + 1].commas += token->xpos == XPOS_COMMA;
        out[i + 1].verbs += token->upos == UPOS_VERB;
        out[i + 1].marks += is_mark(token);
        out[i + 1].quotes += is_quote(token);
        out[i].tag = (uint64_t)token->upos << 8 | token->xpos;
        find_facts(token, &words[i], out[i].facts);
    }
    out[count].next_finite = NO_NODE;
    for (uint32_t i = count; i-- > 0;)
        out[i].next_finite = is_finite(&tokens[i]) ? i : out[i + 1].next_finite;
}
