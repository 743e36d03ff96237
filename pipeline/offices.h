/*
 * The office that a text gives a person beside the name: what it is and of whom.
 */
#ifndef ONRECORD_PIPELINE_OFFICES_H
#define ONRECORD_PIPELINE_OFFICES_H

#include "models/document.h"
#include "pipeline/lexis.h"

struct office {
    struct range role;    /* "Foreign Minister"; empty if none is said */
    struct range holder;  /* the country or body it is of ("Russian", "Apple"); empty if none */
    uint32_t holder_word; /* without a name for it: "its" or "company", as in "its president"; or
                             NO_HEAD */
    struct range full; /* the name with all that stands before it: "Russian Foreign Minister X" */
};

/* What is said before the name ("Apple CEO X", "the Russian foreign minister, X") and behind it
 * ("X, Russia's foreign minister,"; "X, head of the central bank"). */
struct office office_of(const struct document *doc, struct range name);

/* The named piece (token.name), no person, that ends right before token `end`, "'s" skipped; else
 * empty. */
struct range office_holder_before(const struct document *doc, uint32_t floor, uint32_t end);

/* The country or body that an organisation's name, or what stands beside it, says it is of: "the
 * |Hungarian| Development Bank", "|Peru|'s Supreme Court", "the Senate of |Chile|"; else empty. */
struct range side_of_body(const struct document *doc, struct range name);

/* The country or body that the group at `head` is of: "finance ministers from the |G7|", "staff of
 * |Boeing|", "researchers mostly from |Lagos University|"; else empty. */
struct range side_of_group(const struct document *doc, uint32_t head);

#endif
