/*
 * The language of a text, by its commonest words.
 */
#ifndef ONRECORD_PIPELINE_LANGUAGE_H
#define ONRECORD_PIPELINE_LANGUAGE_H

#include "models/document.h"

struct language {
    struct text tag; /* BCP 47: "en"; bytes NULL where no guess is worth making */
    bool english;    /* true also for texts too short to tell */
};

/* Needs tokens. */
struct language language_guess(const struct document *doc);

#endif
