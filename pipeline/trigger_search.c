#include "pipeline/trigger_search.h"

#include "pipeline/clause.h"

static const struct range nothing = {0, 0};

static uint8_t xpos(const struct document *doc, uint32_t i)
{
    return doc->tokens.at[i].xpos;
}

enum commitment_type trigger_type(const struct wordlist_row *row)
{
    for (unsigned t = 0; t < COMMITMENT_TYPE_COUNT; t++)
        if (row_says(row, 0, commitment_type_names[t]))
            return (enum commitment_type)t;
    return COMMITMENT_PLAN;
}

bool trigger_has_frame(const struct wordlist_row *row, const char *frame)
{
    return row_lists(row, 1, frame);
}

bool trigger_negated_before(const struct document *doc, uint32_t i)
{
    uint32_t floor = words_near(doc, i).first;

    for (uint32_t k = i; k > floor && i - k < 4; k--) {
        if (word_among(doc, k - 1, " not n't never no "))
            return true;
        if (!word_verb(doc, k - 1) && doc->tokens.at[k - 1].upos != UPOS_ADV)
            break;
    }
    return false;
}

struct candidate *trigger_put(struct search *f, struct candidate c)
{
    if (f->count == CANDIDATES_MAX || range_empty(c.action))
        return NULL;
    /* One action is undertaken once, by the word nearest to it: "announced plans to |cut|". */
    if (f->count && f->at[f->count - 1].action.first == c.action.first && c.frame != FRAME_EVENT &&
        f->at[f->count - 1].frame != FRAME_EVENT)
        f->count--;
    f->at[f->count] = c;
    return &f->at[f->count++];
}

/* "… and |train| 500 officers": the same trigger, another verb. */
void trigger_put_joined(struct search *f, struct candidate c)
{
    for (unsigned n = 0; n < 3; n++) {
        uint32_t verb = clause_joined_verb(f->doc, c.action);
        if (verb == NO_HEAD)
            return;
        c.frame = FRAME_JOINED;
        c.action = clause_action(f->doc, verb, f->scene->dates);
        if (!trigger_put(f, c))
            return;
    }
}

bool trigger_passive_action(const struct document *doc, struct range action)
{
    uint32_t i = action.first;
    if (!word_is(doc, i, "be"))
        return false;
    for (i++; i < action.end && doc->tokens.at[i].upos == UPOS_ADV; i++)
        continue;
    return i < action.end && xpos(doc, i) == XPOS_VBN;
}

/* "Russia's plan", "its plan", "announced plans", "plans are", else nothing. */
struct range trigger_holder(const struct document *doc, uint32_t noun)
{
    uint32_t floor = words_near(doc, noun).first;
    uint32_t i = noun;

    for (; i > floor && noun - i < 6; i--) {
        if (xpos(doc, i - 1) == XPOS_PRPS)
            return (struct range){i - 1, i};
        if (word_among(doc, i - 1, " 's ' "))
            return clause_phrase_before(doc, floor, i - 1);
        if (word_verb(doc, i - 1) && xpos(doc, i - 1) != XPOS_VBN && xpos(doc, i - 1) != XPOS_VBG)
            break;
        if (xpos(doc, i - 1) == XPOS_TO || doc->tokens.at[i - 1].upos == UPOS_PUNCT)
            return nothing;
    }
    return i > floor && word_verb(doc, i - 1) ? clause_subject(doc, i - 1) : nothing;
}

/* Widens the trigger over what makes it: "are expected to", "stand ready", "has refused". */
struct range trigger_words(const struct document *doc, uint32_t word, uint32_t verb)
{
    struct range r = {clause_group_start(doc, word), word + 1};
    uint32_t floor = words_near(doc, word).first;

    if (r.first == word && word > floor && word_among(doc, word - 1, " stand stands stood "))
        r.first--;
    if (verb == word + 2)
        r.end = verb;
    if (r.end - r.first > 6)
        r.first = word;
    return r;
}
