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
 * Paragraphs: every line is one, blank lines part none. Only lines wrapped by hand are joined, and
 * the paragraph then holds their LF: a line joins the one before where no line is longer than 132
 * bytes, its first word would not have fitted there, and it goes on in lower case (or other lines
 * do so). Headlines and subheads, captions and credit lines are marked (pipeline/kinds.h). A
 * headline at the start becomes *title unless *title is already known (it is marked as headline in
 * both cases).
 */
enum err text_paragraphs(struct arena *a, struct text text, struct paragraphs *out,
                         struct text *title);

#endif
