#include "training/oracle.h"

static uint32_t children_waiting(const struct transitions *t, const struct gold *gold,
                                 uint32_t head)
{
    uint32_t count = 0;
    for (uint32_t i = t->next; i < t->count; i++)
        count += gold->heads[i] == head;
    return count;
}

/* The first word of the buffer loses children on the stack, and its head unless that is on top. */
static uint32_t shift_cost(const struct transitions *t, const struct gold *gold)
{
    uint32_t cost = 0;
    for (uint32_t i = 0; i < t->depth; i++) {
        uint32_t word = t->stack[i];
        cost += gold->heads[word] == t->next;
        cost += i + 1 < t->depth && gold->heads[t->next] == word;
    }
    return cost;
}

uint32_t oracle_head(const struct transitions *t, enum move move)
{
    return move == MOVE_LEFT ? t->next : t->stack[t->depth - 2];
}

uint32_t oracle_cost(const struct transitions *t, const struct gold *gold, enum move move)
{
    if (move == MOVE_SHIFT)
        return shift_cost(t, gold);

    uint32_t top = t->stack[t->depth - 1], head = gold->heads[top];
    uint32_t lost = children_waiting(t, gold, top);
    bool reachable = head >= t->next || (t->depth > 1 && head == t->stack[t->depth - 2]);
    return lost + (reachable && head != oracle_head(t, move));
}
