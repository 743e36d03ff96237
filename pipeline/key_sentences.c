#include "pipeline/key_sentences.h"

/* The sentence that holds byte `at`. */
static uint32_t sentence_at(const struct document *doc, uint32_t at)
{
    uint32_t low = 0, high = doc->sentences.count;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (doc->sentences.at[mid].span.end <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void add_at(double *scores, const struct document *doc, uint32_t byte, double value)
{
    uint32_t s = sentence_at(doc, byte);
    if (s < doc->sentences.count)
        scores[s] += value;
}

static void score_all(const struct document *doc, const struct actors *actors,
                      const struct commitments *commitments, double *scores)
{
    for (uint32_t i = 0; i < commitments->count; i++) {
        const struct commitment *c = &commitments->at[i];
        add_at(scores, doc, c->evidence.start,
               (c->same_as == NO_COMMITMENT ? 1.0 : 0.3) * c->confidence);
    }
    for (uint32_t i = 0; i < actors->count; i++)
        for (uint32_t m = 0; m < actors->at[i].mention_count; m++)
            /* A sentence that stands alone has to name whom it is about: pronouns do not count. */
            if (actors->at[i].mentions[m].kind != MENTION_PRONOUN)
                add_at(scores, doc, actors->at[i].mentions[m].span.start,
                       0.25 * actors->at[i].salience);
    double lead = 1.5;
    for (uint32_t s = 0; s < doc->sentences.count; s++) {
        bool body = doc->paragraphs.at[doc->sentences.at[s].paragraph].kind == PARAGRAPH_BODY;
        scores[s] = body ? scores[s] + lead : -1.0;
        if (body)
            lead *= 0.5;
    }
}

/* The best sentence behind none of which a better one stands; -1 marks what is taken. */
static uint32_t take_best(double *scores, uint32_t count)
{
    uint32_t best = count;

    for (uint32_t s = 0; s < count; s++)
        if (scores[s] > 0 && (best == count || scores[s] > scores[best]))
            best = s;
    if (best < count)
        scores[best] = -1.0;
    return best;
}

enum err key_sentences_choose(struct arena *a, const struct document *doc,
                              const struct actors *actors, const struct commitments *commitments,
                              struct spans *out)
{
    double *scores = ARENA_ARRAY(a, double, doc->sentences.count + 1);
    bool *taken = ARENA_ARRAY(a, bool, doc->sentences.count + 1);
    struct spans spans = {ARENA_ARRAY(a, struct span, KEY_SENTENCES_MAX), 0};

    if (!scores || !taken || !spans.at)
        return ERR_NO_MEMORY;
    score_all(doc, actors, commitments, scores);
    for (unsigned n = 0; n < KEY_SENTENCES_MAX; n++)
        taken[take_best(scores, doc->sentences.count)] = true;
    for (uint32_t s = 0; s < doc->sentences.count; s++)
        if (taken[s])
            spans.at[spans.count++] = doc->sentences.at[s].span;
    *out = spans;
    return ERR_OK;
}
