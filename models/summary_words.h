/*
 * Parts of a summary in words, for people: what the cards in Markdown, HTML and the calendar share.
 */
#ifndef ONRECORD_MODELS_SUMMARY_WORDS_H
#define ONRECORD_MODELS_SUMMARY_WORDS_H

#include "base/strbuf.h"
#include "models/request.h"
#include "models/summary.h"

/* Appends `t` as one form of output wants it: escaped, or as it is. */
typedef void words_put(struct strbuf *b, struct text t);

bool words_shown(const struct request *r, const struct commitment *c);

/* "Canada, Peru"; nothing for an empty list. */
void words_actors(struct strbuf *b, const struct summary *s, const struct actor_list *list,
                  words_put *put);

/* What is undertaken: the action's words, else the trigger's. */
struct text words_action(const struct summary *s, const struct commitment *c);

/* "by 2021-05-01" of "../2021-05-01", "2021-04"; nothing where no date is said. */
void words_due(struct strbuf *b, const struct commitment *c, words_put *put);

#endif
