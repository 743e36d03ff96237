#include "pipeline/trigger_search.h"

#include "pipeline/clause.h"

enum {
    INFINITIVE_TOKENS_MAX = 14, /* from the trigger to its "to" */
    UNTIL_TOKENS_MAX = 6,       /* of the day in "has until June 3 to" */
};

static const struct range nothing = {0, 0};

static uint8_t xpos(const struct document *doc, uint32_t i)
{
    return doc->tokens.at[i].xpos;
}

/* "will be |able| to", "will be |difficult| to meet": says what can be, not what will be done. */
static bool tells_ability(const struct document *doc, uint32_t verb)
{
    uint32_t i = verb + 1, end = words_near(doc, verb).end;

    while (i < end && doc->tokens.at[i].upos == UPOS_ADV)
        i++;
    return word_is(doc, verb, "be") && i < end &&
           word_among(doc, i,
                      " able unable difficult hard impossible easy likely unlikely enough ");
}

void trigger_modal(struct search *f, uint32_t i, const struct wordlist_row *row)
{
    const struct document *doc = f->doc;
    struct candidate c = {
        .kind = TRIGGER_MODAL, .frame = FRAME_BARE, .word = i, .type = trigger_type(row)};
    uint32_t end = words_near(doc, i).end;
    uint32_t verb = clause_main_verb(doc, i, &c.negative);

    /* An inverted "will Russia provide" asks. */
    if (verb == i || xpos(doc, verb) == XPOS_MD || tells_ability(doc, verb))
        return;
    c.trigger = (struct range){i, verb};
    while (c.trigger.end > i + 1 && !c.negative)
        c.trigger.end--;
    if (word_is(doc, verb, "have") && verb + 2 < end && word_is(doc, verb + 1, "to") &&
        word_verb(doc, verb + 2)) {
        c.type = COMMITMENT_OBLIGATION;
        verb += 2;
        c.trigger.end = verb;
    } else if (word_is(doc, verb, "be") && verb + 3 < end && word_is(doc, verb + 2, "to") &&
               word_trigger(doc, verb + 1, "adj")) {
        return; /* "will be ready to": the adjective is the trigger */
    }
    c.action = clause_action(doc, verb, f->scene->dates);
    c.subject = clause_subject(doc, i);
    if (!range_empty(c.subject) && word_among(doc, c.subject.first, " nobody none nothing "))
        return; /* nobody is nobody to ask */
    c.passive = trigger_passive_action(doc, c.action);
    if (c.negative)
        c.type = COMMITMENT_REFUSAL;
    if (trigger_put(f, c))
        trigger_put_joined(f, c);
}

/* The verb of "to |verb|" behind the trigger, nothing but its object and a date between. */
static uint32_t infinitive_behind(const struct document *doc, uint32_t i, bool over_verbs,
                                  bool *negative)
{
    uint32_t end = words_near(doc, i).end;

    for (uint32_t k = i + 1; k + 1 < end && k - i < INFINITIVE_TOKENS_MAX; k++) {
        if (xpos(doc, k) == XPOS_TO || (word_is(doc, k, "to") && xpos(doc, k + 1) == XPOS_VB)) {
            uint32_t verb = k + 1;
            while (verb + 1 < end && doc->tokens.at[verb].upos == UPOS_ADV)
                verb++;
            *negative |= word_is(doc, k - 1, "not");
            bool verbal = xpos(doc, verb) == XPOS_VB ||
                          (xpos(doc, k) == XPOS_TO &&
                           (xpos(doc, verb) == XPOS_NN || xpos(doc, verb) == XPOS_JJ ||
                            xpos(doc, verb) == XPOS_VBP));
            return verbal ? verb : NO_HEAD;
        }
        /* "The deadline is approaching |for| troops to leave" */
        over_verbs &= !word_is(doc, k, "for");
        if ((word_finite(doc, k) && !over_verbs) ||
            word_among(doc, k, " that whether how , ; : . \" ") || xpos(doc, k) == XPOS_VB)
            break;
    }
    return NO_HEAD;
}

/* "ordered |Khan| to leave": the words between the verb and its "to". */
static struct range object_between(const struct document *doc, uint32_t word, uint32_t verb)
{
    struct range r = {word + 1, verb};
    while (r.end > r.first && !word_is(doc, r.end - 1, "to"))
        r.end--;
    if (r.end > r.first)
        r.end--;
    while (r.end > r.first && word_is(doc, r.end - 1, "not"))
        r.end--;
    while (!range_empty(r) &&
           (word_among(doc, r.first, " for ") || doc->tokens.at[r.first].upos == UPOS_ADV))
        r.first++;
    return r;
}

/* "deadline |for U.S. troops| to leave". */
static struct range for_between(const struct document *doc, uint32_t word, uint32_t verb)
{
    for (uint32_t i = word + 1; i + 1 < verb; i++)
        if (word_is(doc, i, "for"))
            return object_between(doc, i, verb);
    for (uint32_t i = word + 1; i + 1 < verb; i++)
        if (word_among(doc, i, " of by "))
            return object_between(doc, i, verb);
    return nothing;
}

/* "Norland's pledge to plant trees |drew| praise": the action ends where the verb begins whose
 * subject the trigger is. */
static uint32_t before_own_verb(const struct document *doc, uint32_t noun, struct range action)
{
    uint32_t verb = doc->tokens.at[noun].head;
    uint8_t deprel = doc->tokens.at[noun].deprel;

    if ((deprel != DEPREL_NSUBJ && deprel != DEPREL_NSUBJ_PASS) || verb <= action.first + 1 ||
        verb >= action.end)
        return action.end;
    uint32_t start = clause_group_start(doc, verb);
    return word_verb(doc, verb) && start > action.first + 1 ? start : action.end;
}

void trigger_infinitive(struct search *f, uint32_t i, enum trigger_kind kind,
                        const struct wordlist_row *row)
{
    const struct document *doc = f->doc;
    struct candidate c = {.kind = kind, .frame = FRAME_INF, .word = i, .type = trigger_type(row)};
    c.negative = row_says(row, 2, "negative");
    bool not_to = false;
    uint32_t verb =
        infinitive_behind(doc, i, kind == TRIGGER_NOUN && trigger_has_frame(row, "for"), &not_to);

    if (verb == NO_HEAD)
        return;
    /* "does |not| plan", "|never| has planned": within the verb's group, or before it. */
    bool denied = trigger_negated_before(doc, i) ||
                  (kind != TRIGGER_NOUN && trigger_negated_before(doc, clause_group_start(doc, i)));
    if (denied && kind == TRIGGER_NOUN && c.type != COMMITMENT_PLAN)
        return; /* "made no promise to": nothing is promised; "has no plan to" tells what is not */
    c.negative |= not_to || denied;
    c.trigger = kind == TRIGGER_NOUN ? (struct range){i, i + 1} : trigger_words(doc, i, verb);
    c.action = clause_action(doc, verb, f->scene->dates);
    if (kind == TRIGGER_NOUN)
        c.action.end = before_own_verb(doc, i, c.action);
    c.passive = trigger_passive_action(doc, c.action);
    struct range object = object_between(doc, i, verb);
    if (!range_empty(object) && word_among(doc, i, " expect expects expected want wants wanted "))
        return; /* "analysts expect prices to rise": somebody else's doing */
    bool order = c.type == COMMITMENT_OBLIGATION ||
                 (kind == TRIGGER_VERB && word_among(doc, i, " invited invites "));
    if (kind == TRIGGER_NOUN) {
        c.subject = for_between(doc, i, verb);
        if (range_empty(c.subject))
            c.subject = trigger_holder(doc, i);
    } else if (order && kind == TRIGGER_VERB && !clause_passive(doc, i)) {
        c.controlled = true;
        c.subject = object;
    } else {
        c.subject = clause_subject(doc, i);
    }
    if (trigger_put(f, c))
        trigger_put_joined(f, c);
}

/* "is to |leave|", "were to". */
void trigger_be_to(struct search *f, uint32_t i)
{
    const struct document *doc = f->doc;
    uint32_t end = words_near(doc, i).end;
    struct candidate c = {
        .kind = TRIGGER_BE_TO, .frame = FRAME_INF, .word = i, .type = COMMITMENT_PLAN};
    uint32_t to = i + 1;

    while (to < end && doc->tokens.at[to].upos == UPOS_ADV)
        to++;
    if (to + 1 >= end || xpos(doc, to) != XPOS_TO || xpos(doc, to + 1) != XPOS_VB)
        return;
    c.negative = to > i + 1 && word_among(doc, to - 1, " not n't ");
    c.trigger = (struct range){i, to + 1};
    c.action = clause_action(doc, to + 1, f->scene->dates);
    c.passive = trigger_passive_action(doc, c.action);
    c.subject = clause_subject(doc, i);
    if (trigger_put(f, c))
        trigger_put_joined(f, c);
}

/* "has to |leave|". */
void trigger_have_to(struct search *f, uint32_t i)
{
    const struct document *doc = f->doc;
    uint32_t end = words_near(doc, i).end;

    if (i + 2 >= end || !word_is(doc, i + 1, "to") || xpos(doc, i + 2) != XPOS_VB ||
        (i > 0 && doc->tokens.at[i - 1].xpos == XPOS_MD))
        return;
    struct candidate c = {.kind = TRIGGER_MODAL,
                          .frame = FRAME_INF,
                          .word = i,
                          .type = COMMITMENT_OBLIGATION,
                          .trigger = {i, i + 2}};
    c.action = clause_action(doc, i + 2, f->scene->dates);
    c.subject = clause_subject(doc, i);
    trigger_put(f, c);
}

/* "a system, |to be| released in May". */
void trigger_to_be(struct search *f, uint32_t i)
{
    const struct document *doc = f->doc;
    uint32_t end = words_near(doc, i).end;
    uint32_t floor = words_near(doc, i).first;

    if (i + 2 >= end || i == floor || !word_is(doc, i + 1, "be") || xpos(doc, i + 2) != XPOS_VBN ||
        !(word_is(doc, i - 1, ",") || word_noun(doc, i - 1)))
        return;
    struct candidate c = {.kind = TRIGGER_BE_TO,
                          .frame = FRAME_PHRASE,
                          .word = i,
                          .type = COMMITMENT_PLAN,
                          .trigger = {i, i + 2},
                          .passive = true};
    c.action = clause_action(doc, i + 2, f->scene->dates);
    c.subject = clause_phrase_before(doc, floor, word_is(doc, i - 1, ",") ? i - 1 : i);
    trigger_put(f, c);
}

/* The "to" behind "has |60 days|" or "has |until June 3|", or NO_HEAD. */
static uint32_t time_given(const struct document *doc, uint32_t i, uint32_t end)
{
    if (i + 4 < end && doc->tokens.at[i + 1].upos == UPOS_NUM &&
        word_among(doc, i + 2, " days weeks months hours years day week month "))
        return i + 3;
    if (i + 3 >= end || !word_is(doc, i + 1, "until"))
        return NO_HEAD;
    for (uint32_t k = i + 2; k < end && k < i + 2 + UNTIL_TOKENS_MAX; k++) {
        if (word_is(doc, k, "to"))
            return k;
        if (word_verb(doc, k) || doc->tokens.at[k].upos == UPOS_PUNCT)
            break;
    }
    return NO_HEAD;
}

/* "has 60 days |to respond|", "has until June 3 |to respond|". */
void trigger_days_to(struct search *f, uint32_t i)
{
    const struct document *doc = f->doc;
    uint32_t end = words_near(doc, i).end;
    uint32_t to = time_given(doc, i, end);

    if (to == NO_HEAD || to + 1 >= end || !word_is(doc, to, "to") || xpos(doc, to + 1) != XPOS_VB)
        return;
    struct candidate c = {.kind = TRIGGER_MODAL,
                          .frame = FRAME_PHRASE,
                          .word = i,
                          .type = COMMITMENT_OBLIGATION,
                          .trigger = {i, word_is(doc, i + 1, "until") ? i + 2 : to}};
    c.action = clause_action(doc, to + 1, f->scene->dates);
    c.subject = clause_subject(doc, i);
    trigger_put(f, c);
}
