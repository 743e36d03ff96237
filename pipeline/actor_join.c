#include "pipeline/actor_join.h"

#include "pipeline/actor_sides.h"

static struct text norm_of(const struct joined *j, uint32_t i)
{
    return j->doc->tokens.at[i].norm;
}

/* "the International Atomic Energy Agency" -> "iaea"; empty for a single word. */
static struct text acronym_of(const struct joined *j, struct range r)
{
    char *letters = arena_alloc(j->arena, range_length(r));
    uint32_t n = 0;

    if (!letters)
        return (struct text){NULL, 0};
    for (uint32_t i = r.first; i < r.end; i++)
        if (word_capital(j->doc, i))
            letters[n++] = norm_of(j, i).bytes[0];
    return (struct text){letters, n > 1 ? n : 0};
}

/* The acronym of a single word in capitals without its full stops, "U.N." as "un"; else empty. */
static struct text as_acronym(const struct joined *j, struct range r)
{
    struct text norm = norm_of(j, r.first);
    char *letters = arena_alloc(j->arena, norm.len + 1);
    uint32_t n = 0;

    if (!letters || range_length(r) != 1 || !(j->doc->tokens.at[r.first].shape & SHAPE_ALL_UPPER))
        return (struct text){NULL, 0};
    for (uint32_t i = 0; i < norm.len; i++)
        if (norm.bytes[i] != '.')
            letters[n++] = norm.bytes[i];
    return (struct text){letters, n};
}

static bool is_body(enum mention_source s)
{
    return s == FROM_ORGANISATION || s == FROM_DESCRIBED;
}

/* "General Motors |Corporation|", "Saturn, |Inc.|": a name without the form of its company. */
static struct range without_suffix(const struct joined *j, struct range r)
{
    while (range_length(r) > 1 &&
           (row_says(word_row(j->doc, r.end - 1, &wordlist_organisations), 0, "suffix") ||
            word_among(j->doc, r.end - 1, " , company corporation ")))
        r.end--;
    return r;
}

/* "John Conyers |Jr.|": which of two with one name; r.end if nothing says it. */
static uint32_t generation_of(const struct joined *j, struct range r)
{
    bool told = range_length(r) > 1 && word_among(j->doc, r.end - 1, " jr. jr sr. sr ii iii iv ");
    return told ? r.end - 1 : r.end;
}

static uint32_t surname_of(const struct joined *j, struct range r)
{
    return generation_of(j, r) - 1;
}

/* "Castellano Sr." is not Castellano Jr.; without a word for it either may be meant. */
static bool same_generation(const struct joined *j, struct range x, struct range y)
{
    uint32_t p = generation_of(j, x), q = generation_of(j, y);
    return p == x.end || q == y.end || norm_of(j, p).bytes[0] == norm_of(j, q).bytes[0];
}

/* "|von der Leyen|" of "Ursula von der Leyen": more than a surname, and how the name ends. */
static bool ends_name(const struct joined *j, struct range r, struct range name)
{
    if (range_length(r) >= range_length(name))
        return false;
    for (uint32_t k = 1; k <= range_length(r); k++)
        if (!text_equal(norm_of(j, r.end - k), norm_of(j, name.end - k)))
            return false;
    return true;
}

static struct text key_of(const struct joined *j, const struct mention_draft *m)
{
    if (m->country && source_is_country(m->source))
        return text_of(m->country->values[0]);
    struct range r = m->source == FROM_ORGANISATION ? without_suffix(j, m->words) : m->words;
    return words_key(j->arena, j->doc, r);
}

/* "Castellano |Sr.|" where Castellano Jr. was told of last. */
static uint32_t by_generation(const struct joined *j, struct range r)
{
    struct range tail = {surname_of(j, r), r.end};
    struct text key = words_key(j->arena, j->doc, tail);
    return key.bytes && range_length(tail) > 1 ? lookup_get(&j->by_surname, key, NO_ENTRY)
                                               : NO_ENTRY;
}

/* "Lavrov", "Sergei": the person whose last or only first name it is. */
static uint32_t person_by_part(const struct joined *j, struct range r)
{
    if (range_length(r) == 1) {
        uint32_t e = lookup_get(&j->by_surname, norm_of(j, r.first), NO_ENTRY);
        if (e == NO_ENTRY)
            e = lookup_get(&j->by_first, norm_of(j, r.first), NO_ENTRY);
        return e != NO_ENTRY && source_is_person(j->entries[e].source) ? e : NO_ENTRY;
    }
    /* "George W. Bush" after "George Bush": same first and last word. */
    uint32_t e = lookup_get(&j->by_surname, norm_of(j, surname_of(j, r)), NO_ENTRY);
    if (e != NO_ENTRY && !same_generation(j, r, j->entries[e].name))
        e = by_generation(j, r);
    if (e != NO_ENTRY && range_length(j->entries[e].name) > 1 &&
        (text_equal(norm_of(j, j->entries[e].name.first), norm_of(j, r.first)) ||
         ends_name(j, r, j->entries[e].name)))
        return e;
    /* "Sergei Lavrov" after "Lavrov" alone. */
    return e != NO_ENTRY && range_length(j->entries[e].name) == 1 ? e : NO_ENTRY;
}

/* "NASA", "Northrop": the body whose initials or first word it is, or the other way round. */
static uint32_t body_by_part(const struct joined *j, struct range r)
{
    struct text acronym = range_length(r) == 1 ? as_acronym(j, r) : acronym_of(j, r);
    uint32_t e = acronym.len > 1 ? lookup_get(&j->by_acronym, acronym, NO_ENTRY) : NO_ENTRY;

    if (e != NO_ENTRY && (range_length(r) == 1) != (range_length(j->entries[e].name) == 1))
        return e;
    if (range_length(r) == 1) {
        e = lookup_get(&j->by_first, norm_of(j, r.first), NO_ENTRY);
        if (e != NO_ENTRY && is_body(j->entries[e].source))
            return e;
    }
    return NO_ENTRY;
}

/* "Air Force", of "U.S. Air Force": the name behind a country's; empty if there is none. */
static struct range without_country(const struct joined *j, struct range r)
{
    uint32_t n = 0;
    const struct wordlist_row *row = wordlist_longest(&wordlist_countries, j->doc, r.first, &n);

    if (!row || r.first + n >= r.end || row_says(row, 2, "seat"))
        return (struct range){r.end, r.end};
    return (struct range){r.first + n, r.end};
}

/* A body, or a group with a name: "Taliban" is the Afghan Taliban, but troops are not all troops.
 */
static bool has_short_form(const struct joined *j, const struct mention_draft *m)
{
    return m->source == FROM_ORGANISATION ||
           (m->source == FROM_GROUP && word_capital(j->doc, m->words.end - 1) &&
            j->doc->tokens.at[m->words.end - 1].name != NAME_NONE);
}

static uint32_t entry_find(const struct joined *j, const struct mention_draft *m, struct text key)
{
    uint32_t e = lookup_get(&j->by_name, key, NO_ENTRY);

    if (e != NO_ENTRY)
        return e;
    if (source_is_person(m->source))
        return person_by_part(j, m->words);
    if (!has_short_form(j, m))
        return NO_ENTRY;
    struct range own = without_country(j, m->words);
    struct text short_key = range_empty(own) ? key : words_key(j->arena, j->doc, own);
    e = short_key.bytes ? lookup_get(&j->by_short, short_key, NO_ENTRY) : NO_ENTRY;
    /* The Iraqi Army is not the Syrian Army. */
    if (e != NO_ENTRY && !range_empty(own) && !range_empty(without_country(j, j->entries[e].name)))
        e = NO_ENTRY;
    return e == NO_ENTRY ? body_by_part(j, m->words) : e;
}

static uint32_t entry_new(struct joined *j, const struct mention_draft *m)
{
    if (j->count == ENTRIES_MAX)
        return NO_ENTRY;
    j->entries[j->count] = (struct entry){.source = m->source,
                                          .name = m->words,
                                          .country = m->country,
                                          .holder_word = NO_HEAD,
                                          .holder_entry = NO_ENTRY,
                                          .first_draft = NO_ENTRY,
                                          .last_draft = NO_ENTRY};
    return j->count++;
}

static void index_acronym(struct joined *j, uint32_t e, struct range r)
{
    struct text acronym = range_length(r) == 1 ? as_acronym(j, r) : acronym_of(j, r);
    if (acronym.len > 1)
        lookup_put(&j->by_acronym, acronym, e);
}

/* Makes `e` findable under the parts of this name. */
static void entry_index(struct joined *j, uint32_t e, const struct mention_draft *m,
                        struct text key)
{
    struct range r = m->words;

    lookup_put(&j->by_name, key, e);
    if (source_is_person(m->source)) {
        uint32_t *known = lookup_put(&j->by_surname, norm_of(j, surname_of(j, r)), e);
        if (j->entries[e].count >= j->entries[*known].count)
            *known = e;
        struct text tail = words_key(j->arena, j->doc, (struct range){surname_of(j, r), r.end});
        if (generation_of(j, r) < r.end && tail.bytes)
            lookup_put(&j->by_surname, tail, e);
        if (range_length(r) > 1)
            lookup_put(&j->by_first, norm_of(j, r.first), e);
    } else if (has_short_form(j, m)) {
        struct range own = without_country(j, r);
        struct text short_key = range_empty(own) ? key : words_key(j->arena, j->doc, own);
        if (short_key.bytes)
            lookup_put(&j->by_short, short_key, e);
        index_acronym(j, e, r);
        if (range_length(without_suffix(j, r)) > 1) /* General Motors Corporation is GM, and GMC */
            index_acronym(j, e, without_suffix(j, r));
        if (range_length(r) > 1 && !word_row(j->doc, r.first, &wordlist_countries) &&
            !word_row(j->doc, r.first, &wordlist_function_words))
            lookup_put(&j->by_first, norm_of(j, r.first), e);
    }
}

static uint32_t span_bytes(const struct joined *j, struct range r)
{
    struct span s = words_span(j->doc, r);
    return s.end - s.start;
}

static bool all_upper(const struct document *doc, struct range r)
{
    for (uint32_t i = r.first; i < r.end; i++)
        if (!(doc->tokens.at[i].shape & SHAPE_ALL_UPPER))
            return false;
    return !range_empty(r);
}

static bool fuller(const struct joined *j, const struct entry *e, const struct mention_draft *m)
{
    bool country_name = m->country && row_says(m->country, 2, "name") &&
                        j->doc->tokens.at[m->words.first].name == NAME_COUNTRY;
    if (source_is_country(m->source) && country_name != e->named)
        return country_name;
    if (m->source == FROM_SEAT)
        return false;
    uint32_t bytes = span_bytes(j, m->words), before = span_bytes(j, e->name);
    /* "NORDHAVEN, March 17": the capitals of a dateline are not how it is written. */
    return bytes > before || (bytes == before && all_upper(j->doc, e->name));
}

static void entry_add(struct joined *j, uint32_t at, const struct mention_draft *m)
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
    if (e->holder_word == NO_HEAD && (source_is_person(m->source) || m->source == FROM_GROUP))
        e->holder_word = m->office.holder_word;
    e->acts |= m->acts;
    e->in_dateline += m->in_dateline;
    e->count++;
}

static void entry_chain(struct joined *j, uint32_t e, uint32_t draft)
{
    struct entry *entry = &j->entries[e];

    j->next_draft[draft] = NO_ENTRY;
    if (entry->last_draft == NO_ENTRY)
        entry->first_draft = draft;
    else
        j->next_draft[entry->last_draft] = draft;
    entry->last_draft = draft;
}

/* "Korean Central News Agency (|KCNA|)": the entry that the name in brackets stands behind. */
static uint32_t bracketed(const struct joined *j, uint32_t draft)
{
    const struct mention_draft *m = &j->drafts.at[draft];
    struct range in = words_around(j->doc, m->words.first);

    if (draft == 0 || m->source != FROM_ORGANISATION || range_length(m->words) != 1 ||
        m->words.end >= in.end || !word_is(j->doc, m->words.end, ")"))
        return NO_ENTRY;
    const struct mention_draft *before = m - 1;
    bool beside = before->words.end + 1 == m->words.first &&
                  word_is(j->doc, before->words.end, "(") && before->source == FROM_ORGANISATION &&
                  range_length(before->words) > 1;
    return beside ? j->entry_of[draft - 1] : NO_ENTRY;
}

static enum err join_all(struct joined *j)
{
    for (uint32_t i = 0; i < j->drafts.count; i++) {
        const struct mention_draft *m = &j->drafts.at[i];
        struct text key = key_of(j, m);
        if (!key.bytes)
            return ERR_NO_MEMORY;
        uint32_t e = entry_find(j, m, key);
        if (e == NO_ENTRY)
            e = bracketed(j, i);
        if (e == NO_ENTRY)
            e = entry_new(j, m);
        j->entry_of[i] = e;
        if (e == NO_ENTRY)
            continue;
        entry_index(j, e, m, key);
        entry_add(j, e, m);
        entry_chain(j, e, i);
    }
    return ERR_OK;
}

uint32_t joined_find(const struct joined *j, const struct mention_draft *m)
{
    struct text key = key_of(j, m);
    return key.bytes ? entry_find(j, m, key) : NO_ENTRY;
}

uint32_t joined_new(struct joined *j, const struct mention_draft *m)
{
    struct text key = key_of(j, m);
    uint32_t e = key.bytes ? entry_new(j, m) : NO_ENTRY;

    if (e != NO_ENTRY)
        lookup_put(&j->by_name, key, e);
    return e;
}

enum err actors_join(struct arena *a, const struct document *doc, struct joined *out)
{
    struct joined j = {.arena = a, .doc = doc};
    enum err e = mentions_find(a, doc, &j.drafts);

    if (e != ERR_OK)
        return e;
    /* A draft makes at most one entry, and its holder one more. */
    uint32_t room = 2 * j.drafts.count + 1;
    j.entry_of = ARENA_ARRAY(a, uint32_t, room);
    j.next_draft = ARENA_ARRAY(a, uint32_t, room);
    j.entries = ARENA_ARRAY(a, struct entry, room);
    if (!j.entry_of || !j.next_draft || !j.entries || lookup_new(a, room, &j.by_name) != ERR_OK ||
        lookup_new(a, room, &j.by_surname) != ERR_OK ||
        lookup_new(a, j.drafts.count, &j.by_first) != ERR_OK ||
        lookup_new(a, room, &j.by_acronym) != ERR_OK ||
        lookup_new(a, j.drafts.count, &j.by_short) != ERR_OK || join_all(&j) != ERR_OK)
        return ERR_NO_MEMORY;
    actor_sides_set(&j);
    *out = j;
    return ERR_OK;
}
