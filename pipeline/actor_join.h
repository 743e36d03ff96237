/*
 * Mentions put together: every mention goes to the entry of whom it means.
 *
 * Persons are joined by their surname, organisations by acronym and short form, countries by their
 * row in the list. Which entries are actors is decided later.
 */
#ifndef ONRECORD_PIPELINE_ACTOR_JOIN_H
#define ONRECORD_PIPELINE_ACTOR_JOIN_H

#include "pipeline/lookup.h"
#include "pipeline/mentions.h"

#define NO_ENTRY UINT32_MAX

enum { ENTRIES_MAX = 20000 }; /* different actors of one text; more are left out */

struct entry {
    enum mention_source source;
    struct range name; /* the fullest so far */
    const struct wordlist_row *country;
    struct range role;
    struct range holder;   /* the words that say of whom it is */
    uint32_t holder_word;  /* what stands for him without a name, or NO_HEAD (struct office) */
    uint32_t holder_entry; /* whose entry that is, or NO_ENTRY */
    uint32_t first_draft;  /* its mentions, chained by joined.next_draft */
    uint32_t last_draft;
    uint32_t count;
    uint32_t in_dateline; /* so many of these do nothing there */
    uint32_t sides;       /* so many are said to be of it */
    bool acts;
    bool named;    /* a country by its name, not only as "the Russian government" */
    bool holds;    /* a person's side */
    bool governed; /* by a mayor or governor that the text speaks of */
};

struct joined {
    struct arena *arena;
    const struct document *doc;
    struct mention_drafts drafts;
    uint32_t *entry_of;   /* beside drafts; NO_ENTRY where there was no room */
    uint32_t *next_draft; /* beside drafts: the next mention of the same entry, or NO_ENTRY */
    struct entry *entries;
    uint32_t count;
    struct lookup by_name;    /* whole name, countries by their canonical one */
    struct lookup by_surname; /* last word of a person: the entry last spoken of */
    struct lookup by_first;   /* first word of a person or organisation of several words */
    struct lookup by_acronym;
    struct lookup by_short; /* organisations without the country in front: "Air Force" */
};

/* "tourists from |Chile|" only happen to be from there, as "|Chilean| tourists" do not. */
static inline bool entry_held_behind(const struct entry *e)
{
    return e->source == FROM_GROUP && e->holder.first > e->name.first;
}

/* Needs names, tags and trees. Entries stand in the order of their first mention. */
enum err actors_join(struct arena *a, const struct document *doc, struct joined *out);

/* The entry that a mention is of, or NO_ENTRY; and a new one for it, findable by its whole name. */
uint32_t joined_find(const struct joined *j, const struct mention_draft *m);
uint32_t joined_new(struct joined *j, const struct mention_draft *m);

#endif
