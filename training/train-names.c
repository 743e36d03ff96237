/*
 * Trains the name finder: train-names OUT.bin SEEDS EPOCHS CORPORA
 */
#include <stdio.h>
#include <stdlib.h>

#include "training/naming.h"

enum { TABLE_BITS = 20 };

static const struct {
    const char *path;
    enum name_source source;
    enum name_part part;
} files[] = {
    {"ner/gmb-silver/train-a.bio", SOURCE_NEWS, NAME_PART_REST},
    {"ner/gmb-silver/train-b.bio", SOURCE_NEWS, NAME_PART_REST},
    {"ner/uner-ewt/train.bio", SOURCE_WEB, NAME_PART_ALL},
    {"ner/gum-open-derived/train.bio", SOURCE_GUM, NAME_PART_ALL},
    {"ner/wnut17/train.bio", SOURCE_SOCIAL, NAME_PART_ALL},
    {"ner/crossner-politics/train.bio", SOURCE_WIKIPEDIA, NAME_PART_ALL},
    {"ner/crossner-other/train.bio", SOURCE_WIKIPEDIA, NAME_PART_ALL},
};

enum { FILES = sizeof(files) / sizeof(files[0]) };

int main(int argc, char **argv)
{
    static struct name_corpus corpora[FILES];
    char path[4096];
    if (argc != 5) {
        fputs("usage: train-names OUT.bin SEEDS EPOCHS CORPORA\n", stderr);
        return 2;
    }
    struct name_plan plan = {.table_bits = TABLE_BITS,
                             .seeds = (uint32_t)atoi(argv[2]),
                             .epochs = (uint32_t)atoi(argv[3])};
    struct arena *a = must_have(arena_new((size_t)4 << 30));
    for (uint32_t i = 0; i < FILES; i++) {
        snprintf(path, sizeof(path), "%s/%s", argv[4], files[i].path);
        name_corpus_read(a, path, files[i].source, files[i].part, &corpora[i]);
    }
    weights_write(argv[1], names_train(corpora, FILES, &plan));
    arena_free(a);
    return 0;
}
