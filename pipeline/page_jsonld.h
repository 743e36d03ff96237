/*
 * Facts that a page states in JSON-LD (schema.org: Article and its kin).
 *
 * Much JSON-LD on the web is broken: line ends in strings, commas too many, keys that stand twice.
 * What the strict reader refuses is searched for the few keys that matter instead.
 */
#ifndef ONRECORD_PIPELINE_PAGE_JSONLD_H
#define ONRECORD_PIPELINE_PAGE_JSONLD_H

#include "pipeline/page_facts.h"
#include "pipeline/page_tree.h"

/* ERR_NO_MEMORY. */
enum err page_jsonld_read(const struct page_tree *tree, struct page_facts *facts);

#endif
