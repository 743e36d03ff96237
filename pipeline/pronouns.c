#include "pipeline/pronouns.h"

#include "pipeline/scene.h"
#include "pipeline/sexes.h"

enum {
    CLIMB_MAX = 8,     /* verbs that one pronoun may hang below */
    SENSE_PERSON = 19, /* lexeme.noun_sense of noun.person */
};

/* What the tree says of each token, gathered in one pass. */
struct links {
    uint32_t *subject; /* of a verb or predicate: the token of its subject, or NO_HEAD */
    bool *determined;  /* "the", "her", "Moe's" hangs on it */
    bool *joint;       /* something is joined to it: "Moe and Roy" */
    bool *predicate;   /* "was a |member|", "as the |director|": says what somebody is */
    uint32_t *same_as; /* the token that the grammar says it is the same as, or NO_HEAD */
};

struct reader {
    const struct document *doc;
    const struct actors *actors;
    struct scene scene; /* actor_at also has the pronouns resolved so far */
    struct links links;
    enum sex *sex;          /* beside actors */
    uint32_t *meant;        /* for each token: the actor if it is a pronoun resolved, or NO_ACTOR */
    uint32_t *meant_counts; /* beside actors: how many pronouns */
};

static const struct token *token(const struct reader *r, uint32_t i)
{
    return &r->doc->tokens.at[i];
}

static bool is_person(const struct reader *r, uint32_t actor)
{
    return actor != NO_ACTOR && r->actors->at[actor].type == ACTOR_PERSON;
}

static bool is_subject(uint8_t deprel)
{
    return deprel == DEPREL_NSUBJ || deprel == DEPREL_NSUBJ_PASS;
}

static void add_links(struct reader *r, uint32_t i)
{
    const struct token *t = token(r, i);

    if (t->head == NO_HEAD)
        return;
    if (is_subject(t->deprel)) {
        r->links.subject[t->head] = i;
        if (word_noun(r->doc, t->head))
            r->links.same_as[t->head] = i;
    }
    if (t->deprel == DEPREL_DET || t->deprel == DEPREL_NMOD_POSS)
        r->links.determined[t->head] = true;
    if (t->deprel == DEPREL_COP || (t->deprel == DEPREL_CASE && word_is(r->doc, i, "as")))
        r->links.predicate[t->head] = true;
    if (t->deprel == DEPREL_CONJ)
        r->links.joint[t->head] = true;
    /* "|Mayor| Karin Moe" is she; the "Moe |adviser|" is not. */
    bool same = t->deprel == DEPREL_APPOS || t->deprel == DEPREL_FLAT;
    if (same || t->deprel == DEPREL_COMPOUND || t->deprel == DEPREL_NMOD_DESC)
        r->links.same_as[i] = t->head;
    if (same)
        r->links.same_as[t->head] = i;
}

static enum err set_links(struct arena *a, struct reader *r)
{
    uint32_t count = r->doc->tokens.count;

    r->links.subject = ARENA_ARRAY(a, uint32_t, count + 1);
    r->links.same_as = ARENA_ARRAY(a, uint32_t, count + 1);
    r->links.determined = ARENA_ARRAY(a, bool, count + 1);
    r->links.joint = ARENA_ARRAY(a, bool, count + 1);
    r->links.predicate = ARENA_ARRAY(a, bool, count + 1);
    if (!r->links.subject || !r->links.same_as || !r->links.determined || !r->links.joint ||
        !r->links.predicate)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        r->links.subject[i] = r->links.same_as[i] = NO_HEAD;
    for (uint32_t i = 0; i < count; i++)
        add_links(r, i);
    return ERR_OK;
}

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

/* The subject of the lowest clause around `i` that stands before it, or NO_HEAD. */
static uint32_t subject_over(const struct reader *r, uint32_t i)
{
    uint32_t at = token(r, i)->head;

    for (unsigned n = 0; n < CLIMB_MAX && at != NO_HEAD; n++) {
        if (r->links.subject[at] != NO_HEAD && r->links.subject[at] < i)
            return r->links.subject[at];
        at = token(r, at)->head;
    }
    return NO_HEAD;
}

/* The lowest such subject that is a person other than `not_he`: the actor, or NO_ACTOR. */
static uint32_t person_over(const struct reader *r, uint32_t i, uint32_t not_he)
{
    uint32_t at = token(r, i)->head;

    for (unsigned n = 0; n < CLIMB_MAX && at != NO_HEAD; n++) {
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
    uint32_t subject = subject_over(r, i);
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
        return (struct person){is_person(r, actor), actor, is_person(r, actor) ? r->sex[actor] : 0};
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

/* This sentence up to the pronoun and the one before; empty if too long to be sure. */
static struct range words_before(const struct document *doc, uint32_t i)
{
    uint32_t s = doc->tokens.at[i].sentence;
    uint32_t first = words_of_sentence(doc, s ? s - 1 : s).first;

    return i - first > 2 * WORDS_NEAR_MAX ? (struct range){i, i} : (struct range){first, i};
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

static uint32_t meant_person(const struct reader *r, uint32_t i)
{
    struct range before = words_before(r->doc, i);
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
    return subject_over(r, i);
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
        return subject_over(r, i);
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

static uint32_t meant_body(const struct reader *r, uint32_t i)
{
    bool many = word_among(r->doc, i, " they their ");
    uint32_t subject = subject_of_body(r, i);
    uint32_t from = words_before(r->doc, i).first;

    if (subject == NO_HEAD || subject >= i || subject < from || r->links.joint[subject] ||
        !stands_free(r, subject))
        return NO_ACTOR;
    uint32_t actor = r->scene.actor_at[subject];
    return is_body(r, actor, many) && !has_rival(r, (struct range){subject, i}, actor) ? actor
                                                                                       : NO_ACTOR;
}

static uint32_t meant_at(struct reader *r, uint32_t i)
{
    const struct token *t = token(r, i);

    if (t->upos != UPOS_PRON || r->scene.quoted[i] || r->scene.actor_at[i] != NO_ACTOR)
        return NO_ACTOR;
    if (word_among(r->doc, i, " he she him his her himself herself "))
        return meant_person(r, i);
    if (word_among(r->doc, i, " it its they their "))
        return meant_body(r, i);
    return NO_ACTOR;
}

static void resolve(struct reader *r)
{
    for (uint32_t i = 0; i < r->doc->tokens.count; i++) {
        uint32_t actor = r->meant[i] = meant_at(r, i);
        if (actor == NO_ACTOR)
            continue;
        r->scene.actor_at[i] = actor;
        r->meant_counts[actor]++;
        if (is_person(r, actor) && r->sex[actor] == SEX_UNKNOWN)
            r->sex[actor] = sex_of_word(token(r, i)->norm);
    }
}

/* An actor's mentions as they are written anew: `read` of the `old` are in already. */
struct merge {
    const struct mention *old;
    uint32_t old_count, read;
};

static void merge_up_to(struct merge *m, struct actor *actor, uint32_t start)
{
    for (; m->read < m->old_count && m->old[m->read].span.start < start; m->read++)
        actor->mentions[actor->mention_count++] = m->old[m->read];
}

static enum err begin_merge(struct arena *a, struct merge *m, struct actor *actor, uint32_t more)
{
    *m = (struct merge){actor->mentions, actor->mention_count, 0};
    actor->mentions = ARENA_ARRAY(a, struct mention, m->old_count + more + 1);
    actor->mention_count = 0;
    return actor->mentions ? ERR_OK : ERR_NO_MEMORY;
}

static enum err write_mentions(struct arena *a, const struct reader *r, struct actors *actors)
{
    struct merge *merges = ARENA_ARRAY(a, struct merge, actors->count + 1);

    if (!merges)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < actors->count; i++)
        if (begin_merge(a, &merges[i], &actors->at[i], r->meant_counts[i]) != ERR_OK)
            return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < r->doc->tokens.count; i++) {
        if (r->meant[i] == NO_ACTOR)
            continue;
        struct actor *actor = &actors->at[r->meant[i]];
        merge_up_to(&merges[r->meant[i]], actor, token(r, i)->span.start);
        actor->mentions[actor->mention_count++] =
            (struct mention){token(r, i)->span, MENTION_PRONOUN};
    }
    for (uint32_t i = 0; i < actors->count; i++)
        merge_up_to(&merges[i], &actors->at[i], UINT32_MAX);
    return ERR_OK;
}

enum err pronouns_join(struct arena *a, const struct document *doc, const struct dates *dates,
                       struct actors *actors)
{
    struct reader r = {.doc = doc, .actors = actors};

    r.sex = ARENA_ARRAY(a, enum sex, actors->count + 1);
    r.meant = ARENA_ARRAY(a, uint32_t, doc->tokens.count + 1);
    r.meant_counts = ARENA_ARRAY(a, uint32_t, actors->count + 1);
    if (!r.sex || !r.meant || !r.meant_counts ||
        scene_set(a, doc, actors, dates, &r.scene) != ERR_OK || set_links(a, &r) != ERR_OK)
        return ERR_NO_MEMORY;
    sexes_of_persons(doc, actors, r.scene.actor_at, r.sex);
    resolve(&r);
    return write_mentions(a, &r, actors);
}
