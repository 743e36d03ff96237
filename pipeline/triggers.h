/*
 * Where a commitment may be stated: a trigger word of data/commitment-triggers.tsv in one of its
 * frames, with the words that its frame gives it. Whether it is one is decided later.
 */
#ifndef ONRECORD_PIPELINE_TRIGGERS_H
#define ONRECORD_PIPELINE_TRIGGERS_H

#include "base/arena.h"
#include "base/error.h"
#include "models/commitment.h"
#include "pipeline/scene.h"

/* clang-format off */
#define TRIGGER_KINDS(X)                                                                          \
    X(TRIGGER_MODAL, "modal") X(TRIGGER_VERB, "verb") X(TRIGGER_NOUN, "noun")                     \
    X(TRIGGER_ADJ, "adj") X(TRIGGER_BE_TO, "be-to")

#define TRIGGER_FRAMES(X)                                                                         \
    X(FRAME_BARE, "bare") X(FRAME_INF, "inf") X(FRAME_OBJ, "obj") X(FRAME_PHRASE, "phrase")       \
    X(FRAME_EVENT, "event") X(FRAME_JOINED, "joined")
/* clang-format on */

enum trigger_kind { TRIGGER_KINDS(NAMED_ENUM) TRIGGER_KIND_COUNT };
enum trigger_frame { TRIGGER_FRAMES(NAMED_ENUM) TRIGGER_FRAME_COUNT };

extern const char *const trigger_kind_names[TRIGGER_KIND_COUNT];
extern const char *const trigger_frame_names[TRIGGER_FRAME_COUNT];

struct candidate {
    enum trigger_kind kind;
    enum trigger_frame frame;
    enum commitment_type type; /* as the word list says */
    uint32_t word;             /* the trigger's main word */
    struct range trigger;
    struct range action;
    struct range subject; /* who is bound, as the frame says; may be empty */
    bool negative;
    bool passive;    /* its subject is not the one who acts: "will be removed" */
    bool controlled; /* the subject is the object of an order: "ordered |Khan| to leave" */
};

struct candidates {
    struct candidate *at; /* in text order of their triggers */
    uint32_t count;
};

enum { CANDIDATES_MAX = 20000 }; /* of one text; what comes after is left out */

enum err triggers_find(const struct scene *s, struct candidates *out);

#endif
