#include "pipeline/pronouns.h"

#include "pipeline/pronouns_reader.h"

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

uint32_t pronoun_subject_over(const struct reader *r, uint32_t i)
{
    uint32_t at = token(r, i)->head;

    for (unsigned n = 0; n < PRONOUN_CLIMB_MAX && at != NO_HEAD; n++) {
        if (r->links.subject[at] != NO_HEAD && r->links.subject[at] < i)
            return r->links.subject[at];
        at = token(r, at)->head;
    }
    return NO_HEAD;
}

struct range pronoun_words_before(const struct document *doc, uint32_t i)
{
    uint32_t s = doc->tokens.at[i].sentence;
    uint32_t first = words_of_sentence(doc, s ? s - 1 : s).first;

    return i - first > 2 * WORDS_NEAR_MAX ? (struct range){i, i} : (struct range){first, i};
}

static uint32_t meant_at(struct reader *r, uint32_t i)
{
    const struct token *t = token(r, i);

    if (t->upos != UPOS_PRON || r->scene.quoted[i] || r->scene.actor_at[i] != NO_ACTOR)
        return NO_ACTOR;
    if (word_among(r->doc, i, " he she him his her himself herself "))
        return pronoun_person(r, i);
    if (word_among(r->doc, i, " it its they their "))
        return pronoun_body(r, i);
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
        if (is_person(r, actor) && r->scene.sex[actor] == SEX_UNKNOWN)
            r->scene.sex[actor] = sex_of_word(token(r, i)->norm);
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

static enum err read_all(struct arena *a, struct reader *r)
{
    r->meant = ARENA_ARRAY(a, uint32_t, r->doc->tokens.count + 1);
    r->meant_counts = ARENA_ARRAY(a, uint32_t, r->actors->count + 1);
    if (!r->meant || !r->meant_counts || set_links(a, r) != ERR_OK)
        return ERR_NO_MEMORY;
    resolve(r);
    return ERR_OK;
}

enum err pronouns_meant(struct arena *a, struct scene *scene)
{
    struct reader r = {.doc = scene->doc, .actors = scene->actors, .scene = *scene};
    uint32_t count = scene->doc->tokens.count;

    /* What is found is put into places of its own: others ask the scene for names. */
    r.scene.actor_at = ARENA_ARRAY(a, uint32_t, count + 1);
    r.scene.sex = ARENA_ARRAY(a, enum sex, scene->actors->count + 1);
    if (!r.scene.actor_at || !r.scene.sex)
        return ERR_NO_MEMORY;
    memcpy(r.scene.actor_at, scene->actor_at, count * sizeof(uint32_t));
    memcpy(r.scene.sex, scene->sex, scene->actors->count * sizeof(enum sex));
    if (read_all(a, &r) != ERR_OK)
        return ERR_NO_MEMORY;
    scene->meant = r.meant;
    return ERR_OK;
}

enum err pronouns_join(struct arena *a, const struct document *doc, const struct dates *dates,
                       struct actors *actors)
{
    struct reader r = {.doc = doc, .actors = actors};

    if (scene_set(a, doc, actors, dates, &r.scene) != ERR_OK)
        return ERR_NO_MEMORY;
    return read_all(a, &r) == ERR_OK ? write_mentions(a, &r, actors) : ERR_NO_MEMORY;
}
