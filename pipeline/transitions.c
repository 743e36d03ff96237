#include "pipeline/transitions.h"

void transitions_start(struct transitions *t, uint32_t count)
{
    static const struct node fresh = {
        .head = NO_NODE, .left = NO_NODE, .left2 = NO_NODE, .right = NO_NODE, .right2 = NO_NODE};
    for (uint32_t i = 0; i < count; i++)
        t->nodes[i] = fresh;
    t->depth = 0;
    t->next = 0;
    t->count = count;
}

bool transitions_allows(const struct transitions *t, enum move move)
{
    bool only_root_left = t->next == t->count;
    switch (move) {
    case MOVE_SHIFT:
        return !only_root_left;
    case MOVE_LEFT: /* the root takes the last word of the stack only: one root a sentence */
        return only_root_left ? t->depth == 1 : t->depth > 0;
    case MOVE_RIGHT:
        return t->depth > 1;
    case MOVE_COUNT:
        break;
    }
    return false;
}

static uint8_t counted(uint8_t count)
{
    return count < UINT8_MAX ? (uint8_t)(count + 1) : count;
}

static void attach(struct transitions *t, uint32_t child, uint32_t head, uint8_t label)
{
    t->nodes[child].head = head;
    t->nodes[child].label = label;
    if (head == t->count)
        return;
    struct node *node = &t->nodes[head];
    if (child < head) {
        node->left2 = node->left;
        node->left = child;
        node->left_labels |= UINT64_C(1) << label;
        node->left_count = counted(node->left_count);
    } else {
        node->right2 = node->right;
        node->right = child;
        node->right_labels |= UINT64_C(1) << label;
        node->right_count = counted(node->right_count);
    }
}

void transitions_apply(struct transitions *t, enum move move, uint8_t label)
{
    if (move == MOVE_SHIFT) {
        t->stack[t->depth++] = t->next++;
        return;
    }
    uint32_t child = t->stack[--t->depth];
    attach(t, child, move == MOVE_LEFT ? t->next : t->stack[t->depth - 1], label);
}
