#include "pipeline/actor_sides.h"

enum { PREFIX_TOKENS_MAX = 6, PLACE_DRAFTS_MAX = 24, CALLED_DRAFTS_MAX = 40 };

/* The last draft that begins at token `i` or before it. */
static uint32_t draft_before(const struct joined *j, uint32_t i)
{
    uint32_t low = 0, high = j->drafts.count;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (j->drafts.at[mid].words.first <= i)
            low = mid + 1;
        else
            high = mid;
    }
    return low ? low - 1 : NO_ENTRY;
}

/* The entry spoken of where the words `r` end: "the President of the |European Council|". */
static uint32_t entry_over(const struct joined *j, struct range r)
{
    uint32_t d = draft_before(j, r.end - 1);
    bool over = d != NO_ENTRY && j->drafts.at[d].words.end == r.end;

    return over && !source_is_person(j->drafts.at[d].source) ? j->entry_of[d] : NO_ENTRY;
}

/* "mayor", "governor": who acts for a town or a part of a country. */
static bool is_local(const struct joined *j, const struct entry *e)
{
    return source_is_person(e->source) && !range_empty(e->role) &&
           word_among(j->doc, e->role.end - 1, " mayor governor ");
}

/* The entry of the country or body at `r`, made if the text only has its adjective. */
static uint32_t entry_at(struct joined *j, struct range r, bool local)
{
    const struct wordlist_row *country = mention_country(j->doc, r);
    bool place = row_says(country, 2, "seat"); /* the mayor of London is London's */
    bool person = !country && j->doc->tokens.at[r.first].name == NAME_PERSON;
    struct mention_draft m = {.source = country && !place ? FROM_COUNTRY
                                        : person          ? FROM_PERSON
                                                          : FROM_ORGANISATION,
                              .words = r,
                              .full = r,
                              .country = place ? NULL : country};
    uint32_t e = joined_find(j, &m);

    if (e == NO_ENTRY)
        e = entry_over(j, r);
    /* London is a town of its own where it has a mayor, and no word for the government. */
    if (place && local && e != NO_ENTRY && source_is_country(j->entries[e].source))
        e = NO_ENTRY;
    if (place && local && e == NO_ENTRY) {
        m.source = FROM_PLACE;
        return joined_new(j, &m);
    }
    return e != NO_ENTRY || !m.country ? e : joined_new(j, &m);
}

static bool has_field(const struct joined *j, struct range role, const char *field)
{
    return !range_empty(role) &&
           row_says(word_row(j->doc, role.end - 1, &wordlist_roles), 1, field);
}

/* The country that the text speaks of most, in whatever form: home of "the Prime Minister". */
static uint32_t main_country(struct joined *j)
{
    uint32_t best = NO_ENTRY, most = 0;

    for (uint32_t i = 0; i < j->count; i++) {
        const struct entry *e = &j->entries[i];
        if (source_is_country(e->source) && e->count + e->sides > most) {
            most = e->count + e->sides;
            best = i;
        }
    }
    return best;
}

/* The body last named before the draft, within few sentences: firm of "its chief executive". One
 * that the text names once is so only if no other is named twice. */
static uint32_t body_before(const struct joined *j, uint32_t draft)
{
    uint32_t once = NO_ENTRY;

    for (uint32_t d = draft, n = 0; d > 0 && n < 12; d--, n++) {
        uint32_t e = j->entry_of[d - 1];
        struct range words = j->drafts.at[d - 1].words;
        if (e == NO_ENTRY || j->entries[e].source != FROM_ORGANISATION ||
            j->doc->tokens.at[words.end - 1].upos == UPOS_ADJ) /* "European" */
            continue;
        if (j->entries[e].count > 1)
            return e;
        once = once == NO_ENTRY ? e : once;
    }
    return once;
}

/* "the |bank|'s governor": the body last named before the draft by such a word, or NO_ENTRY. */
static uint32_t body_called(const struct joined *j, uint32_t draft, uint32_t word)
{
    struct text called = j->doc->tokens.at[word].norm;

    for (uint32_t d = draft, n = 0; d > 0 && n < CALLED_DRAFTS_MAX; d--, n++) {
        uint32_t e = j->entry_of[d - 1];
        struct range r = j->drafts.at[d - 1].words;
        enum mention_source source = j->drafts.at[d - 1].source;
        if (e != NO_ENTRY && (source == FROM_ORGANISATION || source == FROM_DESCRIBED) &&
            (text_equal(j->doc->tokens.at[r.first].norm, called) ||
             text_equal(j->doc->tokens.at[r.end - 1].norm, called)))
            return e;
    }
    return NO_ENTRY;
}

/* The organisation that the text speaks of most. */
static uint32_t main_body(const struct joined *j)
{
    uint32_t best = NO_ENTRY, most = 0;

    for (uint32_t i = 0; i < j->count; i++)
        if (j->entries[i].source == FROM_ORGANISATION && j->entries[i].count > most) {
            most = j->entries[i].count;
            best = i;
        }
    return best;
}

/* The heads of the bodies that some offices belong to, where the text tells of one. */
enum office_body { BODY_COURT, BODY_POLICE, BODY_HOUSE, OFFICE_BODIES };

static const struct {
    const char *offices;
    const char *heads;
} office_bodies[OFFICE_BODIES] = {
    [BODY_COURT] = {" judge justice magistrate ", " court tribunal "},
    [BODY_POLICE] = {" superintendent inspector constable detective ", " police "},
    [BODY_HOUSE] = {" congressman congresswoman representative ", " representatives "},
};

/* What a text speaks of most: at home there are ministers, in the firm there are executives. */
struct home {
    uint32_t country;
    uint32_t body;
    uint32_t of_office[OFFICE_BODIES];
};

/* Notes for each of office_bodies the one that the text speaks of most. */
static void find_office_bodies(const struct joined *j, struct home *home)
{
    for (uint32_t k = 0; k < OFFICE_BODIES; k++)
        home->of_office[k] = NO_ENTRY;
    for (uint32_t i = 0; i < j->count; i++) {
        const struct entry *e = &j->entries[i];
        bool body = e->source == FROM_ORGANISATION || e->source == FROM_DESCRIBED;
        for (uint32_t k = 0; body && k < OFFICE_BODIES; k++) {
            uint32_t *best = &home->of_office[k];
            bool is = word_among(j->doc, e->name.end - 1, office_bodies[k].heads) ||
                      word_among(j->doc, e->name.first, office_bodies[k].heads);
            if (is && (*best == NO_ENTRY || e->count > j->entries[*best].count))
                *best = i;
        }
    }
}

/* "Judge X" is of the court that the text speaks of, "Inspector X" of the police. */
static uint32_t body_of_office(const struct joined *j, const struct entry *e, struct home home)
{
    for (uint32_t k = 0; !range_empty(e->role) && k < OFFICE_BODIES; k++)
        if (word_among(j->doc, e->role.end - 1, office_bodies[k].offices))
            return home.of_office[k];
    return NO_ENTRY;
}

/* The town or state last named before the draft that the text comes back to. */
static uint32_t place_before(const struct joined *j, uint32_t draft)
{
    for (uint32_t d = draft, n = 0; d > 0 && n < PLACE_DRAFTS_MAX; d--, n++) {
        uint32_t e = j->entry_of[d - 1];
        if (e != NO_ENTRY && j->entries[e].source == FROM_PLACE && j->entries[e].count > 1)
            return e;
    }
    return NO_ENTRY;
}

static uint32_t body_or_home(const struct joined *j, uint32_t draft, struct home home)
{
    uint32_t body = body_before(j, draft);
    return body == NO_ENTRY ? home.body : body;
}

/* Whose side a person is on who is given an office and no more. */
static uint32_t holder_by_office(const struct joined *j, const struct entry *e, struct home home)
{
    if (e->holder_word != NO_HEAD) {
        bool land = word_among(j->doc, e->holder_word, " country nation kingdom republic state ");
        uint32_t called = body_called(j, e->first_draft, e->holder_word);
        if (called != NO_ENTRY)
            return called;
        return land ? home.country : body_or_home(j, e->first_draft, home);
    }
    uint32_t of = is_local(j, e) ? place_before(j, e->first_draft) : body_of_office(j, e, home);
    if (of != NO_ENTRY)
        return of;
    if (has_field(j, e->role, "civil") || has_field(j, e->role, "rank"))
        return home.country;
    if (has_field(j, e->role, "business"))
        return body_or_home(j, e->first_draft, home);
    return NO_ENTRY;
}

/* The word that says what kind of body it is: "|Department| of Justice", "Coast |Guard|". */
static const struct wordlist_row *kind_of_body(const struct joined *j, const struct entry *e)
{
    uint32_t n = 0;
    const struct wordlist_row *row =
        wordlist_longest(&wordlist_organisations, j->doc, e->name.first, &n);

    if (row && n == range_length(e->name))
        return row;
    uint32_t last = e->name.first;
    while (last + 1 < e->name.end && !word_among(j->doc, last + 1, " of for , ( "))
        last++;
    row = word_row(j->doc, last, &wordlist_organisations);
    return row ? row : word_row(j->doc, e->name.end - 1, &wordlist_organisations);
}

/* "|National| Weather Service", "|Federal| Security Service": the name says it is a country's. */
static bool is_national(const struct joined *j, const struct entry *e)
{
    return range_length(e->name) > 2 && word_capital(j->doc, e->name.first) &&
           word_among(j->doc, e->name.first, " national federal state royal central ") &&
           !word_among(j->doc, e->name.end - 1, " center centre museum park ");
}

/* "|International| Maritime Authority", "|Asian| Development Agency": of more than one country. */
static bool is_of_many(const struct joined *j, const struct entry *e)
{
    for (uint32_t i = e->name.first; i < e->name.end; i++)
        if (word_among(j->doc, i,
                       " international world global european asian african american nations "
                       "pan-american arab transatlantic interparliamentary nordic baltic "))
            return true;
    return false;
}

/* "the Supreme Court" is of the country that the text is about, "the Pentagon" of its own. */
static uint32_t holder_of_body(const struct joined *j, const struct entry *e, struct home home)
{
    const struct wordlist_row *row = kind_of_body(j, e);

    if (row_says(row, 2, "home"))
        return home.country;
    if (row_says(row, 2, "state"))
        return range_length(e->name) > 1 && !is_of_many(j, e) ? home.country : NO_ENTRY;
    if (row_says(row, 0, "head") && is_national(j, e) && !is_of_many(j, e))
        return home.country;
    return row && row->values[1] && row->values[2]
               ? lookup_get(&j->by_name, text_of(row->values[2]), NO_ENTRY)
               : NO_ENTRY;
}

/* "Arica |Police|"; but "Arica |College|" is no more than its short form, "Arica". */
static bool is_office_of_state(const struct joined *j, uint32_t i)
{
    const struct wordlist_row *row = word_row(j->doc, i, &wordlist_organisations);
    return row_says(row, 2, "home") || row_says(row, 2, "state");
}

/* "|Boeing| Commercial Airplanes", "|House| Judiciary Committee", "|Florida| Highway Patrol": whose
 * name another begins with, the longest first. */
static uint32_t holder_in_name(const struct joined *j, uint32_t at)
{
    const struct entry *e = &j->entries[at];
    uint32_t stop = e->name.end > e->name.first + PREFIX_TOKENS_MAX
                        ? e->name.first + PREFIX_TOKENS_MAX
                        : e->name.end;

    for (uint32_t end = stop; end > e->name.first + 1; end--) {
        struct range r = {e->name.first, end - 1};
        if (!word_capital(j->doc, r.end - 1) ||
            (end == e->name.end && !is_office_of_state(j, end - 1)) ||
            word_among(j->doc, end - 1, " of for and & - 's ' "))
            continue;
        struct text key = words_key(j->arena, j->doc, r);
        uint32_t of = key.bytes ? lookup_get(&j->by_name, key, NO_ENTRY) : NO_ENTRY;
        if (of != NO_ENTRY && of != at && !source_is_person(j->entries[of].source) &&
            j->entries[of].source != FROM_GROUP &&
            (end < e->name.end || j->entries[of].source != FROM_ORGANISATION))
            return of;
    }
    return NO_ENTRY;
}

static uint32_t holder_unsaid(const struct joined *j, uint32_t at, struct home home)
{
    const struct entry *e = &j->entries[at];

    if (source_is_person(e->source))
        return holder_by_office(j, e, home);
    if (e->source == FROM_GROUP && e->holder_word != NO_HEAD)
        return body_or_home(j, e->first_draft, home);
    if (e->source != FROM_ORGANISATION && e->source != FROM_DESCRIBED)
        return NO_ENTRY;
    uint32_t of = e->source == FROM_ORGANISATION ? holder_in_name(j, at) : NO_ENTRY;
    return of == NO_ENTRY ? holder_of_body(j, e, home) : of;
}

/* "|Commerce| Secretary", "Bangladeshi |Transport and Bridges| Minister": named in an office and
 * nowhere else, it is what the office is for. */
static bool is_field(const struct joined *j, const struct entry *e, uint32_t holder)
{
    const struct entry *h = &j->entries[holder];

    return has_field(j, e->role, "civil") && h->source == FROM_ORGANISATION && h->count < 2 &&
           e->holder.end == e->role.first && e->role.end == e->role.first + 1 &&
           word_among(j->doc, e->role.first, " minister secretary ");
}

/* A person's side is an actor too, even where the text only calls him "Russian". */
void actor_sides_set(struct joined *j)
{
    uint32_t count = j->count;

    for (uint32_t i = 0; i < count; i++) {
        struct entry *e = &j->entries[i];
        uint32_t holder =
            range_empty(e->holder) ? NO_ENTRY : entry_at(j, e->holder, is_local(j, e));
        if (holder == NO_ENTRY || holder == i)
            continue;
        if (is_field(j, e, holder)) {
            e->role.first = e->holder.first;
            uint32_t floor = words_around(j->doc, e->role.first).first;
            e->holder = office_holder_before(j->doc, floor, e->role.first);
            holder = range_empty(e->holder) ? NO_ENTRY : entry_at(j, e->holder, is_local(j, e));
            if (holder == NO_ENTRY)
                continue;
        }
        j->entries[i].holder_entry = holder;
        j->entries[holder].holds |= source_is_person(j->entries[i].source);
        j->entries[holder].sides += !entry_held_behind(&j->entries[i]);
    }
    struct home home = {.country = main_country(j), .body = main_body(j)};
    find_office_bodies(j, &home);
    for (uint32_t i = 0; i < count; i++) {
        struct entry *e = &j->entries[i];
        if (e->holder_entry == NO_ENTRY)
            e->holder_entry = holder_unsaid(j, i, home);
        if (is_local(j, e) && e->holder_entry != NO_ENTRY &&
            j->entries[e->holder_entry].source == FROM_PLACE)
            j->entries[e->holder_entry].governed = true;
    }
}
