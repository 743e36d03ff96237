/*
 * What the finders of whom a pronoun means share: the text with its actors in place and what the
 * tree says.
 */
#ifndef ONRECORD_PIPELINE_PRONOUNS_READER_H
#define ONRECORD_PIPELINE_PRONOUNS_READER_H

#include "pipeline/scene.h"
#include "pipeline/sexes.h"

enum { PRONOUN_CLIMB_MAX = 8 }; /* heads above a pronoun that are looked at */

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
    uint32_t *meant;        /* for each token: the actor if it is a pronoun resolved, or NO_ACTOR */
    uint32_t *meant_counts; /* beside actors: how many pronouns */
};

static inline const struct token *token(const struct reader *r, uint32_t i)
{
    return &r->doc->tokens.at[i];
}

static inline bool is_person(const struct reader *r, uint32_t actor)
{
    return actor != NO_ACTOR && r->actors->at[actor].type == ACTOR_PERSON;
}

static inline bool is_subject(uint8_t deprel)
{
    return deprel == DEPREL_NSUBJ || deprel == DEPREL_NSUBJ_PASS;
}

/* The subject of the lowest clause around `i` that stands before it, or NO_HEAD. */
uint32_t pronoun_subject_over(const struct reader *r, uint32_t i);

/* This sentence up to the pronoun and the one before; empty if too long to be sure. */
struct range pronoun_words_before(const struct document *doc, uint32_t i);

/* The actor that "he" or "she" at token `i` surely means, or NO_ACTOR; likewise "it", "its",
 * "they", "their". */
uint32_t pronoun_person(const struct reader *r, uint32_t i);
uint32_t pronoun_body(const struct reader *r, uint32_t i);

#endif
