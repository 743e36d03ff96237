/*
 * Every place where the text may speak of an actor, before they are joined.
 */
#ifndef ONRECORD_PIPELINE_MENTIONS_H
#define ONRECORD_PIPELINE_MENTIONS_H

#include "base/arena.h"
#include "base/error.h"
#include "models/actor.h"
#include "models/document.h"
#include "pipeline/lexis.h"
#include "pipeline/offices.h"

enum mention_source {
    FROM_PERSON,
    FROM_COUNTRY, /* Russia, the Russian government */
    FROM_SEAT,    /* Moscow: only where it acts */
    FROM_PLACE,   /* Texas, Paris: only where it acts */
    FROM_ORGANISATION,
    FROM_GROUP,     /* a named group or a described one: the Taliban, foreign troops */
    FROM_DESCRIBED, /* an organisation without a name: Syrian state media, the security council */
};

static inline bool source_is_person(enum mention_source s)
{
    return s == FROM_PERSON;
}

/* By its name, or by its capital or seat of government. */
static inline bool source_is_country(enum mention_source s)
{
    return s == FROM_COUNTRY || s == FROM_SEAT;
}

struct mention_draft {
    enum mention_source source;
    struct range words;   /* the name or description itself */
    struct range full;    /* with what stands before it */
    struct office office; /* of a person; of others only holder ("Iraqi" of "Iraqi militias") */
    const struct wordlist_row *country; /* FROM_COUNTRY, FROM_SEAT: its row */
    bool acts;                          /* says or does something here, or receives it */
    bool in_dateline;                   /* "|PARIS|, July 3 -": does nothing here */
};

struct mention_drafts {
    struct mention_draft *at; /* in text order */
    uint32_t count;
};

/* Needs names and tags. */
enum err mentions_find(struct arena *a, const struct document *doc, struct mention_drafts *out);

/* The row in countries.tsv of the name that begins at r.first and fills r, or NULL. */
const struct wordlist_row *mention_country(const struct document *doc, struct range r);

/* The token of the words `r` that the tree hangs on something outside of them. */
uint32_t mention_top(const struct document *doc, struct range r);

#endif
