/*
 * The summary as a piece of HTML for readers without scripts: the cards, and the article with its
 * findings marked. Everything that comes from outside is escaped.
 */
#ifndef ONRECORD_MODELS_SUMMARY_HTML_H
#define ONRECORD_MODELS_SUMMARY_HTML_H

#include "base/arena.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "models/problem.h"
#include "models/request.h"
#include "models/summary.h"

/* Appends `t` as text between tags or inside a quoted attribute. */
void html_put(struct strbuf *b, struct text t);

/* Appends the findings; memory that runs out shows at strbuf_finish. */
void summary_to_html(struct strbuf *b, const struct summary *s, const struct request *r);

/* Appends what went wrong as a sentence. */
void problem_to_html(struct strbuf *b, const struct problem *p);

#endif
