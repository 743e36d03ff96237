/*
 * The office that a text gives a person beside the name: what it is and of whom.
 */
#ifndef ONRECORD_PIPELINE_OFFICES_H
#define ONRECORD_PIPELINE_OFFICES_H

#include "models/document.h"
#include "pipeline/lexis.h"

struct office {
    struct range role;   /* "Foreign Minister"; empty if none is said */
    struct range holder; /* the country or body it is of ("Russian", "Apple"); empty if none */
    struct range full;   /* the name with all that stands before it: "Russian Foreign Minister X" */
};

/* What is said before the name ("Apple CEO X", "the Russian foreign minister, X") and behind it
 * ("X, Russia's foreign minister,"; "X, head of the central bank"). */
struct office office_of(const struct document *doc, struct range name);

/* The role words that end before token `end`, not before `floor`: empty without a head. */
struct range office_words_before(const struct document *doc, uint32_t floor, uint32_t end);

/* The named piece (token.name) that ends right before token `end`, "'s" skipped; else empty. */
struct range office_holder_before(const struct document *doc, uint32_t floor, uint32_t end);

#endif
