/*
 * Trains the parser: train-tree OUT.bin SEEDS EPOCHS TRAIN.conllu...
 */
#include <stdio.h>
#include <stdlib.h>

#include "training/parsing.h"

enum { BANKS_MAX = 8, TABLE_BITS = 23, FOLDS = 5 };

int main(int argc, char **argv)
{
    static struct treebank banks[BANKS_MAX];
    if (argc < 5 || argc - 4 > BANKS_MAX) {
        fputs("usage: train-tree OUT.bin SEEDS EPOCHS TRAIN.conllu...\n", stderr);
        return 2;
    }
    uint32_t count = (uint32_t)argc - 4;
    struct tree_plan plan = {.table_bits = TABLE_BITS,
                             .first_seed = 1,
                             .seeds = (uint32_t)atoi(argv[2]),
                             .epochs = (uint32_t)atoi(argv[3]),
                             .folds = FOLDS};
    struct arena *a = must_have(arena_new((size_t)4 << 30));
    for (uint32_t i = 0; i < count; i++)
        treebank_read(a, argv[i + 4], &banks[i]);
    weights_write(argv[1], parser_train(a, banks, count, &plan));
    arena_free(a);
    return 0;
}
