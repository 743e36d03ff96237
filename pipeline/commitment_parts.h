/*
 * The parts of a commitment around its trigger: who is bound, who says it, who receives, by when,
 * on what condition.
 */
#ifndef ONRECORD_PIPELINE_COMMITMENT_PARTS_H
#define ONRECORD_PIPELINE_COMMITMENT_PARTS_H

#include "pipeline/commitment_due.h"
#include "pipeline/scene.h"
#include "pipeline/triggers.h"

struct parts {
    struct found bound;
    bool bound_guessed; /* nobody is named at the subject's place */
    uint32_t speaker;   /* or NO_ACTOR */
    uint32_t saying;    /* the verb of speech in the same sentence, or NO_HEAD */
    struct found receivers;
    struct due due;
    struct range condition;
};

enum err parts_read(const struct scene *s, const struct candidate *c, struct parts *out);

/* The verb that says what is done: "build" of "be built"; the first token of a noun phrase. */
uint32_t parts_action_word(const struct document *doc, struct range action);

#endif
