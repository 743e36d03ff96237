/*
 * Prints how well the models do on the sets that are never trained on: evaluate CORPORA [TAGS.bin].
 */
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>

#include "pipeline/lemmas.h"
#include "pipeline/tagger.h"
#include "training/conllu.h"
#include "training/perceptron.h"

static const struct {
    const char *name, *path;
    enum recase recase;
} sets[] = {
    {"EWT dev", "treebanks/ewt/dev.conllu", RECASE_NONE},
    {"EWT test", "treebanks/ewt/test.conllu", RECASE_NONE},
    {"GUM dev", "treebanks/gum-open/dev.conllu", RECASE_NONE},
    {"GUM dev, Title Case", "treebanks/gum-open/dev.conllu", RECASE_TITLE},
    {"GUM dev, lower case", "treebanks/gum-open/dev.conllu", RECASE_LOWER},
};

static struct document copy_tokens(struct arena *a, const struct document *gold)
{
    struct document doc = *gold;
    doc.tokens.at = must_have(ARENA_ARRAY(a, struct token, gold->tokens.count));
    memcpy(doc.tokens.at, gold->tokens.at, gold->tokens.count * sizeof(struct token));
    return doc;
}

static double percent(uint32_t part, uint32_t whole)
{
    return 100.0 * part / whole;
}

/* The service's lemmas are in lower case. */
static bool same_lemma(struct text gold, struct text got)
{
    return gold.len == got.len && strncasecmp(gold.bytes, got.bytes, got.len) == 0;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void print_tags(const char *name, const struct document *gold, const struct document *got,
                       double spent)
{
    uint32_t upos = 0, xpos = 0, lemma = 0, count = gold->tokens.count;
    for (uint32_t i = 0; i < count; i++) {
        upos += gold->tokens.at[i].upos == got->tokens.at[i].upos;
        xpos += gold->tokens.at[i].xpos == got->tokens.at[i].xpos;
        lemma += same_lemma(gold->tokens.at[i].lemma, got->tokens.at[i].lemma);
    }
    printf("%-20s  UPOS %5.2f  XPOS %5.2f  lemmas %5.2f  (%u tokens, %.0f/s)\n", name,
           percent(upos, count), percent(xpos, count), percent(lemma, count), count, count / spent);
}

static void evaluate_set(const char *corpora, uint32_t set, const struct weights *tags)
{
    char path[4096];
    struct document gold;
    struct word *words;
    struct arena *a = must_have(arena_new((size_t)1 << 30));

    snprintf(path, sizeof(path), "%s/%s", corpora, sets[set].path);
    conllu_read(a, path, sets[set].recase, &gold);
    struct document got = copy_tokens(a, &gold);
    double start = seconds();
    if (words_describe(a, &got, &words) != ERR_OK)
        must_have(NULL);
    tagger_run(tags, words, &got);
    if (lemmas_assign(a, &got) != ERR_OK)
        must_have(NULL);
    print_tags(sets[set].name, &gold, &got, seconds() - start);
    arena_free(a);
}

static struct weights read_weights(struct arena *a, const char *path, enum weights_kind kind)
{
    struct weights out;
    const char *why;
    struct text file = file_read(a, path);
    if (weights_open(file, kind, &out, &why) == ERR_OK)
        return out;
    fprintf(stderr, "%s: %s\n", path, why);
    exit(1);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: evaluate CORPORA [TAGS.bin]\n", stderr);
        return 2;
    }
    struct arena *a = must_have(arena_new((size_t)1 << 30));
    struct weights tags =
        argc > 2 ? read_weights(a, argv[2], WEIGHTS_TAGS) : weights_embedded(WEIGHTS_TAGS);
    for (uint32_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
        evaluate_set(argv[1], i, &tags);
    arena_free(a);
    return 0;
}
