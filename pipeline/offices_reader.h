/*
 * What the readers of offices (offices.c) and of a body's side (offices_bodies.c) share.
 */
#ifndef ONRECORD_PIPELINE_OFFICES_READER_H
#define ONRECORD_PIPELINE_OFFICES_READER_H

#include "pipeline/lexis.h"

enum { OFFICE_TOKENS_MAX = 12 };

/* Named, and no person. */
bool office_side_name(const struct document *doc, uint32_t i);

/* A common noun or adjective, which may narrow the noun behind it. */
bool office_narrowed(const struct document *doc, uint32_t i);

/* The named piece that begins at `i`; and the side it tells: behind "'s" another may be meant. */
struct range office_named_at(const struct document *doc, uint32_t i, uint32_t end);
struct range office_side_at(const struct document *doc, uint32_t i, uint32_t end);

/* The named piece behind the preposition at `i`, a description between; else empty. */
struct range office_holder_behind(const struct document *doc, uint32_t i, uint32_t end);

#endif
