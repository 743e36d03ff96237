#include <stdio.h>
#include <time.h>

#include "pipeline/names.h"
#include "pipeline/sentences.h"
#include "pipeline/tags.h"
#include "pipeline/text.h"
#include "pipeline/tokens.h"
#include "pipeline/tree.h"
#include "training/conllu.h"
#include "training/evaluations.h"
#include "training/perceptron.h"

enum { ROUNDS = 20 };

static const char *const sets[][2] = {
    {"GUM dev", "treebanks/gum-open/dev.conllu"},
    {"EWT dev", "treebanks/ewt/dev.conllu"},
};

static void cut(struct arena *a, struct text text, struct document *out)
{
    *out = (struct document){.text = text};
    must_succeed(text_paragraphs(a, text, &out->paragraphs, &out->title));
    must_succeed(sentences_cut(a, out, &out->sentences));
    must_succeed(tokens_cut(a, out, &out->tokens));
}

static bool span_before(struct span x, struct span y)
{
    return x.start != y.start ? x.start < y.start : x.end < y.end;
}

static struct count count_tokens(const struct document *gold, const struct document *got)
{
    struct count c = {0, got->tokens.count, gold->tokens.count};
    for (uint32_t i = 0, k = 0; i < c.gold && k < c.got;) {
        struct span x = gold->tokens.at[i].span, y = got->tokens.at[k].span;
        c.right += x.start == y.start && x.end == y.end;
        bool behind = span_before(x, y), ahead = span_before(y, x);
        i += !ahead;
        k += !behind;
    }
    return c;
}

static struct count count_sentences(const struct document *gold, const struct document *got)
{
    struct count c = {0, got->sentences.count, gold->sentences.count};
    for (uint32_t i = 0, k = 0; i < c.gold && k < c.got;) {
        struct span x = gold->sentences.at[i].span, y = got->sentences.at[k].span;
        c.right += x.start == y.start && x.end == y.end;
        bool behind = span_before(x, y), ahead = span_before(y, x);
        i += !ahead;
        k += !behind;
    }
    return c;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Every stage of the language core on one core, warm. */
static void print_speed(struct text text)
{
    double start = seconds();
    uint64_t tokens = 0;
    size_t memory = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct arena *a = must_have(arena_new((size_t)1 << 30));
        struct document doc;
        cut(a, text, &doc);
        must_succeed(tags_assign(a, &doc));
        must_succeed(tree_parse(a, &doc));
        must_succeed(names_mark(a, &doc));
        tokens += doc.tokens.count;
        memory = arena_used(a);
        arena_free(a);
    }
    printf("all stages: %.0f tokens/s of CPU time, %.0f bytes of arena a byte of text\n",
           (double)tokens / (seconds() - start), (double)memory / text.len);
}

void evaluate_text(const char *corpora)
{
    char path[4096];
    for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
        struct arena *a = must_have(arena_new((size_t)1 << 30));
        struct document gold, got;
        snprintf(path, sizeof(path), "%s/%s", corpora, sets[i][1]);
        conllu_read(a, path, RECASE_NONE, &gold);
        cut(a, gold.text, &got);
        printf("%-20s  from raw text: tokens %5.2f  sentences %5.2f\n", sets[i][0],
               count_f1(count_tokens(&gold, &got)), count_f1(count_sentences(&gold, &got)));
        if (i == 0)
            print_speed(gold.text);
        arena_free(a);
    }
}
