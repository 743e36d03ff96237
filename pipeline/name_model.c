#include "pipeline/name_model.h"

#include "pipeline/name_features.h"

/* The best class that may follow `before`; at the end of a sentence no name stays open. */
static uint32_t choose(const struct weights *weights, const struct scores *scores, uint32_t before,
                       bool last)
{
    struct class_pair from = {NAME_OUTSIDE, NAME_NONE};
    uint32_t best = UINT32_MAX;
    if (before > 0)
        from = weights->pairs[before - 1];
    for (uint32_t c = 0; c < weights->model.classes; c++) {
        struct class_pair to = weights->pairs[c];
        bool opens = to.first == NAME_FIRST || to.first == NAME_INSIDE;
        if ((last && opens) || !name_follows((enum name_place)from.first, from.second,
                                             (enum name_place)to.first, to.second))
            continue;
        if (best == UINT32_MAX || scores->at[c] > scores->at[best])
            best = c;
    }
    return best;
}

static void label_sentence(const struct weights *weights, struct name_context *c, uint8_t *classes)
{
    struct rows rows;
    struct scores scores;

    for (c->at = 0; c->at < c->count; c->at++) {
        name_features(c, &rows);
        linear_score(&weights->model, &rows, &scores);
        uint32_t class = choose(weights, &scores, c->before1, c->at + 1 == c->count);
        classes[c->at] = (uint8_t) class;
        c->before2 = c->before1;
        c->before1 = class + 1;
    }
}

static void write_marks(const struct weights *weights, const uint8_t *classes, struct token *tokens,
                        uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct class_pair pair = weights->pairs[classes[i]];
        tokens[i].name = pair.second;
        tokens[i].name_begins = pair.first == NAME_FIRST || pair.first == NAME_ALONE;
    }
}

/* Title Case and capitals hide what is a name: there the rules, which trust lists only, stand. */
static bool tells_by_capitals(enum casing casing)
{
    return casing != CASING_TITLE && casing != CASING_UPPER;
}

enum err name_model_mark(struct arena *a, const struct weights *weights, struct document *doc)
{
    uint8_t *listed = ARENA_ARRAY(a, uint8_t, doc->tokens.count);
    uint8_t *classes = ARENA_ARRAY(a, uint8_t, doc->tokens.count);
    if (!listed || !classes)
        return ERR_NO_MEMORY;
    name_look_up(doc, listed);
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        const struct sentence *s = &doc->sentences.at[i];
        struct name_context c = {.words = doc->words + s->first_token,
                                 .tokens = doc->tokens.at + s->first_token,
                                 .listed = listed + s->first_token,
                                 .count = s->token_count,
                                 .casing = sentence_casing(doc, s)};
        if (!tells_by_capitals(c.casing))
            continue;
        label_sentence(weights, &c, classes + s->first_token);
        write_marks(weights, classes + s->first_token, doc->tokens.at + s->first_token, c.count);
    }
    return ERR_OK;
}
