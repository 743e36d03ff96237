#include "pipeline/trigger_search.h"

#include "pipeline/clause.h"

static uint8_t xpos(const struct document *doc, uint32_t i)
{
    return doc->tokens.at[i].xpos;
}

static bool begins_phrase(const struct document *doc, uint32_t i)
{
    const struct token *t = &doc->tokens.at[i];
    return t->upos == UPOS_DET || t->upos == UPOS_NOUN || t->upos == UPOS_PROPN ||
           t->upos == UPOS_ADJ || t->upos == UPOS_NUM || t->xpos == XPOS_PRPS ||
           t->upos == UPOS_SYM || t->xpos == XPOS_VBG;
}

/* "promised Peru |that it would| rebuild", "promised Peru |it would| rebuild": behind the phrase,
 * or in it where "that" is left out, a clause begins; "a fund |that would| pay" is one thing. */
static bool tells_clause(const struct document *doc, struct range phrase, uint32_t end)
{
    uint32_t behind = phrase.end;

    for (uint32_t i = phrase.first; i + 1 < end && i <= behind; i++)
        if (xpos(doc, i) == XPOS_PRP && xpos(doc, i + 1) == XPOS_MD)
            return true;
    return behind + 1 < end && word_is(doc, behind, "that") &&
           (begins_phrase(doc, behind + 1) || xpos(doc, behind + 1) == XPOS_PRP);
}

/* "pledged |$5 million|", "committed to |peace|", "agreement on |trade|". */
bool trigger_phrase(struct search *f, uint32_t i, enum trigger_kind kind,
                    const struct wordlist_row *row)
{
    const struct document *doc = f->doc;
    uint32_t end = words_near(doc, i).end;
    uint32_t at = i + 1;
    struct candidate c = {.kind = kind, .frame = FRAME_OBJ, .word = i, .type = trigger_type(row)};

    if (kind == TRIGGER_VERB && at < end && xpos(doc, at) == XPOS_RP)
        at++; /* "ruled |out| a boycott" */
    if (at >= end)
        return false;
    if (!(kind == TRIGGER_VERB && trigger_has_frame(row, "obj") && begins_phrase(doc, at))) {
        /* "an agreement |with Sukhoi| for …" */
        if (kind == TRIGGER_NOUN && word_among(doc, at, " with from ") && at + 1 < end) {
            uint32_t behind = clause_phrase_at(doc, at + 1, end).end;
            if (behind < end && word_is(doc, behind, "for"))
                at = behind;
        }
        static const char *const joints[] = {"of", "for", "on", "to", "from", "at"};
        bool joint = false;
        for (unsigned k = 0; k < sizeof(joints) / sizeof(*joints); k++)
            joint |= word_is(doc, at, joints[k]) && trigger_has_frame(row, joints[k]);
        if (!joint || ++at >= end || !begins_phrase(doc, at))
            return false;
        c.frame = FRAME_PHRASE;
    }
    /* A noun that is a trigger itself speaks for the phrase: "announced |plans| to cut". */
    struct range object = clause_phrase_at(doc, at, end);
    if (c.frame == FRAME_OBJ && tells_clause(doc, object, end))
        return false;
    for (uint32_t k = object.first; k < object.end; k++)
        if (word_trigger(doc, k, "noun") && doc->tokens.at[k].upos == UPOS_NOUN)
            return false;
    c.negative = row_says(row, 2, "negative");
    c.action = clause_action(doc, at, f->scene->dates);
    c.trigger = kind == TRIGGER_NOUN ? (struct range){i, i + 1} : trigger_words(doc, i, i);
    c.trigger.end += kind == TRIGGER_VERB && xpos(doc, c.trigger.end) == XPOS_RP;
    c.subject = kind == TRIGGER_NOUN ? trigger_holder(doc, i) : clause_subject(doc, i);
    return trigger_put(f, c) != NULL;
}

static bool date_near(const struct search *f, struct range r)
{
    const struct dates *dates = f->scene->dates;
    struct span s = words_span(f->doc, r);
    uint32_t d = date_ending_after(dates, s.start);

    return d < dates->count && dates->at[d].span.start < s.end;
}

/* "|First flight| is scheduled for March", "the |elections| scheduled for May". */
void trigger_event(struct search *f, uint32_t i, enum trigger_kind kind,
                   const struct wordlist_row *row)
{
    const struct document *doc = f->doc;
    uint32_t end = words_near(doc, i).end;
    struct range behind = {i + 1, i + 8 < end ? i + 8 : end};
    struct candidate c = {.kind = kind, .frame = FRAME_EVENT, .word = i, .type = trigger_type(row)};

    if (range_empty(behind) || !date_near(f, behind) ||
        !word_among(doc, i + 1,
                    " for in on at to by "
                    "until this next later "
                    "early "))
        return;
    bool bare = xpos(doc, i) == XPOS_VBN && !clause_passive(doc, i) &&
                i > words_near(doc, i).first && (word_noun(doc, i - 1) || word_is(doc, i - 1, ","));
    uint32_t floor = words_near(doc, i).first;
    c.subject = bare ? clause_phrase_before(doc, floor, word_is(doc, i - 1, ",") ? i - 1 : i)
                     : clause_subject(doc, i);
    if (range_empty(c.subject))
        return;
    uint32_t noun = i + 2;
    if (word_is(doc, i + 1, "for") && noun < end && word_noun(doc, noun) &&
        !date_near(f, (struct range){noun, noun + 1}))
        c.action = (struct range){noun, noun + 1};
    else
        c.action = c.subject;
    while (c.action.end - c.action.first > 1 && doc->tokens.at[c.action.first].upos == UPOS_DET)
        c.action.first++;
    c.trigger = trigger_words(doc, i, i);
    c.passive = true;
    trigger_put(f, c);
}
