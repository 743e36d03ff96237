/*
 * From joined mentions to actors: which entries are any, and how they are told.
 */
#include "pipeline/actors.h"

#include "pipeline/actor_join.h"
#include "pipeline/actor_score.h"

enum { ALIASES_MAX = 24 };

static const double accept_from = 0.3;
static const double accept_side_from = 0.2; /* somebody is said to be of it */

static uint32_t span_bytes(const struct joined *j, struct range r)
{
    struct span s = words_span(j->doc, r);
    return s.end - s.start;
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

static struct text text_at(const struct joined *j, struct range r)
{
    return range_empty(r) ? (struct text){NULL, 0}
                          : text_slice(j->doc->text, words_span(j->doc, r));
}

static struct text name_of(const struct joined *j, const struct entry *e)
{
    if (e->country && (!e->named || span_bytes(j, e->name) < 5) && source_is_country(e->source) &&
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
    if (actor->alias_count < ALIASES_MAX)
        actor->aliases[actor->alias_count++] = alias;
}

static enum err write_actor(const struct joined *j, uint32_t at, struct actor *out)
{
    const struct entry *e = &j->entries[at];
    uint32_t aliases = 2 * e->count < ALIASES_MAX ? 2 * e->count : ALIASES_MAX;

    out->name = name_of(j, e);
    out->type = type_of(e);
    out->role = text_at(j, e->role);
    out->affiliation = NO_ACTOR;
    out->iso3166 = e->country && source_is_country(e->source) ? text_of(e->country->values[1])
                                                              : (struct text){NULL, 0};
    out->aliases = ARENA_ARRAY(j->arena, struct text, aliases + 1);
    out->mentions = ARENA_ARRAY(j->arena, struct mention, e->count + 1);
    return out->aliases && out->mentions ? ERR_OK : ERR_NO_MEMORY;
}

static void write_mention(const struct joined *j, const struct mention_draft *m,
                          struct actor *actor)
{
    bool name = m->source != FROM_DESCRIBED && m->source != FROM_GROUP;

    if (m->source == FROM_SEAT && !m->acts)
        return;
    actor->mentions[actor->mention_count++] =
        (struct mention){words_span(j->doc, m->words), name ? MENTION_NAME : MENTION_NOMINAL};
    alias_add(actor, text_at(j, m->words));
    if (m->full.first < m->words.first && source_is_person(m->source))
        alias_add(actor, text_at(j, m->full));
}

/* Spoken of often and early counts: 1 for the most spoken of from the start on. */
static void weigh(const struct document *doc, struct actors *actors)
{
    uint32_t most = 1;

    for (uint32_t i = 0; i < actors->count; i++)
        most = actors->at[i].mention_count > most ? actors->at[i].mention_count : most;
    for (uint32_t i = 0; i < actors->count; i++) {
        struct actor *a = &actors->at[i];
        uint32_t first = a->mention_count ? a->mentions[0].span.start : doc->text.len;
        double early = 1.0 - (double)first / (double)(doc->text.len + 1);
        a->salience = 0.7 * (double)a->mention_count / (double)most + 0.3 * early;
    }
}

static enum err write_entry(const struct joined *j, uint32_t at, struct actor *out)
{
    if (write_actor(j, at, out) != ERR_OK)
        return ERR_NO_MEMORY;
    for (uint32_t d = j->entries[at].first_draft; d != NO_ENTRY; d = j->next_draft[d])
        write_mention(j, &j->drafts.at[d], out);
    return ERR_OK;
}

/* "The city of Nordhaven will": said to act, though the evidence is against it. */
static bool governs(const struct joined *j, const struct entry *e)
{
    for (uint32_t d = e->first_draft; d != NO_ENTRY; d = j->next_draft[d])
        if (j->drafts.at[d].acts && word_governing(j->doc, j->drafts.at[d].words.first) != NO_HEAD)
            return true;
    return false;
}

/* "ordered |Zenith Mining| to clean", "|Osted Rail| is required to": whom an obligation falls on.
 */
static bool is_obliged(const struct document *doc, struct range words)
{
    const struct token *t = &doc->tokens.at[mention_top(doc, words)];
    const struct wordlist_row *verb =
        t->head == NO_HEAD ? NULL : word_trigger(doc, t->head, "verb");

    return row_says(verb, 0, "obligation") &&
           (t->deprel == DEPREL_OBJ || t->deprel == DEPREL_NSUBJ || t->deprel == DEPREL_NSUBJ_PASS);
}

/*
 * "|Norland| will keep the border shut", but not "the A380 will carry": a bare name of a body that
 * is to do something. "|Norland| vowed to": whoever is the subject of a word of commitment.
 */
static bool undertakes(const struct joined *j, const struct mention_draft *m)
{
    const struct document *doc = j->doc;
    const struct token *top = &doc->tokens.at[mention_top(doc, m->words)];
    uint32_t floor = words_around(doc, m->words.first).first;
    bool bare = m->words.first == floor || doc->tokens.at[m->words.first - 1].upos != UPOS_DET;

    for (uint32_t i = m->words.first; i < m->words.end; i++)
        bare = bare && !(doc->tokens.at[i].shape & SHAPE_HAS_DIGIT);
    bool body = m->source == FROM_ORGANISATION;
    if (!(body || source_is_person(m->source)) || !bare || top->head == NO_HEAD ||
        top->deprel != DEPREL_NSUBJ)
        return false;
    return word_trigger(doc, top->head, "verb") != NULL ||
           (body && m->words.end < doc->tokens.count &&
            doc->tokens.at[m->words.end].xpos == XPOS_MD);
}

/* Is party to something, though the evidence is against it: a city said to act, a firm under
 * orders. */
static bool is_party(const struct joined *j, const struct entry *e)
{
    for (uint32_t d = e->first_draft; d != NO_ENTRY; d = j->next_draft[d])
        if (is_obliged(j->doc, j->drafts.at[d].words) || undertakes(j, &j->drafts.at[d]))
            return true;
    if (e->count && e->in_dateline == e->count)
        return false;
    return source_is_country(e->source) || e->source == FROM_GROUP || governs(j, e);
}

/* "|Norwegian| Minister Kari Holm", "the mayor of |Arica|": there through who speaks for it. */
static bool speaks(const struct entry *e)
{
    return (e->holds && source_is_country(e->source)) || e->governed;
}

/* "|Canada| sent aid": a country that does something, if only to "have" or "lie" it does not, or
 * that has to. */
static bool is_country_at_work(const struct joined *j, const struct entry *e)
{
    const struct document *doc = j->doc;

    for (uint32_t d = e->first_draft; source_is_country(e->source) && d != NO_ENTRY;
         d = j->next_draft[d]) {
        if (is_obliged(doc, j->drafts.at[d].words))
            return true;
        const struct token *t = &doc->tokens.at[mention_top(doc, j->drafts.at[d].words)];
        if (t->deprel == DEPREL_NSUBJ && t->head != NO_HEAD && !j->drafts.at[d].in_dateline &&
            doc->tokens.at[t->head].upos == UPOS_VERB &&
            !word_among(doc, t->head, " has have had lies lie lay "))
            return true;
    }
    return false;
}

static bool is_accepted(const struct joined *j, uint32_t at)
{
    const struct entry *e = &j->entries[at];

    if (e->count && e->in_dateline == e->count)
        return speaks(e);
    return speaks(e) || governs(j, e) || is_country_at_work(j, e) ||
           actor_probability(j, at) >= (e->sides ? accept_side_from : accept_from);
}

static enum err write_all(const struct joined *j, struct actors *out)
{
    struct actors actors = {ARENA_ARRAY(j->arena, struct actor, j->count + 1), 0};
    uint32_t *place = ARENA_ARRAY(j->arena, uint32_t, j->count + 1);
    uint32_t *entry = ARENA_ARRAY(j->arena, uint32_t, j->count + 1);

    if (!actors.at || !place || !entry)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < j->count; i++) {
        bool accepted = is_accepted(j, i);
        place[i] = NO_ACTOR;
        /* What is party to a commitment may yet be an actor. */
        if (!accepted && !is_party(j, &j->entries[i]))
            continue;
        actors.at[actors.count].doubtful = !accepted;
        if (write_entry(j, i, &actors.at[actors.count]) != ERR_OK)
            return ERR_NO_MEMORY;
        entry[actors.count] = i;
        place[i] = actors.count++;
    }
    for (uint32_t i = 0; i < actors.count; i++) {
        uint32_t holder = j->entries[entry[i]].holder_entry;
        actors.at[i].affiliation = holder == NO_ENTRY ? NO_ACTOR : place[holder];
    }
    *out = actors;
    return ERR_OK;
}

enum err actors_find(struct arena *a, const struct document *doc, struct actors *out)
{
    struct joined j;
    enum err e = actors_join(a, doc, &j);

    return e == ERR_OK ? write_all(&j, out) : e;
}

static void clear_doubt(struct actors *actors, const struct actor_list *named)
{
    for (uint32_t i = 0; i < named->count; i++)
        actors->at[named->at[i]].doubtful = false;
}

static void renumber(struct actor_list *list, const uint32_t *place)
{
    for (uint32_t i = 0; i < list->count; i++)
        list->at[i] = place[list->at[i]];
}

/* Moves those without doubt together and says where each has gone. */
static void drop_doubtful(struct actors *actors, uint32_t *place)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < actors->count; i++) {
        place[i] = actors->at[i].doubtful ? NO_ACTOR : kept;
        if (!actors->at[i].doubtful)
            actors->at[kept++] = actors->at[i];
    }
    actors->count = kept;
    for (uint32_t i = 0; i < kept; i++)
        if (actors->at[i].affiliation != NO_ACTOR)
            actors->at[i].affiliation = place[actors->at[i].affiliation];
}

enum err actors_settle(struct arena *a, const struct document *doc, struct actors *actors,
                       struct commitments *commitments)
{
    uint32_t *place = ARENA_ARRAY(a, uint32_t, actors->count + 1);

    if (!place)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < commitments->count; i++) {
        const struct commitment *c = &commitments->at[i];
        clear_doubt(actors, &c->actors);
        clear_doubt(actors, &c->beneficiaries);
        clear_doubt(actors, &c->contested_by);
        if (c->speaker != NO_ACTOR)
            actors->at[c->speaker].doubtful = false;
    }
    drop_doubtful(actors, place);
    for (uint32_t i = 0; i < commitments->count; i++) {
        struct commitment *c = &commitments->at[i];
        renumber(&c->actors, place);
        renumber(&c->beneficiaries, place);
        renumber(&c->contested_by, place);
        if (c->speaker != NO_ACTOR)
            c->speaker = place[c->speaker];
    }
    weigh(doc, actors);
    return ERR_OK;
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
