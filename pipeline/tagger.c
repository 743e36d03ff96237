#include "pipeline/tagger.h"

#include "pipeline/tag_features.h"

void tagger_run_sentence(const struct weights *weights, struct document *doc,
                         const struct sentence *s)
{
    struct tag_context c = {.words = doc->words + s->first_token,
                            .count = s->token_count,
                            .casing = sentence_casing(doc, s)};
    struct rows rows;
    struct scores scores;

    for (c.at = 0; c.at < c.count; c.at++) {
        struct token *token = &doc->tokens.at[s->first_token + c.at];
        tag_features(&c, &rows);
        linear_score(&weights->model, &rows, &scores);
        uint32_t class = linear_best(&weights->model, &scores);
        token->upos = weights->pairs[class].first;
        token->xpos = weights->pairs[class].second;
        c.before2 = c.before1;
        c.before1 = class + 1;
    }
}

void tagger_run(const struct weights *weights, struct document *doc)
{
    for (uint32_t i = 0; i < doc->sentences.count; i++)
        tagger_run_sentence(weights, doc, &doc->sentences.at[i]);
}
