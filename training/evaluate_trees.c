#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>

#include "pipeline/lemmas.h"
#include "pipeline/tagger.h"
#include "pipeline/tree.h"
#include "pipeline/tree_repair.h"
#include "training/conllu.h"
#include "training/evaluations.h"
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

static struct count count_relation(const struct document *gold, const struct document *got,
                                   enum deprel deprel)
{
    struct count c = {0, 0, 0};
    for (uint32_t i = 0; i < gold->tokens.count; i++) {
        const struct token *x = &gold->tokens.at[i], *y = &got->tokens.at[i];
        c.gold += x->deprel == deprel;
        c.got += y->deprel == deprel;
        c.right += x->deprel == deprel && y->deprel == deprel && x->head == y->head;
    }
    return c;
}

static void print_tree(const struct document *gold, const struct document *got, double spent)
{
    static const enum deprel shown[] = {DEPREL_CCOMP, DEPREL_XCOMP,    DEPREL_ADVCL, DEPREL_CONJ,
                                        DEPREL_APPOS, DEPREL_NSUBJ,    DEPREL_OBJ,   DEPREL_OBL,
                                        DEPREL_NMOD,  DEPREL_ACL_RELCL};
    uint32_t uas = 0, las = 0, count = gold->tokens.count;
    for (uint32_t i = 0; i < count; i++) {
        const struct token *x = &gold->tokens.at[i], *y = &got->tokens.at[i];
        uas += x->head == y->head;
        las += x->head == y->head && x->deprel == y->deprel;
    }
    printf("%20s  UAS  %5.2f  LAS  %5.2f  (%.0f/s) F1:", "", percent(uas, count),
           percent(las, count), count / spent);
    for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
        printf(" %s %.1f", deprel_names[shown[i]], count_f1(count_relation(gold, got, shown[i])));
    printf("\n");
}

static void evaluate_set(const char *corpora, uint32_t set, const struct weights *weights)
{
    char path[4096];
    struct document gold;
    struct lexicon lexicon = weights_embedded(WEIGHTS_WORDS).lexicon;
    struct arena *a = must_have(arena_new((size_t)1 << 30));

    snprintf(path, sizeof(path), "%s/%s", corpora, sets[set].path);
    conllu_read(a, path, sets[set].recase, &gold);
    struct document got = document_copy(a, &gold);
    double start = seconds();
    must_succeed(words_describe(a, &lexicon, &got));
    tagger_run(&weights[WEIGHTS_TAGS], &got);
    must_succeed(lemmas_assign(a, &got));
    print_tags(sets[set].name, &gold, &got, seconds() - start);
    start = seconds();
    must_succeed(tree_parse_with(a, &weights[WEIGHTS_MOVES], &weights[WEIGHTS_LABELS], &got));
    must_succeed(tree_repair(a, &got));
    print_tree(&gold, &got, seconds() - start);
    if (getenv("DUMP")) {
        snprintf(path, sizeof(path), "%s.%u", getenv("DUMP"), set);
        FILE *f = fopen(path, "w");
        for (uint32_t i = 0; i < gold.sentences.count; i++) {
            const struct sentence *s = &gold.sentences.at[i];
            for (uint32_t k = s->first_token; k < s->first_token + s->token_count; k++) {
                const struct token *x = &gold.tokens.at[k], *y = &got.tokens.at[k];
                struct text form = token_text(&gold, k);
                fprintf(f, "%u\t%.*s\t%s\t%s\t%d\t%s\t%s\t%s\t%d\t%s\n", k - s->first_token + 1,
                        (int)form.len, form.bytes, upos_names[x->upos], xpos_names[x->xpos],
                        x->head == NO_HEAD ? 0 : (int)(x->head - s->first_token + 1),
                        deprel_names[x->deprel], upos_names[y->upos], xpos_names[y->xpos],
                        y->head == NO_HEAD ? 0 : (int)(y->head - s->first_token + 1),
                        deprel_names[y->deprel]);
            }
            fprintf(f, "\n");
        }
        fclose(f);
    }
    arena_free(a);
}

void evaluate_trees(const char *corpora, const struct weights *weights)
{
    for (uint32_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
        evaluate_set(corpora, i, weights);
}
