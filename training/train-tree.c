/*
 * Trains the parser: train-tree MOVES.bin LABELS.bin SEEDS EPOCHS [web=]TRAIN.conllu... A treebank
 * of web text is learned in a style of its own (pipeline/tree_features.h).
 */
#include <stdio.h>
#include <stdlib.h>

#include "training/parsing.h"

enum { BANKS_MAX = 8, MOVE_BITS = 22, LABEL_BITS = 21, FOLDS = 5 };

static void read_bank(struct arena *a, const char *name, struct treebank *out)
{
    bool web = text_starts(text_of(name), "web=");
    treebank_read(a, web ? name + strlen("web=") : name, out);
    out->style = web ? STYLE_WEB : STYLE_EDITED;
}

int main(int argc, char **argv)
{
    static struct treebank banks[BANKS_MAX];
    struct text moves, labels;
    if (argc < 6 || argc - 5 > BANKS_MAX) {
        fputs("usage: train-tree MOVES.bin LABELS.bin SEEDS EPOCHS [web=]TRAIN.conllu...\n",
              stderr);
        return 2;
    }
    uint32_t count = (uint32_t)argc - 5;
    struct tree_plan plan = {.move_bits = MOVE_BITS,
                             .label_bits = LABEL_BITS,
                             .first_seed = 1,
                             .seeds = (uint32_t)atoi(argv[3]),
                             .epochs = (uint32_t)atoi(argv[4]),
                             .folds = FOLDS};
    struct arena *a = must_have(arena_new((size_t)4 << 30));
    for (uint32_t i = 0; i < count; i++)
        read_bank(a, argv[i + 5], &banks[i]);
    parser_train(a, banks, count, &plan, &moves, &labels);
    weights_write(argv[1], moves);
    weights_write(argv[2], labels);
    arena_free(a);
    return 0;
}
