#include <stdio.h>
#include <string.h>

#include "pipeline/name_model.h"
#include "pipeline/names.h"
#include "training/evaluations.h"
#include "training/naming.h"

static const struct {
    const char *name, *path;
    enum name_source source;
    enum name_part part;
} sets[] = {
    {"wikigold", "ner/wikigold/all.bio", SOURCE_WIKIPEDIA, NAME_PART_ALL},
    {"uner-ewt dev", "ner/uner-ewt/dev.bio", SOURCE_WEB, NAME_PART_ALL},
    {"gmb-silver, held out", "ner/gmb-silver/train-a.bio", SOURCE_NEWS, NAME_PART_HELD_OUT},
    {"gmb-silver, held out", "ner/gmb-silver/train-b.bio", SOURCE_NEWS, NAME_PART_HELD_OUT},
};

/* A country is a place in these corpora. */
static enum name_class coarse(uint8_t class)
{
    return class == NAME_COUNTRY ? NAME_PLACE : (enum name_class) class;
}

static bool same_end(const struct token *at, const uint8_t *class, const bool *begins, uint32_t i,
                     uint32_t end)
{
    bool got_goes_on = i < end && coarse(at[i].name) != NAME_NONE && !at[i].name_begins;
    bool gold_goes_on = i < end && class[i] != NAME_NONE && !begins[i];
    return got_goes_on == gold_goes_on;
}

/* True if a name begins at `i` in both and ends in both at the same token with the same class. */
static bool same_name(const struct name_corpus *c, uint32_t i, uint32_t end)
{
    const struct token *at = c->bio.doc.tokens.at;
    if (!c->begins[i] || !at[i].name_begins || c->class[i] != coarse(at[i].name))
        return false;
    for (i++;; i++) {
        if (!same_end(at, c->class, c->begins, i, end))
            return false;
        if (i == end || c->class[i] == NAME_NONE || c->begins[i])
            return true;
    }
}

static void count_names(const struct name_corpus *c, struct count *counts)
{
    for (uint32_t s = 0; s < c->bio.doc.sentences.count; s++) {
        const struct sentence *in = &c->bio.doc.sentences.at[s];
        uint32_t end = in->first_token + in->token_count;
        for (uint32_t i = in->first_token; i < end; i++) {
            const struct token *token = &c->bio.doc.tokens.at[i];
            counts[c->class[i]].gold += c->begins[i];
            counts[coarse(token->name)].got += token->name_begins;
            counts[c->class[i]].right += same_name(c, i, end);
        }
    }
}

enum { BY_RULES, BY_MODEL, BY_BOTH, WAYS };

static void print_names(const char *name, const char *by, const struct count *counts)
{
    static const enum name_class shown[] = {NAME_PERSON, NAME_ORGANISATION, NAME_PLACE,
                                            NAME_NATIONALITY};
    struct count all = {0, 0, 0};
    printf("%-24s %-6s", name, by);
    for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
        struct count x = counts[shown[i]];
        if (x.gold == 0)
            continue;
        printf("  %s %5.1f", name_class_names[shown[i]], count_f1(x));
        all = (struct count){all.right + x.right, all.got + x.got, all.gold + x.gold};
    }
    printf("  all %5.1f\n", count_f1(all));
}

static void add_file(const char *corpora, size_t set, const struct weights *names,
                     struct count (*counts)[NAME_CLASS_COUNT])
{
    char path[4096];
    struct arena *a = must_have(arena_new((size_t)1 << 30));
    struct name_corpus c;
    snprintf(path, sizeof(path), "%s/%s", corpora, sets[set].path);
    name_corpus_read(a, path, sets[set].source, sets[set].part, &c);
    count_names(&c, counts[BY_RULES]);
    must_succeed(name_model_mark(a, names, &c.bio.doc));
    count_names(&c, counts[BY_MODEL]);
    name_corpus_mark(a, &c, names_mark);
    count_names(&c, counts[BY_BOTH]);
    arena_free(a);
}

/* Files of one name are one set. */
void evaluate_names(const char *corpora, const struct weights *names)
{
    static const char *const ways[WAYS] = {"rules", "model", "both"};
    static struct count counts[WAYS][NAME_CLASS_COUNT];
    size_t files = sizeof(sets) / sizeof(sets[0]);

    for (size_t i = 0; i < files; i++) {
        if (i == 0 || strcmp(sets[i].name, sets[i - 1].name) != 0)
            memset(counts, 0, sizeof(counts));
        add_file(corpora, i, names, counts);
        if (i + 1 < files && strcmp(sets[i].name, sets[i + 1].name) == 0)
            continue;
        for (int way = 0; way < WAYS; way++)
            print_names(sets[i].name, ways[way], counts[way]);
    }
}
