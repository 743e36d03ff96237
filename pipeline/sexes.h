/*
 * Whether a word or a person can be meant by "he" or by "she".
 */
#ifndef ONRECORD_PIPELINE_SEXES_H
#define ONRECORD_PIPELINE_SEXES_H

#include "models/actor.h"
#include "models/document.h"

enum sex { SEX_UNKNOWN, SEX_MALE, SEX_FEMALE };

/* Of a word: of "he", "Mrs.", "woman", "chairman", "son" (data/sexes.tsv). */
enum sex sex_of_word(struct text word);

/*
 * Writes to sex[actor] what is known of each person: by what stands before the name ("Mrs. Holm"),
 * by the office ("chairwoman"), by the forename (data/forenames.tsv, data/forename-words.tsv).
 * `actor_at` has the actor of each token, or NO_ACTOR.
 */
void sexes_of_persons(const struct document *doc, const struct actors *actors,
                      const uint32_t *actor_at, enum sex *sex);

/* Of the person whose name begins at token `first` and ends before `end`; the same ways. */
enum sex sex_of_name(const struct document *doc, uint32_t first, uint32_t end);

static inline bool sexes_agree(enum sex a, enum sex b)
{
    return a == SEX_UNKNOWN || b == SEX_UNKNOWN || a == b;
}

#endif
