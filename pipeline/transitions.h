/*
 * The parser's state and moves: the arc-hybrid transition system.
 *
 * Words wait in a buffer, left to right; behind the last waits the root. The stack holds words
 * whose head is still to be found. SHIFT moves the first word of the buffer onto the stack; LEFT
 * gives the top of the stack the first word of the buffer as its head, RIGHT the word below it, and
 * takes it off. A sentence of n words takes 2n moves.
 *
 * Source: M. Kuhlmann, C. Gómez-Rodríguez, G. Satta, "Dynamic Programming Algorithms for
 * Transition-Based Dependency Parsers", 2011.
 */
#ifndef ONRECORD_PIPELINE_TRANSITIONS_H
#define ONRECORD_PIPELINE_TRANSITIONS_H

#include <stdbool.h>
#include <stdint.h>

enum move { MOVE_SHIFT, MOVE_LEFT, MOVE_RIGHT, MOVE_COUNT };

#define NO_NODE UINT32_MAX

/* What has been decided about one word. */
struct node {
    uint32_t head;        /* index in the sentence, its length for the root, or NO_NODE */
    uint32_t left, left2; /* leftmost child and the one attached before it, or NO_NODE */
    uint32_t right, right2;
    uint64_t left_labels, right_labels; /* bit by enum deprel: relations of its children */
    uint8_t left_count, right_count;    /* children on either side, at most 255 */
    uint8_t label;                      /* enum deprel */
};

struct transitions {
    struct node *nodes; /* of the sentence */
    uint32_t *stack;
    uint32_t depth;
    uint32_t next; /* first word of the buffer; `count` when only the root is left */
    uint32_t count;
};

/* Starts a sentence of `count` words; nodes and stack have room for as many. */
void transitions_start(struct transitions *t, uint32_t count);

static inline bool transitions_done(const struct transitions *t)
{
    return t->next == t->count && t->depth == 0;
}

bool transitions_allows(const struct transitions *t, enum move move);

/* `label` is the enum deprel of the new arc; SHIFT makes none. */
void transitions_apply(struct transitions *t, enum move move, uint8_t label);

#endif
