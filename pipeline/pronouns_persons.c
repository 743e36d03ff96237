/*
 * Whom "he" and "she" mean.
 */
#include "pipeline/pronouns_reader.h"

/* Who stands at the token, or is described by it: "Karin Moe, |the mayor|", "Moe is |the mayor|".
 */
static uint32_t who_at(const struct reader *r, uint32_t i)
{
    uint32_t same = r->links.same_as[i];
    uint32_t end = words_around(r->doc, i).end;
    uint32_t next = i + 1 < end && word_is(r->doc, i + 1, ",") ? i + 2 : i + 1;

    /* "the founder, |Karin Moe|" */
    if (r->scene.actor_at[i] == NO_ACTOR && next < end && token(r, next)->name_begins &&
        is_person(r, r->scene.actor_at[next]))
        return r->scene.actor_at[next];
    return r->scene.actor_at[i] != NO_ACTOR || same == NO_HEAD ? r->scene.actor_at[i]
                                                               : r->scene.actor_at[same];
}

/* The lowest such subject that is a person other than `not_he`: the actor, or NO_ACTOR. */
static uint32_t person_over(const struct reader *r, uint32_t i, uint32_t not_he)
{
    uint32_t at = token(r, i)->head;

    for (unsigned n = 0; n < PRONOUN_CLIMB_MAX && at != NO_HEAD; n++) {
        uint32_t subject = r->links.subject[at];
        uint32_t actor = subject == NO_HEAD || subject >= i ? NO_ACTOR : r->scene.actor_at[subject];
        if (is_person(r, actor) && actor != not_he)
            return actor;
        at = token(r, at)->head;
    }
    return NO_ACTOR;
}

/* Whom grammar forbids: "Moe met |him|", "Moe is |his| brother", "Moe, |his| lawyer". */
static uint32_t forbidden(const struct reader *r, uint32_t i)
{
    const struct token *t = token(r, i);

    if (t->head == NO_HEAD || is_subject(t->deprel) || word_among(r->doc, i, " himself herself "))
        return NO_ACTOR;
    if (t->deprel == DEPREL_NMOD_POSS)
        return who_at(r, t->head);
    uint32_t subject = pronoun_subject_over(r, i);
    return subject == NO_HEAD ? NO_ACTOR : r->scene.actor_at[subject];
}

/* "the minister", where that is the actor's office. */
static bool has_office(const struct reader *r, uint32_t actor, struct text word)
{
    struct text role = r->actors->at[actor].role;

    return role.len >= word.len && word.len > 0 &&
           strncasecmp(role.bytes + role.len - word.len, word.bytes, word.len) == 0;
}

/* A person in front of the pronoun: an actor, or NO_ACTOR for somebody else. */
struct person {
    bool any;
    uint32_t actor;
    enum sex sex;
};

/* "|a woman|", "|the teacher|": one person spoken of, not "chairman", "was a teacher". */
static bool describes_one(const struct reader *r, uint32_t i)
{
    return token(r, i)->xpos == XPOS_NN && r->links.determined[i] && !r->links.predicate[i] &&
           (word_lexeme(r->doc, i).noun_sense == SENSE_PERSON ||
            sex_of_word(token(r, i)->norm) != SEX_UNKNOWN);
}

static uint32_t name_end(const struct document *doc, uint32_t i)
{
    uint32_t end = i + 1;

    while (end < doc->tokens.count && doc->tokens.at[end].name != NAME_NONE &&
           !doc->tokens.at[end].name_begins)
        end++;
    return end;
}

static struct person person_at(const struct reader *r, uint32_t i)
{
    const struct token *t = token(r, i);
    uint32_t actor = r->scene.actor_at[i];

    if (actor == NO_ACTOR && describes_one(r, i))
        actor = who_at(r, i);
    if (actor != NO_ACTOR)
        return (struct person){is_person(r, actor), actor,
                               is_person(r, actor) ? r->scene.sex[actor] : 0};
    if (t->name == NAME_PERSON)
        return (struct person){t->name_begins, NO_ACTOR,
                               sex_of_name(r->doc, i, name_end(r->doc, i))};
    bool one = describes_one(r, i) ||
               word_among(r->doc, i, " he she him his her someone somebody whoever ");
    return (struct person){one, NO_ACTOR, sex_of_word(t->norm)};
}

/* Who is left, as the words in front of the pronoun are read. */
struct choice {
    uint32_t actor;
    bool outside; /* named outside of a quotation */
    bool doubt;
};

static void weigh_word(const struct reader *r, uint32_t i, enum sex sex, uint32_t not_he,
                       struct choice *c)
{
    struct person p = person_at(r, i);

    if (!p.any || !sexes_agree(p.sex, sex) || (p.actor != NO_ACTOR && p.actor == not_he))
        return;
    if (p.actor == NO_ACTOR && c->actor != NO_ACTOR && token(r, i)->name == NAME_NONE &&
        has_office(r, c->actor, token(r, i)->norm))
        return;
    if (p.actor == NO_ACTOR || (c->actor != NO_ACTOR && c->actor != p.actor)) {
        c->doubt = true;
        return;
    }
    c->actor = p.actor;
    c->outside |= !r->scene.quoted[i];
}

/* "Before |he| spoke, Moe …": who is meant may come later. */
static bool may_come_later(const struct reader *r, uint32_t i)
{
    struct range in = words_near(r->doc, i);
    uint8_t first = token(r, in.first)->upos;

    if (first != UPOS_SCONJ && first != UPOS_ADP && first != UPOS_VERB)
        return false;
    for (uint32_t k = in.first; k < i; k++)
        if (person_at(r, k).any)
            return false;
    for (uint32_t k = i + 1; k < in.end; k++)
        if (is_person(r, r->scene.actor_at[k]) || token(r, k)->name == NAME_PERSON)
            return true;
    return false;
}

/* The only one in `in` who can be meant, or NO_ACTOR. */
static uint32_t only_person(const struct reader *r, struct range in, enum sex sex, uint32_t not_he)
{
    struct choice c = {.actor = NO_ACTOR};

    for (uint32_t k = in.first; k < in.end && !c.doubt; k++)
        weigh_word(r, k, sex, not_he, &c);
    return c.doubt || !c.outside ? NO_ACTOR : c.actor;
}

uint32_t pronoun_person(const struct reader *r, uint32_t i)
{
    struct range before = pronoun_words_before(r->doc, i);
    enum sex sex = sex_of_word(token(r, i)->norm);
    uint32_t not_he = forbidden(r, i);
    uint32_t nearest = person_over(r, i, not_he);
    struct range here = {words_around(r->doc, i).first, i};

    if (range_empty(before) || may_come_later(r, i))
        return NO_ACTOR;
    /* "Moe says |she| …": whoever the sentence before speaks of, the subject here is nearer. */
    if (nearest != NO_ACTOR && only_person(r, here, sex, not_he) == nearest)
        return nearest;
    return only_person(r, before, sex, not_he);
}
