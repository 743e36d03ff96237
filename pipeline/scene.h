/*
 * A text with its actors in place: who stands at a token, what is quoted, whom a phrase means, and
 * who says what.
 */
#ifndef ONRECORD_PIPELINE_SCENE_H
#define ONRECORD_PIPELINE_SCENE_H

#include "base/arena.h"
#include "base/error.h"
#include "models/actor.h"
#include "models/date.h"
#include "models/document.h"
#include "pipeline/lexis.h"
#include "pipeline/sexes.h"

struct scene {
    struct arena *arena;
    const struct document *doc;
    const struct actors *actors;
    const struct dates *dates;
    uint32_t *actor_at; /* for each token the actor of the longest mention over it, or NO_ACTOR */
    uint32_t *doubtful_at; /* likewise the doubtful: who is bound may be one, nobody else */
    bool *quoted;          /* for each token: it stands inside double quotation marks */
    enum sex *sex;         /* beside actors */
    const uint32_t *meant; /* for each token: whom it surely means as a pronoun; NULL: not known */
};

enum {
    FOUND_MAX = 16,
    SCENE_BACK_MAX = 400, /* tokens: how far back a pronoun may reach */
};

/* A few actors, no one twice. */
struct found {
    uint32_t at[FOUND_MAX];
    uint32_t count;
};

enum err scene_set(struct arena *a, const struct document *doc, const struct actors *actors,
                   const struct dates *dates, struct scene *out);

void found_add(struct found *f, uint32_t actor);
bool found_has(const struct found *f, uint32_t actor);

/*
 * Whom the phrase means: its heads ("Russia and Pakistan"), a pronoun's or description's actor
 * ("he", "the ministry", "a spokesman for the ministry"), else whoever is named in it ("Boeing's
 * new 777"). `speaker` is who says it, or NO_ACTOR: "we" is his side.
 */
struct found scene_meant(const struct scene *s, struct range phrase, uint32_t speaker);

/*
 * Who of this type the text names first, or NO_ACTOR: whom an article is about stands in its lead.
 */
uint32_t scene_main(const struct scene *s, enum actor_type type);

/* For whom `actor` speaks: a person's affiliation, else himself; NO_ACTOR for NO_ACTOR. */
uint32_t scene_side(const struct scene *s, uint32_t actor);

/* The actor of this type last spoken of before token `i`, or NO_ACTOR. */
uint32_t scene_last_of(const struct scene *s, uint32_t i, enum actor_type type);

/* Whom the pronoun at token `i` means, said by `speaker` (or NO_ACTOR): "we" is his side, "he" a
 * man, and nobody where two may be meant. */
uint32_t scene_pronoun(const struct scene *s, uint32_t i, uint32_t speaker);

/* Who says what stands at token `i`: by quotation, "said that", "…, X said", "according to X". */
uint32_t scene_speaker(const struct scene *s, uint32_t i);

/* The verb of speech that governs token `i` in its own sentence, or NO_HEAD. */
uint32_t scene_saying(const struct scene *s, uint32_t i);

/* "said Lavrov", "Lavrov said": the words of who says it, by the verb of speech at `verb`. */
struct range scene_sayer(const struct document *doc, uint32_t verb);

#endif
