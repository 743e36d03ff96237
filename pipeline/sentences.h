/*
 * Paragraphs into sentences.
 */
#ifndef ONRECORD_PIPELINE_SENTENCES_H
#define ONRECORD_PIPELINE_SENTENCES_H

#include "base/arena.h"
#include "base/error.h"
#include "models/document.h"

/*
 * Needs doc->text and paragraphs. Sentences never cross paragraphs; abbreviations, initials,
 * decimals and ellipses do not end them, closing quotes and brackets belong to the sentence they
 * close. A run without an end is cut at SENTENCE_BYTES_MAX, at white space where there is some.
 * first_token and token_count are left 0 for the next stage.
 */
enum { SENTENCE_BYTES_MAX = 8192 };

enum err sentences_cut(struct arena *a, const struct document *doc, struct sentences *out);

#endif
