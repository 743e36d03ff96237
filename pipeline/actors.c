/*
 * Joins mentions into actors.
 *
 * Persons by their surname, organisations by acronym and short form, countries by their row in the
 * list; a country, a place or a seat of government is an actor only if it acts somewhere. Order of
 * work: drafts in text order are put to entries; entries that are nobody's are dropped; the rest
 * get names, aliases, roles, affiliations and salience.
 */
#include "pipeline/actors.h"

#include "pipeline/lookup.h"
#include "pipeline/mentions.h"

enum {
    ENTRIES_MAX = 20000, /* different actors of one text; more are left out */
    NO_ENTRY = UINT32_MAX,
};

struct entry {
    enum mention_source source;
    struct range name; /* the fullest so far */
    const struct wordlist_row *country;
    struct range role;
    struct range holder;
    uint32_t count;
    uint32_t actor; /* its place in the result, or NO_ACTOR */
    bool acts;
    bool named; /* a country by its name, not only as "the Russian government" */
};

struct joiner {
    struct arena *arena;
    const struct document *doc;
    struct mention_drafts drafts;
    uint32_t *entry_of; /* beside drafts */
    struct entry *entries;
    uint32_t count;
    struct lookup by_name;    /* whole name, countries by their canonical one */
    struct lookup by_surname; /* last word of a person: the entry last spoken of */
    struct lookup by_first;   /* first word of a person or organisation of several words */
    struct lookup by_acronym;
};

static uint32_t length_of(struct range r)
{
    return r.end - r.first;
}

static struct text norm_of(const struct joiner *j, uint32_t i)
{
    return j->doc->tokens.at[i].norm;
}

/* "the International Atomic Energy Agency" -> "iaea"; empty for a single word. */
static struct text acronym_of(const struct joiner *j, struct range r)
{
    char *letters = arena_alloc(j->arena, length_of(r));
    uint32_t n = 0;

    if (!letters)
        return (struct text){NULL, 0};
    for (uint32_t i = r.first; i < r.end; i++)
        if (word_capital(j->doc, i))
            letters[n++] = norm_of(j, i).bytes[0];
    return (struct text){letters, n > 1 ? n : 0};
}

/* The acronym of a single word in capitals without its full stops, "U.N." as "un"; else empty. */
static struct text as_acronym(const struct joiner *j, struct range r)
{
    struct text norm = norm_of(j, r.first);
    char *letters = arena_alloc(j->arena, norm.len + 1);
    uint32_t n = 0;

    if (!letters || length_of(r) != 1 || !(j->doc->tokens.at[r.first].shape & SHAPE_ALL_UPPER))
        return (struct text){NULL, 0};
    for (uint32_t i = 0; i < norm.len; i++)
        if (norm.bytes[i] != '.')
            letters[n++] = norm.bytes[i];
    return (struct text){letters, n};
}

static bool is_person(enum mention_source s)
{
    return s == FROM_PERSON;
}

static bool is_country(enum mention_source s)
{
    return s == FROM_COUNTRY || s == FROM_SEAT;
}

static bool is_body(enum mention_source s)
{
    return s == FROM_ORGANISATION || s == FROM_DESCRIBED;
}

static struct text key_of(const struct joiner *j, const struct mention_draft *m)
{
    if (m->country && is_country(m->source))
        return text_of(m->country->values[0]);
    return words_key(j->arena, j->doc, m->words);
}

/* "Lavrov", "Sergei": the person whose last or only first name it is. */
static uint32_t person_by_part(const struct joiner *j, struct range r)
{
    if (length_of(r) == 1) {
        uint32_t e = lookup_get(&j->by_surname, norm_of(j, r.first), NO_ENTRY);
        if (e == NO_ENTRY)
            e = lookup_get(&j->by_first, norm_of(j, r.first), NO_ENTRY);
        return e != NO_ENTRY && is_person(j->entries[e].source) ? e : NO_ENTRY;
    }
    /* "George W. Bush" after "George Bush": same first and last word. */
    uint32_t e = lookup_get(&j->by_surname, norm_of(j, r.end - 1), NO_ENTRY);
    if (e != NO_ENTRY && length_of(j->entries[e].name) > 1 &&
        text_equal(norm_of(j, j->entries[e].name.first), norm_of(j, r.first)))
        return e;
    /* "Sergei Lavrov" after "Lavrov" alone. */
    return e != NO_ENTRY && length_of(j->entries[e].name) == 1 ? e : NO_ENTRY;
}

/* "NASA", "Northrop": the body whose initials or first word it is, or the other way round. */
static uint32_t body_by_part(const struct joiner *j, struct range r)
{
    struct text acronym = length_of(r) == 1 ? as_acronym(j, r) : acronym_of(j, r);
    uint32_t e = acronym.len > 1 ? lookup_get(&j->by_acronym, acronym, NO_ENTRY) : NO_ENTRY;

    if (e != NO_ENTRY && (length_of(r) == 1) != (length_of(j->entries[e].name) == 1))
        return e;
    if (length_of(r) == 1) {
        e = lookup_get(&j->by_first, norm_of(j, r.first), NO_ENTRY);
        if (e != NO_ENTRY && is_body(j->entries[e].source))
            return e;
    }
    return NO_ENTRY;
}

static uint32_t entry_find(const struct joiner *j, const struct mention_draft *m, struct text key)
{
    uint32_t e = lookup_get(&j->by_name, key, NO_ENTRY);

    if (e != NO_ENTRY)
        return e;
    if (is_person(m->source))
        return person_by_part(j, m->words);
    if (m->source == FROM_ORGANISATION)
        return body_by_part(j, m->words);
    return NO_ENTRY;
}

static uint32_t entry_new(struct joiner *j, const struct mention_draft *m)
{
    if (j->count == ENTRIES_MAX)
        return NO_ENTRY;
    j->entries[j->count] = (struct entry){
        .source = m->source, .name = m->words, .country = m->country, .actor = NO_ACTOR};
    return j->count++;
}

/* Makes `e` findable under the parts of this name. */
static void entry_index(struct joiner *j, uint32_t e, const struct mention_draft *m,
                        struct text key)
{
    struct range r = m->words;

    lookup_put(&j->by_name, key, e);
    if (is_person(m->source)) {
        *lookup_put(&j->by_surname, norm_of(j, r.end - 1), e) = e;
        if (length_of(r) > 1)
            lookup_put(&j->by_first, norm_of(j, r.first), e);
    } else if (m->source == FROM_ORGANISATION) {
        struct text acronym = length_of(r) == 1 ? as_acronym(j, r) : acronym_of(j, r);
        if (acronym.len > 1)
            lookup_put(&j->by_acronym, acronym, e);
        if (length_of(r) > 1 && !word_row(j->doc, r.first, &wordlist_countries) &&
            !word_row(j->doc, r.first, &wordlist_function_words))
            lookup_put(&j->by_first, norm_of(j, r.first), e);
    }
}

static uint32_t span_bytes(const struct joiner *j, struct range r)
{
    struct span s = words_span(j->doc, r);
    return s.end - s.start;
}

static bool fuller(const struct joiner *j, const struct entry *e, const struct mention_draft *m)
{
    bool country_name = m->country && row_says(m->country, 2, "name") &&
                        j->doc->tokens.at[m->words.first].name == NAME_COUNTRY;
    if (is_country(m->source) && country_name != e->named)
        return country_name;
    if (m->source == FROM_SEAT)
        return false;
    return span_bytes(j, m->words) > span_bytes(j, e->name);
}

static void entry_add(struct joiner *j, uint32_t at, const struct mention_draft *m)
{
    struct entry *e = &j->entries[at];

    if (fuller(j, e, m) || (e->count == 0))
        e->name = m->words;
    if (m->country && row_says(m->country, 2, "name"))
        e->named |= j->doc->tokens.at[m->words.first].name == NAME_COUNTRY;
    if (e->source == FROM_SEAT && m->source == FROM_COUNTRY)
        e->source = FROM_COUNTRY;
    if (range_empty(e->role) && !range_empty(m->office.role))
        e->role = m->office.role;
    if (range_empty(e->holder) && !range_empty(m->office.holder))
        e->holder = m->office.holder;
    e->acts |= m->acts;
    e->count++;
}

static enum err join_all(struct joiner *j)
{
    for (uint32_t i = 0; i < j->drafts.count; i++) {
        const struct mention_draft *m = &j->drafts.at[i];
        struct text key = key_of(j, m);
        if (!key.bytes)
            return ERR_NO_MEMORY;
        uint32_t e = entry_find(j, m, key);
        if (e == NO_ENTRY)
            e = entry_new(j, m);
        j->entry_of[i] = e;
        if (e == NO_ENTRY)
            continue;
        entry_index(j, e, m, key);
        entry_add(j, e, m);
    }
    return ERR_OK;
}

/* The entry of the country or body at `r`, made if the text only has its adjective. */
static uint32_t entry_at(struct joiner *j, struct range r)
{
    const struct wordlist_row *country = mention_country(j->doc, r);
    struct mention_draft m = {.source = country ? FROM_COUNTRY : FROM_ORGANISATION,
                              .words = r,
                              .full = r,
                              .country = country};
    struct text key = key_of(j, &m);
    uint32_t e = key.bytes ? entry_find(j, &m, key) : NO_ENTRY;

    if (e != NO_ENTRY || !country || !key.bytes)
        return e;
    e = entry_new(j, &m);
    if (e != NO_ENTRY)
        lookup_put(&j->by_name, key, e);
    return e;
}

/* A person's side is an actor too, even where the text only calls him "Russian". */
static void resolve_holders(struct joiner *j)
{
    uint32_t count = j->count;

    for (uint32_t i = 0; i < count; i++) {
        struct entry *e = &j->entries[i];
        if (range_empty(e->holder))
            continue;
        uint32_t holder = entry_at(j, e->holder);
        if (holder != NO_ENTRY && holder != i && (is_person(e->source) || e->acts))
            j->entries[holder].acts |= is_person(e->source);
    }
}

static bool is_actor(const struct entry *e)
{
    switch (e->source) {
    case FROM_PERSON:
    case FROM_ORGANISATION:
        return true;
    case FROM_COUNTRY:
    case FROM_SEAT:
    case FROM_PLACE:
    case FROM_GROUP:
    case FROM_DESCRIBED:
        return e->acts;
    }
    return false;
}

static enum actor_type type_of(const struct entry *e)
{
    switch (e->source) {
    case FROM_PERSON:
        return ACTOR_PERSON;
    case FROM_COUNTRY:
    case FROM_SEAT:
        return ACTOR_COUNTRY;
    case FROM_PLACE:
        return ACTOR_PLACE_GOVERNMENT;
    case FROM_GROUP:
        return ACTOR_GROUP;
    case FROM_ORGANISATION:
    case FROM_DESCRIBED:
        break;
    }
    return ACTOR_ORGANISATION;
}

static struct text text_at(const struct joiner *j, struct range r)
{
    return range_empty(r) ? (struct text){NULL, 0}
                          : text_slice(j->doc->text, words_span(j->doc, r));
}

static struct text name_of(const struct joiner *j, const struct entry *e)
{
    if (e->country && (!e->named || span_bytes(j, e->name) < 5) && (is_country(e->source)) &&
        (e->count == 0 || e->named))
        return text_of(e->country->values[0]);
    return text_at(j, e->name);
}

static void alias_add(struct actor *actor, struct text alias)
{
    if (text_equal(alias, actor->name))
        return;
    for (uint32_t i = 0; i < actor->alias_count; i++)
        if (text_equal(alias, actor->aliases[i]))
            return;
    if (actor->alias_count < 24)
        actor->aliases[actor->alias_count++] = alias;
}

static enum err write_actor(struct joiner *j, uint32_t at, struct actor *out)
{
    struct entry *e = &j->entries[at];
    uint32_t aliases = 2 * e->count < 24 ? 2 * e->count : 24;

    out->name = name_of(j, e);
    out->type = type_of(e);
    out->role = text_at(j, e->role);
    out->affiliation = NO_ACTOR;
    out->iso3166 = e->country && is_country(e->source) ? text_of(e->country->values[1])
                                                       : (struct text){NULL, 0};
    out->aliases = ARENA_ARRAY(j->arena, struct text, aliases + 1);
    out->mentions = ARENA_ARRAY(j->arena, struct mention, e->count + 1);
    return out->aliases && out->mentions ? ERR_OK : ERR_NO_MEMORY;
}

static void write_mention(struct joiner *j, const struct mention_draft *m, struct actor *actor)
{
    bool name = m->source != FROM_DESCRIBED && m->source != FROM_GROUP;

    if (m->source == FROM_SEAT && !m->acts)
        return;
    actor->mentions[actor->mention_count++] =
        (struct mention){words_span(j->doc, m->words), name ? MENTION_NAME : MENTION_NOMINAL};
    alias_add(actor, text_at(j, m->words));
    if (m->full.first < m->words.first && is_person(m->source))
        alias_add(actor, text_at(j, m->full));
}

/* Spoken of often and early counts: 1 for the most spoken of from the start on. */
static void weigh(const struct joiner *j, struct actors *actors)
{
    uint32_t most = 1;

    for (uint32_t i = 0; i < actors->count; i++)
        most = actors->at[i].mention_count > most ? actors->at[i].mention_count : most;
    for (uint32_t i = 0; i < actors->count; i++) {
        struct actor *a = &actors->at[i];
        uint32_t first = a->mention_count ? a->mentions[0].span.start : j->doc->text.len;
        double early = 1.0 - (double)first / (double)(j->doc->text.len + 1);
        a->salience = 0.7 * (double)a->mention_count / (double)most + 0.3 * early;
    }
}

static enum err write_all(struct joiner *j, struct actors *out)
{
    struct actors actors = {ARENA_ARRAY(j->arena, struct actor, j->count + 1), 0};

    if (!actors.at)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < j->count; i++) {
        if (!is_actor(&j->entries[i]))
            continue;
        if (write_actor(j, i, &actors.at[actors.count]) != ERR_OK)
            return ERR_NO_MEMORY;
        j->entries[i].actor = actors.count++;
    }
    for (uint32_t i = 0; i < j->drafts.count; i++)
        if (j->entry_of[i] != NO_ENTRY && j->entries[j->entry_of[i]].actor != NO_ACTOR)
            write_mention(j, &j->drafts.at[i], &actors.at[j->entries[j->entry_of[i]].actor]);
    for (uint32_t i = 0; i < j->count; i++) {
        const struct entry *e = &j->entries[i];
        uint32_t holder =
            range_empty(e->holder) || e->actor == NO_ACTOR ? NO_ENTRY : entry_at(j, e->holder);
        if (holder != NO_ENTRY && holder != i)
            actors.at[e->actor].affiliation = j->entries[holder].actor;
    }
    weigh(j, &actors);
    *out = actors;
    return ERR_OK;
}

enum err actors_find(struct arena *a, const struct document *doc, struct actors *out)
{
    struct joiner j = {.arena = a, .doc = doc};
    enum err e = mentions_find(a, doc, &j.drafts);

    if (e != ERR_OK)
        return e;
    /* A draft makes at most one entry, and its holder one more. */
    uint32_t room = 2 * j.drafts.count + 1;
    j.entry_of = ARENA_ARRAY(a, uint32_t, room);
    j.entries = ARENA_ARRAY(a, struct entry, room);
    if (!j.entry_of || !j.entries || lookup_new(a, room, &j.by_name) != ERR_OK ||
        lookup_new(a, room, &j.by_surname) != ERR_OK ||
        lookup_new(a, room, &j.by_first) != ERR_OK ||
        lookup_new(a, room, &j.by_acronym) != ERR_OK || join_all(&j) != ERR_OK)
        return ERR_NO_MEMORY;
    resolve_holders(&j);
    return write_all(&j, out);
}

uint32_t actors_at(const struct actors *actors, struct span s)
{
    uint32_t best = NO_ACTOR, best_len = 0;

    for (uint32_t i = 0; i < actors->count; i++) {
        const struct actor *a = &actors->at[i];
        for (uint32_t k = 0; k < a->mention_count; k++) {
            struct span m = a->mentions[k].span;
            if (span_overlaps(m, s) && m.end - m.start > best_len) {
                best = i;
                best_len = m.end - m.start;
            }
        }
    }
    return best;
}
