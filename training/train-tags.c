/*
 * Trains the tagger: train-tags OUT.bin SEEDS EPOCHS TRAIN.conllu...
 */
#include <stdio.h>
#include <stdlib.h>

#include "training/tagging.h"

enum { BANKS_MAX = 8, TABLE_BITS = 21, TITLE_PERCENT = 20, LOWER_PERCENT = 12 };

int main(int argc, char **argv)
{
    static struct treebank banks[BANKS_MAX];
    if (argc < 5 || argc - 4 > BANKS_MAX) {
        fputs("usage: train-tags OUT.bin SEEDS EPOCHS TRAIN.conllu...\n", stderr);
        return 2;
    }
    uint32_t count = (uint32_t)argc - 4;
    struct tag_plan plan = {.table_bits = TABLE_BITS,
                            .seeds = (uint32_t)atoi(argv[2]),
                            .epochs = (uint32_t)atoi(argv[3]),
                            .title_percent = TITLE_PERCENT,
                            .lower_percent = LOWER_PERCENT};
    struct arena *a = must_have(arena_new((size_t)4 << 30));
    for (uint32_t i = 0; i < count; i++)
        treebank_read(a, argv[i + 4], &banks[i]);
    weights_write(argv[1], tagger_train(banks, count, &plan));
    arena_free(a);
    return 0;
}
