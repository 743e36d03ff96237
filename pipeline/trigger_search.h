/*
 * The parts of the search for triggers: what every frame asks, and the frames.
 */
#ifndef ONRECORD_PIPELINE_TRIGGER_SEARCH_H
#define ONRECORD_PIPELINE_TRIGGER_SEARCH_H

#include "pipeline/triggers.h"

struct search {
    const struct scene *scene;
    const struct document *doc;
    struct candidate *at; /* room for CANDIDATES_MAX or three a token */
    uint32_t count;
};

enum commitment_type trigger_type(const struct wordlist_row *row);
bool trigger_has_frame(const struct wordlist_row *row, const char *frame);

/* "does not |plan|", "no |plans|". */
bool trigger_negated_before(const struct document *doc, uint32_t i);

/* "be |built|". */
bool trigger_passive_action(const struct document *doc, struct range action);

/* "|Russia|'s plan", "|its| plan", "|Boeing| announced plans"; empty if nobody is named. */
struct range trigger_holder(const struct document *doc, uint32_t noun);

/* The trigger with what makes it: "are expected to", "stand ready". */
struct range trigger_words(const struct document *doc, uint32_t word, uint32_t verb);

/* Adds a candidate; NULL if there is no room or no action. One action is undertaken once: the word
 * nearest to it wins. */
struct candidate *trigger_put(struct search *f, struct candidate c);

/* Adds the verbs joined to the action of `c`: "will build … and |train| …". */
void trigger_put_joined(struct search *f, struct candidate c);

/* The frames. `i` is the trigger's word. */
void trigger_modal(struct search *f, uint32_t i, const struct wordlist_row *row);
void trigger_infinitive(struct search *f, uint32_t i, enum trigger_kind kind,
                        const struct wordlist_row *row);
bool trigger_phrase(struct search *f, uint32_t i, enum trigger_kind kind,
                    const struct wordlist_row *row);
void trigger_event(struct search *f, uint32_t i, enum trigger_kind kind,
                   const struct wordlist_row *row);
void trigger_be_to(struct search *f, uint32_t i);   /* is to leave */
void trigger_have_to(struct search *f, uint32_t i); /* has to leave */
void trigger_to_be(struct search *f, uint32_t i);   /* a system, to be released in May */
void trigger_days_to(struct search *f, uint32_t i); /* has 60 days to respond */

#endif
