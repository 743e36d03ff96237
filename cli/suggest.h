/*
 * "Did you mean": the known word nearest to a mistyped one.
 */
#ifndef ONRECORD_CLI_SUGGEST_H
#define ONRECORD_CLI_SUGGEST_H

#include "base/edits.h"

/* Keeps in *best (NULL at first) the nearer of it and `candidate`, if that is near enough at all.
 */
static inline void suggest_try(const char *word, const char *candidate, const char **best)
{
    unsigned distance = edits_between(text_of(word), candidate);
    if (distance < (*best ? edits_between(text_of(word), *best) : EDITS_NONE))
        *best = candidate;
}

#endif
