/*
 * A look over a page's bytes before the parser sees them.
 *
 * libxml2 compares each attribute of a tag with all before it: one tag with 40,000 attributes costs
 * it 8 s. page_scan_fits() adds up what the tags could cost and refuses before it is spent.
 */
#ifndef ONRECORD_PIPELINE_PAGE_SCAN_H
#define ONRECORD_PIPELINE_PAGE_SCAN_H

#include "base/span.h"

/*
 * True if no way of reading `html` costs the parser too much. Every "<" before a letter counts as a
 * tag, whether it stands in a comment, a script or another tag: so what the parser really takes for
 * tags is always among them, and no trick with quotes or comments hides a tag from this count.
 */
bool page_scan_fits(struct text html);

#endif
