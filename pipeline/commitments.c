/*
 * Finds candidates, reads their parts, decides which are commitments, and writes those down.
 */
#include "pipeline/commitments.h"

#include "pipeline/clause.h"
#include "pipeline/commitment_parts.h"
#include "pipeline/commitment_score.h"
#include "pipeline/lookup.h"
#include "pipeline/pronouns.h"
#include "pipeline/quantities.h"
#include "pipeline/triggers.h"

enum {
    LOOK_BACK = 64, /* so many earlier commitments are compared for being told again */
    WORDS_COMPARED_MAX = 24,
    PER_SENTENCE_MAX =
        12, /* each repeats its sentence: a text without full stops must not explode */
};

const double commitments_accept_from = 0.3;
static const double same_from = 0.5; /* share of content words in common */

struct draft {
    const struct candidate *candidate;
    struct parts parts;
    struct commitment_score score;
};

static enum err list_of(struct arena *a, const struct found *f, struct actor_list *out)
{
    struct actor_list list = {ARENA_ARRAY(a, uint32_t, f->count + 1), f->count};

    if (!list.at)
        return ERR_NO_MEMORY;
    memcpy(list.at, f->at, f->count * sizeof(*list.at));
    *out = list;
    return ERR_OK;
}

static struct text lemma_of_saying(const struct scene *s, const struct parts *p)
{
    return p->saying == NO_HEAD ? (struct text){NULL, 0} : word_lemma(s->doc, p->saying);
}

/* What the words around leave of the type that the trigger proposes. */
static enum commitment_type type_of(const struct scene *s, const struct draft *d)
{
    const struct candidate *c = d->candidate;
    struct text saying = lemma_of_saying(s, &d->parts);
    uint32_t verb = parts_action_word(s->doc, c->action);

    if (c->kind == TRIGGER_MODAL && word_among(s->doc, verb, " refrain refuse reject "))
        return COMMITMENT_REFUSAL;
    if (c->kind == TRIGGER_MODAL && !c->negative &&
        word_among(s->doc, verb, " attack destroy retaliate bomb strike punish obliterate avenge "))
        return COMMITMENT_THREAT;

    if (c->type == COMMITMENT_PLEDGE && c->kind == TRIGGER_MODAL) {
        if ((text_is(saying, "threaten") || text_is(saying, "warn")) &&
            commitment_gives_own_word(s, &d->parts))
            return COMMITMENT_THREAT;
        if (text_is(saying, "agree"))
            return COMMITMENT_AGREEMENT;
        return d->score.pledge >= 0.5 ? COMMITMENT_PLEDGE : COMMITMENT_PLAN;
    }
    return c->type;
}

static bool is_tentative(const struct scene *s, const struct candidate *c)
{
    return word_among(
               s->doc, c->word,
               " hope hopes hoped seek seeks sought seeking want wants wanted aim aims aimed "
               "consider considering considers considered proposed propose proposes goal "
               "ambition expected expects anticipated trying try ") ||
           (c->word + 1 < s->doc->tokens.count &&
            word_among(s->doc, c->word + 1, " likely probably possibly perhaps "));
}

static enum strength strength_of(const struct scene *s, const struct draft *d)
{
    if (!range_empty(d->parts.condition))
        return STRENGTH_CONDITIONAL;
    return is_tentative(s, d->candidate) ? STRENGTH_TENTATIVE : STRENGTH_FIRM;
}

static unsigned missing_of(const struct commitment *c)
{
    return (c->actors.count ? 0u : MISSING_ACTOR) | (c->quantity_count ? 0u : MISSING_QUANTITY) |
           (c->due_edtf.bytes ? 0u : MISSING_DUE);
}

static enum err write_one(struct scene *s, const struct draft *d, struct commitment *out)
{
    const struct candidate *c = d->candidate;
    const struct document *doc = s->doc;
    struct quantities q;

    if (list_of(s->arena, &d->parts.bound, &out->actors) != ERR_OK ||
        list_of(s->arena, &d->parts.receivers, &out->beneficiaries) != ERR_OK ||
        quantities_find(s->arena, doc, s->dates, c->action, &q) != ERR_OK)
        return ERR_NO_MEMORY;
    out->type = type_of(s, d);
    out->speaker = d->parts.speaker;
    out->contested_by = (struct actor_list){NULL, 0};
    out->action = words_span(doc, c->action);
    out->trigger = words_span(doc, c->trigger);
    out->evidence = doc->sentences.at[doc->tokens.at[c->word].sentence].span;
    out->due_edtf = d->parts.due.edtf;
    out->due_date = d->parts.due.date;
    out->quantities = q.at;
    out->quantity_count = q.count;
    out->negative = c->negative;
    out->strength = strength_of(s, d);
    out->condition =
        range_empty(d->parts.condition) ? (struct span){0, 0} : words_span(doc, d->parts.condition);
    out->quoted = s->quoted[c->word];
    out->same_as = NO_COMMITMENT;
    out->confidence = d->score.confidence;
    out->missing = missing_of(out);
    return ERR_OK;
}

/* The lemmas of the action that carry meaning. */
static uint32_t content_words(const struct document *doc, struct range action,
                              struct text words[WORDS_COMPARED_MAX])
{
    uint32_t n = 0;

    for (uint32_t i = action.first; i < action.end && n < WORDS_COMPARED_MAX; i++)
        if ((word_noun(doc, i) || word_verb(doc, i) || doc->tokens.at[i].upos == UPOS_NUM) &&
            !word_row(doc, i, &wordlist_function_words))
            words[n++] = word_lemma(doc, i);
    return n;
}

/* Dice's coefficient of the content words of two actions. */
static double likeness(const struct document *doc, struct range a, struct range b)
{
    struct text in_a[WORDS_COMPARED_MAX], in_b[WORDS_COMPARED_MAX];
    uint32_t n = content_words(doc, a, in_a), m = content_words(doc, b, in_b), common = 0;

    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < m; k++)
            if (text_equal(in_a[i], in_b[k])) {
                common++;
                break;
            }
    return n + m ? 2.0 * common / (n + m) : 0;
}

static bool share_actor(const struct commitment *a, const struct commitment *b)
{
    for (uint32_t i = 0; i < a->actors.count; i++)
        for (uint32_t k = 0; k < b->actors.count; k++)
            if (a->actors.at[i] == b->actors.at[k])
                return true;
    return false;
}

/* The first telling of what the commitment at `i` tells again, or NO_COMMITMENT. */
static uint32_t told_before(const struct document *doc, const struct draft *drafts,
                            const struct commitment *list, uint32_t i)
{
    for (uint32_t k = i > LOOK_BACK ? i - LOOK_BACK : 0; k < i; k++)
        if (list[k].negative == list[i].negative && share_actor(&list[k], &list[i]) &&
            likeness(doc, drafts[k].candidate->action, drafts[i].candidate->action) >= same_from)
            return list[k].same_as == NO_COMMITMENT ? k : list[k].same_as;
    return NO_COMMITMENT;
}

/* A day told at one telling of an undertaking holds for the other. */
static void share_due(struct commitment *first, struct commitment *again)
{
    struct commitment *from = first->due_edtf.bytes ? first : again;
    struct commitment *to = first->due_edtf.bytes ? again : first;

    if (!from->due_edtf.bytes || to->due_edtf.bytes)
        return;
    to->due_edtf = from->due_edtf;
    to->due_date = from->due_date;
    to->missing &= ~(unsigned)MISSING_DUE;
}

static enum err write_all(struct scene *s, const struct draft *drafts, uint32_t count,
                          struct commitments *out)
{
    struct commitments c = {ARENA_ARRAY(s->arena, struct commitment, count + 1), count};

    if (!c.at)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++) {
        if (write_one(s, &drafts[i], &c.at[i]) != ERR_OK)
            return ERR_NO_MEMORY;
        c.at[i].same_as = told_before(s->doc, drafts, c.at, i);
        if (c.at[i].same_as != NO_COMMITMENT)
            share_due(&c.at[c.at[i].same_as], &c.at[i]);
    }
    *out = c;
    return ERR_OK;
}

static uint32_t sentence_of(const struct document *doc, const struct candidate *c)
{
    return doc->tokens.at[c->word].sentence;
}

/* "Prices will rise, |economists| said": they know, or guess, what others do. */
static bool forecaster_says(const struct scene *s, const struct candidate *c, const struct parts *p)
{
    const struct document *doc = s->doc;
    struct range who = p->saying == NO_HEAD ? (struct range){0, 0} : scene_sayer(doc, p->saying);

    if (range_empty(who) || range_empty(c->subject) ||
        doc->tokens.at[c->subject.first].upos == UPOS_PRON)
        return false;
    return wordlist_find(&wordlist_forecasters, word_lemma(doc, clause_head(doc, who)));
}

bool commitment_is_forecast(const struct scene *s, const struct candidate *c,
                            const struct parts *parts)
{
    const struct document *doc = s->doc;
    uint32_t floor = words_near(doc, c->word).first;
    uint32_t from = range_empty(c->subject) ? c->word : c->subject.first;

    if ((from > floor && word_is(doc, from - 1, "whether")) || forecaster_says(s, c, parts))
        return true;
    if (from > floor && word_is(doc, from - 1, "that"))
        from--;
    return from > floor && from <= c->word && doc->tokens.at[from - 1].upos == UPOS_VERB &&
           wordlist_find(&wordlist_forecast_verbs, word_lemma(doc, from - 1)) &&
           !commitment_gives_own_word(s, parts);
}

bool commitment_binds_nobody(const struct scene *s, const struct candidate *c,
                             const struct parts *p)
{
    const struct document *doc = s->doc;

    if (!word_among(doc, c->word, " will would wo 'll ") || p->bound.count ||
        p->speaker != NO_ACTOR || range_empty(c->subject))
        return false;
    uint32_t head = clause_head(doc, c->subject);
    return doc->tokens.at[head].upos == UPOS_NOUN &&
           !row_says(word_row(doc, head, &wordlist_roles), 0, "head") &&
           !word_row(doc, head, &wordlist_organisations) &&
           !word_row(doc, head, &wordlist_government_nouns);
}

/* "announced |plans to cut jobs|", "|to cut jobs|": one undertaking that two triggers show. */
static bool same_words(const struct document *doc, const struct draft *a, const struct draft *b)
{
    return sentence_of(doc, a->candidate) == sentence_of(doc, b->candidate) &&
           a->candidate->action.end == b->candidate->action.end &&
           a->candidate->action.first < b->candidate->action.end &&
           b->candidate->action.first < a->candidate->action.end;
}

/* Takes in a draft; of two tellings in the same words the surer one stays. */
static void take(const struct scene *s, struct draft *drafts, uint32_t *count)
{
    struct draft *d = &drafts[*count];

    if (d->score.confidence < commitments_accept_from ||
        commitment_is_forecast(s, d->candidate, &d->parts) ||
        commitment_binds_nobody(s, d->candidate, &d->parts))
        return;
    if (*count > 0 && same_words(s->doc, d - 1, d)) {
        if (d->score.confidence > d[-1].score.confidence)
            d[-1] = *d;
        return;
    }
    ++*count;
}

enum err commitments_find(struct arena *a, const struct document *doc, const struct actors *actors,
                          const struct dates *dates, struct commitments *out)
{
    struct scene s;
    struct candidates found;

    if (scene_set(a, doc, actors, dates, &s) != ERR_OK || pronouns_meant(a, &s) != ERR_OK ||
        triggers_find(&s, &found) != ERR_OK)
        return ERR_NO_MEMORY;
    struct draft *drafts = ARENA_ARRAY(a, struct draft, found.count + 1);
    if (!drafts)
        return ERR_NO_MEMORY;
    uint32_t count = 0;
    for (uint32_t i = 0; i < found.count; i++) {
        struct draft *d = &drafts[count];
        if (count >= PER_SENTENCE_MAX &&
            sentence_of(doc, drafts[count - PER_SENTENCE_MAX].candidate) ==
                sentence_of(doc, &found.at[i]))
            continue;
        d->candidate = &found.at[i];
        if (parts_read(&s, d->candidate, &d->parts) != ERR_OK)
            return ERR_NO_MEMORY;
        d->score = commitment_score(&s, &found, i, &d->parts);
        take(&s, drafts, &count);
    }
    return write_all(&s, drafts, count, out);
}
