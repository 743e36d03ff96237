#include "pipeline/tags.h"

#include "pipeline/lemmas.h"
#include "pipeline/tagger.h"
#include "pipeline/wordlist.h"

/* "|Osted| vowed": a capital at the start and a form that no list has is a name, whatever its
 * ending. */
static bool is_unknown_name(const struct document *doc, uint32_t i)
{
    const struct lexeme *x = &doc->words[i].lexeme;
    return (doc->tokens.at[i].shape & SHAPE_FIRST_UPPER) && x->pos == 0 && x->fine == 0;
}

/* "Vik |swore| to": a past form that is no infinitive, unless "to", "will" or "did" stands before
 * it. */
static bool is_past_form(const struct document *doc, uint32_t i)
{
    const struct token *t = &doc->tokens.at[i];
    const struct wordlist_row *row = wordlist_find(&wordlist_lemmas, t->norm);
    bool governed = i > 0 && (t[-1].xpos == XPOS_TO || t[-1].upos == UPOS_AUX);

    return (t->xpos == XPOS_VB || t->xpos == XPOS_VBP) && !governed && row &&
           row->values[0][0] != '-' && !text_is(t->norm, row->values[0]) &&
           !text_ends(t->norm, "s") && !text_ends(t->norm, "ing");
}

/* What the tagger, which has not met these words, gets wrong and the lists know. */
static void repair(struct document *doc)
{
    for (uint32_t s = 0; s < doc->sentences.count; s++) {
        uint32_t first = doc->sentences.at[s].first_token;
        uint32_t end = first + doc->sentences.at[s].token_count;
        for (uint32_t i = first; i < end; i++) {
            struct token *t = &doc->tokens.at[i];
            if (t->upos != UPOS_VERB)
                continue;
            if (i == first && is_unknown_name(doc, i)) {
                t->upos = UPOS_PROPN;
                t->xpos = XPOS_NNP;
            } else if (is_past_form(doc, i)) {
                t->xpos = XPOS_VBD;
            }
        }
    }
}

enum err tags_assign(struct arena *a, struct document *doc)
{
    struct weights weights = weights_embedded(WEIGHTS_TAGS);
    struct lexicon lexicon = weights_embedded(WEIGHTS_WORDS).lexicon;
    enum err err = words_describe(a, &lexicon, doc);
    if (err)
        return err;
    tagger_run(&weights, doc);
    repair(doc);
    return lemmas_assign(a, doc);
}
