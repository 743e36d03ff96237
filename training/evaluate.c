/*
 * Prints how well the models do on the sets that are never trained on: evaluate CORPORA
 * [KIND=FILE]… KIND is tags, moves, labels or names; such a file takes the place of the embedded
 * weights.
 */
#include <stdio.h>
#include <stdlib.h>

#include "training/conllu.h"
#include "training/evaluations.h"
#include "training/perceptron.h"

static const struct {
    const char *prefix;
    enum weights_kind kind;
} options[] = {{"tags=", WEIGHTS_TAGS},
               {"moves=", WEIGHTS_MOVES},
               {"labels=", WEIGHTS_LABELS},
               {"names=", WEIGHTS_NAMES}};

static void read_weights(struct arena *a, const char *path, enum weights_kind kind,
                         struct weights *out)
{
    const char *why;
    if (weights_open(file_read(a, path), kind, out, &why) == ERR_OK)
        return;
    fprintf(stderr, "%s: %s\n", path, why);
    exit(1);
}

int main(int argc, char **argv)
{
    struct weights weights[WEIGHTS_KIND_COUNT];
    if (argc < 2) {
        fputs("usage: evaluate CORPORA [tags=FILE] [moves=FILE] [labels=FILE] [names=FILE]\n",
              stderr);
        return 2;
    }
    struct arena *a = must_have(arena_new((size_t)1 << 30));
    for (int kind = 0; kind < WEIGHTS_KIND_COUNT; kind++)
        weights[kind] = weights_embedded((enum weights_kind)kind);
    for (int i = 2; i < argc; i++)
        for (size_t k = 0; k < sizeof(options) / sizeof(options[0]); k++)
            if (text_starts(text_of(argv[i]), options[k].prefix))
                read_weights(a, argv[i] + strlen(options[k].prefix), options[k].kind,
                             &weights[options[k].kind]);
    evaluate_text(argv[1]);
    evaluate_trees(argv[1], weights);
    evaluate_names(argv[1], &weights[WEIGHTS_NAMES]);
    arena_free(a);
    return 0;
}
