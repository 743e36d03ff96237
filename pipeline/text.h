/*
 * First stage for plain text: line ends become LF, paragraphs are cut and told apart.
 */
#ifndef ONRECORD_PIPELINE_TEXT_H
#define ONRECORD_PIPELINE_TEXT_H

#include "base/arena.h"
#include "base/error.h"
#include "models/document.h"

/*
 * Copies `in` (well-formed UTF-8) with CRLF and CR turned into LF. ERR_EMPTY_TEXT if it holds
 * nothing but white space.
 */
enum err text_normalise(struct arena *a, struct text in, struct text *out);

/*
 * Paragraphs: runs of lines between blank lines; where a text has no blank lines, or its lines are
 * too long to have been wrapped by hand, every line is one. Headlines, captions and credit lines
 * are marked. A first paragraph that reads as a headline becomes *title unless *title is already
 * known (it is marked as headline in both cases).
 */
enum err text_paragraphs(struct arena *a, struct text text, struct paragraphs *out,
                         struct text *title);

#endif
