/*
 * When a commitment is to be done: the date that governs its action, not the one that governs
 * "said".
 *
 * Looked for in this order: in and behind the action ("send aid by May 1"), before its noun ("a May
 * 1 deadline"), at the start of the sentence ("Later this month, they will …"), the only day to
 * come in the sentence, a stretch of time ("over the next four years"), a sentence before that
 * tells when the same event is ("The debate is set for Friday. … The debate will last …").
 */
#ifndef ONRECORD_PIPELINE_COMMITMENT_DUE_H
#define ONRECORD_PIPELINE_COMMITMENT_DUE_H

#include "pipeline/scene.h"
#include "pipeline/triggers.h"

struct due {
    uint32_t date;    /* index into scene.dates of the words that say it, or NO_DATE */
    struct text edtf; /* "2021-05", "../2021-05-01", "2021/2025"; bytes NULL if none is said */
};

/* `saying`: the verb of speech that governs the commitment, or NO_HEAD. */
enum err due_read(const struct scene *s, const struct candidate *c, uint32_t saying,
                  struct due *out);

#endif
