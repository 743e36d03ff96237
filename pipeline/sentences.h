/*
 * Paragraphs into sentences.
 */
#ifndef ONRECORD_PIPELINE_SENTENCES_H
#define ONRECORD_PIPELINE_SENTENCES_H

#include "base/arena.h"
#include "base/error.h"
#include "models/document.h"

/*
 * Needs doc->text and paragraphs. Sentences never cross paragraphs; abbreviations, initials and
 * decimals do not end them (pipeline/stops.h), nor does a stop before lower case ("Yes!" she said).
 * Closing quotes, brackets and references ("[12]") belong to the sentence they close. A run without
 * an end is cut at SENTENCE_BYTES_MAX, at white space where there is some. first_token and
 * token_count are left 0 for the next stage.
 */
enum { SENTENCE_BYTES_MAX = 8192 };

enum err sentences_cut(struct arena *a, const struct document *doc, struct sentences *out);

#endif
