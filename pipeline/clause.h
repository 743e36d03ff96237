/*
 * Grammar as the finders ask for it: whose verb it is, what belongs to it, where it ends.
 *
 * Read from tags and word order alone. The questions stand here so that the answers can come from
 * the dependency tree without a change where they are asked.
 */
#ifndef ONRECORD_PIPELINE_CLAUSE_H
#define ONRECORD_PIPELINE_CLAUSE_H

#include "models/date.h"
#include "models/document.h"
#include "pipeline/lexis.h"

/* The first token of the verb group that `verb` stands in: "has", of "has not yet |agreed|". */
uint32_t clause_group_start(const struct document *doc, uint32_t verb);

/* The verb that carries the meaning of the group that `first` begins: "provide", of "will also
 * provide"; `first` itself if nothing follows. *negated tells of a "not" or "never" between. */
uint32_t clause_main_verb(const struct document *doc, uint32_t first, bool *negated);

/* True for a form of be right before the participle at `verb`, adverbs skipped. */
bool clause_passive(const struct document *doc, uint32_t verb);

/* The words of the subject of the verb group around `verb`, through relative pronouns, asides and
 * joined verbs; empty if none is found. */
struct range clause_subject(const struct document *doc, uint32_t verb);

/* The noun phrase that ends before token `end`, not before `floor`. */
struct range clause_phrase_before(const struct document *doc, uint32_t floor, uint32_t end);

/* The noun phrase that starts at `i`, up to its first preposition but "of"; empty if none. */
struct range clause_phrase_at(const struct document *doc, uint32_t i, uint32_t end);

/* The noun that heads the phrase: "Deliveries", of "Deliveries to Singapore Airlines". */
uint32_t clause_head(const struct document *doc, struct range phrase);

/*
 * The words from `verb` to the end of its complements, as a reporter would cite them: without
 * clauses of time and condition, "which …", "he said", and a date at the end.
 */
struct range clause_action(const struct document *doc, uint32_t verb, const struct dates *dates);

/* The end of everything that may hang on `verb`, dates included. */
uint32_t clause_reach(const struct document *doc, uint32_t verb);

/* "build a pipeline and |train| officers": the joined verb behind an action, or NO_HEAD. */
uint32_t clause_joined_verb(const struct document *doc, struct range action);

/* "if …", "unless …" in the sentence around `verb`; empty if there is none. */
struct range clause_condition(const struct document *doc, uint32_t verb);

#endif
