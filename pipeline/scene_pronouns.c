/*
 * Whom a pronoun in a phrase means: surely (pronouns.h), or else who was last spoken of.
 */
#include "pipeline/scene.h"

static enum actor_type type_of(const struct scene *s, uint32_t actor)
{
    return s->actors->at[actor].type;
}

static bool is_person(const struct scene *s, uint32_t actor)
{
    return type_of(s, actor) == ACTOR_PERSON;
}

/* "We": the side of who speaks; of somebody without one the body last spoken of. */
static uint32_t meant_by_we(const struct scene *s, uint32_t i, uint32_t speaker)
{
    uint32_t side = scene_side(s, speaker);
    bool alone = side != NO_ACTOR && is_person(s, side);
    uint32_t body = alone ? scene_last_of(s, i, ACTOR_ORGANISATION) : NO_ACTOR;

    return body == NO_ACTOR ? side : body;
}

/* The first such actor of the last sentence before `i` that has one: its subject, most often. */
static uint32_t meant_by_it(const struct scene *s, uint32_t i)
{
    uint32_t stop = i > SCENE_BACK_MAX ? i - SCENE_BACK_MAX : 0;

    for (uint32_t k = i; k > stop; k--) {
        if (s->actor_at[k - 1] == NO_ACTOR || is_person(s, s->actor_at[k - 1]))
            continue;
        struct range in = words_of_sentence(s->doc, s->doc->tokens.at[k - 1].sentence);
        for (uint32_t n = in.first > stop ? in.first : stop; n < k; n++)
            if (s->actor_at[n] != NO_ACTOR && !is_person(s, s->actor_at[n]))
                return s->actor_at[n];
    }
    return NO_ACTOR;
}

/* Somebody who may be meant and is no actor: "the king", "Mrs. Holm". */
static bool is_another(const struct scene *s, uint32_t i, enum sex sex)
{
    const struct token *t = &s->doc->tokens.at[i];
    uint32_t end = i + 1;

    if (t->name != NAME_PERSON)
        return word_noun(s->doc, i) && t->name == NAME_NONE && sex_of_word(t->norm) == sex &&
               (i + 1 == s->doc->tokens.count || s->doc->tokens.at[i + 1].name != NAME_PERSON);
    while (end < s->doc->tokens.count && s->doc->tokens.at[end].name == NAME_PERSON &&
           !s->doc->tokens.at[end].name_begins)
        end++;
    return t->name_begins && sex_of_name(s->doc, i, end) == sex;
}

/* Who of the sentence of `from`, up to it, may be meant by "he" or "she". */
struct choice {
    uint32_t first; /* or NO_ACTOR */
    bool any;
    bool another; /* and somebody else may be as well */
};

static struct choice choose(const struct scene *s, struct range in, enum sex sex)
{
    struct choice c = {.first = NO_ACTOR};

    for (uint32_t i = in.first; i < in.end; i++) {
        uint32_t actor = s->actor_at[i];
        if (actor != NO_ACTOR && is_person(s, actor) && sexes_agree(s->sex[actor], sex)) {
            c.another |= c.any && c.first != actor;
            c.first = c.any ? c.first : actor;
            c.any = true;
        } else if (actor == NO_ACTOR && is_another(s, i, sex)) {
            c.another |= c.any;
            c.any = true;
        }
    }
    return c;
}

/* The one in the last sentence before `i` that has any, or NO_ACTOR. */
static uint32_t meant_by_he(const struct scene *s, uint32_t i)
{
    enum sex sex = sex_of_word(s->doc->tokens.at[i].norm);
    uint32_t stop = i > SCENE_BACK_MAX ? i - SCENE_BACK_MAX : 0;

    for (uint32_t k = i; k > stop;) {
        struct range in = words_of_sentence(s->doc, s->doc->tokens.at[k - 1].sentence);
        struct choice c = choose(s, (struct range){in.first > stop ? in.first : stop, k}, sex);
        if (c.any)
            return c.another ? NO_ACTOR : c.first;
        k = in.first;
    }
    return NO_ACTOR;
}

/* "Khan said he would", "Nordbank said it would": who speaks, if it can be. */
static uint32_t speaker_as(const struct scene *s, uint32_t i, uint32_t speaker, bool person)
{
    if (s->quoted[i] || speaker == NO_ACTOR)
        return NO_ACTOR;
    if (is_person(s, speaker) && person)
        return sexes_agree(s->sex[speaker], sex_of_word(s->doc->tokens.at[i].norm)) ? speaker
                                                                                    : NO_ACTOR;
    if (person)
        return NO_ACTOR;
    return !is_person(s, speaker) || scene_side(s, speaker) != speaker ? scene_side(s, speaker)
                                                                       : NO_ACTOR;
}

uint32_t scene_pronoun(const struct scene *s, uint32_t i, uint32_t speaker)
{
    if (word_among(s->doc, i, " we us our "))
        return meant_by_we(s, i, speaker);
    if (word_among(s->doc, i, " i me my "))
        return speaker;
    bool person = word_among(s->doc, i, " he she him his her ");
    bool thing = word_among(s->doc, i, " it its they their them who which ");
    if (!person && !thing)
        return NO_ACTOR;
    if (person && s->meant && s->meant[i] != NO_ACTOR)
        return s->meant[i];
    uint32_t said = speaker_as(s, i, speaker, person);
    if (said != NO_ACTOR)
        return said;
    return person ? meant_by_he(s, i) : meant_by_it(s, i);
}
