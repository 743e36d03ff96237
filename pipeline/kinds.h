/*
 * Tells body paragraphs from headlines, captions and credit lines ("Reporting by …", "Sign up
 * for …"), which are no evidence.
 */
#ifndef ONRECORD_PIPELINE_KINDS_H
#define ONRECORD_PIPELINE_KINDS_H

#include "models/document.h"

/*
 * Sets the kind of every paragraph. Cue phrases stand in data/paragraph-cues.tsv. Subheads are
 * PARAGRAPH_HEADLINE, too. A paragraph that is longer than any caption is always body.
 */
void kinds_mark(struct text text, struct paragraphs *paragraphs);

/*
 * True if the article opens with a headline, once captions, credits and a line that is only a date
 * are passed over; *index is then its paragraph.
 */
bool kinds_main_headline(struct text text, const struct paragraphs *paragraphs, uint32_t *index);

#endif
