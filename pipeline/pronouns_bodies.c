/*
 * Whom "it" and "they" mean: an organisation, a country, a group, if it is the subject.
 */
#include "pipeline/pronouns_reader.h"

/* Can it be meant by "it" (or, `many`, by "they")? */
static bool is_body(const struct reader *r, uint32_t actor, bool many)
{
    if (actor == NO_ACTOR)
        return false;
    switch (r->actors->at[actor].type) {
    case ACTOR_ORGANISATION:
        return true;
    case ACTOR_COUNTRY:
    case ACTOR_PLACE_GOVERNMENT:
        return !many;
    case ACTOR_GROUP:
        return many;
    case ACTOR_PERSON:
    case ACTOR_TYPE_COUNT:
        break;
    }
    return false;
}

/* Another body, or an unknown one, stands in `in`: places only where they act. */
static bool has_rival(const struct reader *r, struct range in, uint32_t actor)
{
    for (uint32_t k = in.first; k < in.end; k++) {
        uint32_t other = r->scene.actor_at[k];
        if (k > in.first && word_is(r->doc, k - 1, "("))
            continue; /* "Baltic Fishing Agency (|BFA|)" */
        if (other != NO_ACTOR
                ? other != actor && !is_person(r, other)
                : token(r, k)->name == NAME_ORGANISATION || token(r, k)->name == NAME_OTHER)
            return true;
    }
    return false;
}

/* "|Nordbank| said on Monday that it will": nobody whom it is said to stands between. */
static bool noun_between(const struct reader *r, uint32_t from, uint32_t to)
{
    for (uint32_t k = from + 1; k < to; k++) {
        uint8_t deprel = token(r, k)->deprel;
        bool aside =
            deprel == DEPREL_OBL || deprel == DEPREL_OBL_UNMARKED || deprel == DEPREL_COMPOUND;
        if ((word_noun(r->doc, k) && !aside) || token(r, k)->xpos == XPOS_PRP)
            return true;
    }
    return false;
}

/* "Nordbank said |it| will", "…, said |they| would": whose words they are. */
static uint32_t saying_over(const struct reader *r, uint32_t i)
{
    uint32_t verb = token(r, i)->head;
    uint32_t over = verb == NO_HEAD ? NO_HEAD : token(r, verb)->head;

    if (!is_subject(token(r, i)->deprel) || over == NO_HEAD || over >= i ||
        token(r, verb)->deprel != DEPREL_CCOMP || token(r, verb)->upos != UPOS_VERB ||
        noun_between(r, over, i))
        return NO_HEAD;
    return pronoun_subject_over(r, i);
}

/* "|Nordbank| will pay. It added …": the subject of the sentence before one that says something;
 * things do not. */
static uint32_t subject_before(const struct reader *r, uint32_t i)
{
    uint32_t verb = token(r, i)->head, s = token(r, i)->sentence;

    if (s == 0 || verb == NO_HEAD || !is_subject(token(r, i)->deprel) ||
        token(r, verb)->head != NO_HEAD || !word_row(r->doc, verb, &wordlist_reporting_verbs))
        return NO_HEAD;
    struct range before = words_of_sentence(r->doc, s - 1);
    for (uint32_t k = before.first; k < before.end && k - before.first < WORDS_NEAR_MAX; k++)
        if (token(r, k)->head == NO_HEAD)
            return r->links.subject[k];
    return NO_HEAD;
}

/* The subject whose clause the body's pronoun stands in, or NO_HEAD. */
static uint32_t subject_of_body(const struct reader *r, uint32_t i)
{
    if (token(r, i)->xpos == XPOS_PRPS)
        return pronoun_subject_over(r, i);
    uint32_t sayer = saying_over(r, i);
    return sayer == NO_HEAD ? subject_before(r, i) : sayer;
}

/* "a tour |of Asia and Norway| has": what seems the subject may hang on a noun in front. */
static bool stands_free(const struct reader *r, uint32_t subject)
{
    uint32_t first = subject, floor = words_near(r->doc, subject).first;

    while (first > floor && (r->scene.actor_at[first - 1] == r->scene.actor_at[subject] ||
                             token(r, first - 1)->upos == UPOS_DET))
        first--;
    return first == floor ||
           (token(r, first - 1)->upos != UPOS_ADP && token(r, first - 1)->upos != UPOS_CCONJ);
}

/* "Lenders reach people with |their| money": others who are many, between the two. */
static bool people_between(const struct reader *r, uint32_t from, uint32_t to)
{
    for (uint32_t k = from + 1; k < to; k++) {
        uint8_t sense = word_lexeme(r->doc, k).noun_sense;
        if (token(r, k)->xpos == XPOS_NNS && (sense == SENSE_PERSON || sense == SENSE_GROUP))
            return true;
    }
    return false;
}

/* "EARC said it could not say what |they| cost": what was "it" is not "they". */
static bool numbers_agree(const struct reader *r, uint32_t subject, bool many)
{
    return !word_among(r->doc, subject, many ? " it " : " they ");
}

uint32_t pronoun_body(const struct reader *r, uint32_t i)
{
    bool many = word_among(r->doc, i, " they their ");
    uint32_t subject = subject_of_body(r, i);
    uint32_t from = pronoun_words_before(r->doc, i).first;

    if (subject == NO_HEAD || subject >= i || subject < from || r->links.joint[subject] ||
        !stands_free(r, subject) || !numbers_agree(r, subject, many) ||
        (many && people_between(r, subject, i)))
        return NO_ACTOR;
    uint32_t actor = r->scene.actor_at[subject];
    return is_body(r, actor, many) && !has_rival(r, (struct range){subject, i}, actor) ? actor
                                                                                       : NO_ACTOR;
}
