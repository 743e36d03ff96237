/*
 * Names by word lists and by the company they keep.
 *
 * Every run of capitalised words is cut at the words of office in it ("Apple CEO Steve Jobs" is
 * Apple | CEO | Steve Jobs), what is left is told by the lists (countries, places, organisations,
 * given names), by its own words ("… Ministry", "… Inc.") and by its neighbours ("Mr.", "in"), and
 * in the end every name of the text is told alike: "Lavrov" is a person where "Sergei Lavrov" is.
 */
#include "pipeline/name_rules.h"

#include "pipeline/lexis.h"
#include "pipeline/lookup.h"

enum { NAME_TOKENS_MAX = 16 };

/* How sure a class is: a guess gives way to what is known elsewhere in the text. */
enum sureness { GUESSED, LIKELY, KNOWN };

struct name {
    struct range words;
    enum name_class class;
    enum sureness sure;
};

struct names {
    struct arena *arena;
    struct document *doc;
    struct lookup seen_lower; /* norms that also stand without a capital */
    struct name *at;
    uint32_t count;
};

static bool is_function_word(const struct document *doc, uint32_t i)
{
    return word_row(doc, i, &wordlist_function_words) != NULL;
}

static bool is_role(const struct document *doc, uint32_t i)
{
    return word_row(doc, i, &wordlist_roles) != NULL;
}

static bool is_role_head(const struct document *doc, uint32_t i)
{
    const struct wordlist_row *row = word_row(doc, i, &wordlist_roles);
    return row_says(row, 0, "head") || row_says(row, 0, "short") || row_says(row, 0, "honorific");
}

static bool is_calendar_word(const struct document *doc, uint32_t i)
{
    return word_among(doc, i,
                      " monday tuesday wednesday thursday friday saturday sunday january february "
                      "march april june july august september october november december jan. feb. "
                      "mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. ") ||
           (word_is(doc, i, "may") && i + 1 < doc->tokens.count &&
            (doc->tokens.at[i + 1].shape & SHAPE_HAS_DIGIT));
}

static bool is_listed(const struct document *doc, uint32_t i)
{
    uint32_t n;
    return wordlist_longest(&wordlist_countries, doc, i, &n) ||
           wordlist_longest(&wordlist_places, doc, i, &n) ||
           row_says(wordlist_longest(&wordlist_organisations, doc, i, &n), 0, "known") ||
           word_row(doc, i, &wordlist_forenames);
}

/* At the start of a sentence a capital proves nothing. */
static bool starts_name_at_sentence_start(const struct names *n, uint32_t i)
{
    const struct document *doc = n->doc;

    if (is_function_word(doc, i) || (doc->tokens.at[i].shape & SHAPE_HAS_DIGIT))
        return false;
    if (is_listed(doc, i) || (doc->tokens.at[i].shape & SHAPE_ALL_UPPER))
        return true;
    /* "|Siemens| AG" */
    if (i + 1 < doc->tokens.count && word_capital(doc, i + 1) &&
        row_says(word_row(doc, i + 1, &wordlist_organisations), 0, "suffix"))
        return true;
    if (lookup_get(&n->seen_lower, doc->tokens.at[i].norm, 0))
        return false;
    return doc->tokens.at[i].upos == UPOS_NONE || doc->tokens.at[i].upos == UPOS_PROPN ||
           doc->tokens.at[i].upos == UPOS_ADJ || is_role(doc, i);
}

/* True if a capital here is not owed to the place in the sentence. */
static bool stands_after_start(const struct document *doc, uint32_t i)
{
    uint32_t first = words_around(doc, i).first;
    return i > first && !word_among(doc, i - 1, " \" ' : ( [ `` ... ");
}

static bool is_name_word(const struct names *n, uint32_t i)
{
    const struct document *doc = n->doc;
    uint8_t shape = doc->tokens.at[i].shape;

    if (!(shape & SHAPE_WORD) || !(shape & (SHAPE_FIRST_UPPER | SHAPE_ALL_UPPER)))
        return false;
    if (is_calendar_word(doc, i) || doc->tokens.at[i].upos == UPOS_SYM ||
        word_among(doc, i, " us$ au$ a$ c$ hk$ nz$ "))
        return false;
    if (word_among(doc, i, " i i'm ") ||
        (is_function_word(doc, i) && !(shape & SHAPE_ALL_UPPER && doc->tokens.at[i].norm.len > 1)))
        return false;
    return stands_after_start(doc, i) || starts_name_at_sentence_start(n, i);
}

/* "Bank of England", "bin Laden", "Johnson & Johnson", "Rolls-Royce", "Xi'an": what joins name
 * words. */
static uint32_t joint_length(const struct names *n, uint32_t i, uint32_t end)
{
    const struct document *doc = n->doc;

    if (i + 1 >= end)
        return 0;
    bool next = is_name_word(n, i + 1);
    if (word_is(doc, i, "-") && !(doc->tokens.at[i].shape & SHAPE_SPACE_BEFORE))
        return next || (doc->tokens.at[i + 1].shape & SHAPE_HAS_DIGIT) ? 1 : 0;
    if (next && word_among(doc, i, " & of bin ibn al el de da du van von der den la le dos del y "))
        return 1;
    if (i + 2 < end && is_name_word(n, i + 2) &&
        ((word_is(doc, i, "of") && word_is(doc, i + 1, "the")) ||
         (word_among(doc, i, " al el el- an ") && word_is(doc, i + 1, "-")) ||
         (word_is(doc, i, "van") && word_among(doc, i + 1, " der den ")) ||
         (word_is(doc, i, "de") && word_is(doc, i + 1, "la"))))
        return 2;
    return 0;
}

/* The run of capitalised words that begins at `i`. */
static struct range run_at(const struct names *n, uint32_t i, uint32_t end)
{
    struct range r = {i, i + 1};

    while (r.end < end && r.end - r.first < NAME_TOKENS_MAX) {
        uint32_t joint = joint_length(n, r.end, end);
        if (is_name_word(n, r.end))
            r.end++;
        else if (joint)
            r.end += joint + 1;
        else
            break;
    }
    return r;
}

static void name_add(struct names *n, struct range words, enum name_class class, enum sureness sure)
{
    if (!range_empty(words))
        n->at[n->count++] = (struct name){words, class, sure};
}

static bool row_is_organisation(const struct wordlist_row *row)
{
    return row_says(row, 0, "head") || row_says(row, 0, "suffix");
}

/* "Ministry of …", "… Inc.": the last word before an "of" or at the end says what it is. */
static enum name_class class_by_head(const struct document *doc, struct range r)
{
    enum name_class class = NAME_NONE;

    for (uint32_t i = r.first; i < r.end; i++) {
        const struct wordlist_row *row = word_row(doc, i, &wordlist_organisations);
        bool last = i + 1 == r.end || word_among(doc, i + 1, " of for on & - ");
        if (row_says(row, 0, "suffix") && i > r.first)
            return NAME_ORGANISATION;
        if (!last || class != NAME_NONE)
            continue;
        if (row_is_organisation(row))
            class = NAME_ORGANISATION;
        else if (row_says(row, 0, "place"))
            class = NAME_PLACE;
        else if (row_says(row, 0, "other"))
            class = NAME_OTHER;
    }
    return class;
}

static bool is_initial(const struct document *doc, uint32_t i)
{
    struct text norm = doc->tokens.at[i].norm;
    return norm.len == 2 && norm.bytes[1] == '.' && word_capital(doc, i);
}

static bool follows_place_word(const struct document *doc, struct range r)
{
    uint32_t first = words_around(doc, r.first).first;
    return r.first > first && word_among(doc, r.first - 1,
                                         " in at near from outside across around "
                                         "throughout toward towards via ");
}

static bool follows_role(const struct document *doc, struct range r)
{
    uint32_t first = words_around(doc, r.first).first;
    return r.first > first && is_role_head(doc, r.first - 1);
}

/* The listed name that begins at `i`: how many tokens, and what it is. */
static uint32_t listed_at(const struct document *doc, uint32_t i, enum name_class *class)
{
    uint32_t country = 0, place = 0, organisation = 0;
    const struct wordlist_row *c = wordlist_longest(&wordlist_countries, doc, i, &country);
    const struct wordlist_row *p = wordlist_longest(&wordlist_places, doc, i, &place);
    const struct wordlist_row *o = wordlist_longest(&wordlist_organisations, doc, i, &organisation);

    /* "us", "who", "it": only in capitals are they names. */
    if (doc->tokens.at[i].norm.len <= 4 && doc->tokens.at[i].norm.len >= 2 &&
        is_function_word(doc, i) && !(doc->tokens.at[i].shape & SHAPE_ALL_UPPER))
        return 0;
    if (row_says(o, 0, "known") && organisation >= country && organisation >= place) {
        *class = NAME_ORGANISATION;
        return organisation;
    }
    if (c && country >= place) {
        bool belongs = row_says(c, 2, "adjective") || row_says(c, 2, "people");
        *class = belongs ? NAME_NATIONALITY : row_says(c, 2, "seat") ? NAME_PLACE : NAME_COUNTRY;
        return country;
    }
    if (p) {
        *class = NAME_PLACE;
        return place;
    }
    return 0;
}

/* A run without words of office or countries, told by its words and neighbours. */
static void name_unlisted(struct names *n, struct range r)
{
    const struct document *doc = n->doc;
    uint32_t length = r.end - r.first;
    enum name_class head = class_by_head(doc, r);
    bool given = word_row(doc, r.first, &wordlist_forenames) != NULL;

    enum name_class listed = NAME_NONE;
    listed_at(doc, r.first, &listed);
    bool numbered = doc->tokens.at[r.end - 1].shape & SHAPE_HAS_DIGIT;

    bool office = follows_role(doc, r) && (head == NAME_NONE || given);
    bool by_head = head != NAME_NONE && !(given && length == 2 && head != NAME_ORGANISATION);
    bool full_name = (given && length > 1 && !word_among(doc, r.first + 1, " of - & ")) ||
                     (length > 2 && is_initial(doc, r.first + 1));
    bool upper = doc->tokens.at[r.first].shape & SHAPE_ALL_UPPER;
    bool person_like =
        (given || length == 2 || length == 3) && !word_is(doc, r.first ? r.first - 1 : 0, "the");

    if (listed == NAME_ORGANISATION)
        name_add(n, r, numbered ? NAME_OTHER : NAME_ORGANISATION, LIKELY);
    else if (office || (!by_head && full_name))
        name_add(n, r, NAME_PERSON, LIKELY);
    else if (by_head)
        name_add(n, r, head, length > 1 ? LIKELY : GUESSED);
    else if (follows_place_word(doc, r) && length < 3)
        name_add(n, r, NAME_PLACE, GUESSED);
    else
        name_add(n, r, person_like && !upper ? NAME_PERSON : NAME_ORGANISATION, GUESSED);
}

/* A listed name inside the run; the run's rest is told on its own. */
static void name_piece(struct names *n, struct range r)
{
    const struct document *doc = n->doc;
    enum name_class class = NAME_NONE, head = class_by_head(doc, r);
    uint32_t length = listed_at(doc, r.first, &class);

    while (!range_empty(r) && word_among(doc, r.first, " of the - & "))
        r.first++;
    if (range_empty(r))
        return;
    if (length >= r.end - r.first) {
        name_add(n, (struct range){r.first, r.end}, class, KNOWN);
    } else if (length && (class == NAME_NATIONALITY || class == NAME_COUNTRY) &&
               head != NAME_ORGANISATION) {
        /* "Russian Sputnik V", "Georgia Tech": the country, then the rest. */
        name_add(n, (struct range){r.first, r.first + length}, class, KNOWN);
        r.first += length;
        while (r.first < r.end && word_among(doc, r.first, " of the - & "))
            r.first++;
        if (!range_empty(r))
            name_unlisted(n, r);
    } else {
        name_unlisted(n, r);
    }
}

/* The last token of "Secretary |of State|", or the head itself; a country behind "of" is no part.
 */
static uint32_t role_end(const struct document *doc, uint32_t head, uint32_t end)
{
    uint32_t i = head + 1;

    if (i >= end || !word_is(doc, i, "of"))
        return head;
    for (i++; i < end && row_says(word_row(doc, i, &wordlist_roles), 0, "modifier"); i++)
        continue;
    return i - 1 > head + 1 ? i - 1 : head;
}

/* The last word of office in `r` that has something behind it, or r.end. */
static uint32_t role_inside(const struct document *doc, struct range r)
{
    uint32_t at = r.end;

    for (uint32_t i = r.first; i + 1 < r.end; i++) {
        if (!is_role_head(doc, i) || word_is(doc, i + 1, "&"))
            continue;
        uint32_t last = role_end(doc, i, r.end);
        if (last + 1 < r.end)
            at = last;
    }
    return at;
}

static uint32_t role_start(const struct document *doc, uint32_t first, uint32_t head)
{
    while (head > first && (is_role(doc, head - 1) || word_among(doc, head - 1, " - of & ")))
        head--;
    return head;
}

/* The "of" of "Amy Klobuchar |of| Minnesota", or r.end: a person's name ends there. */
static uint32_t person_before_of(const struct document *doc, struct range r)
{
    if (r.end - r.first < 4 || !word_row(doc, r.first, &wordlist_forenames))
        return r.end;
    for (uint32_t i = r.first + 2; i < r.end; i++)
        if (word_is(doc, i, "of"))
            return i;
    return r.end;
}

/* "Visiting Russian Foreign Minister Sergei Lavrov", "Foreign Minister", "US Geological Survey". */
static void name_run(struct names *n, struct range r)
{
    const struct document *doc = n->doc;
    enum name_class class = NAME_NONE;

    uint32_t listed = listed_at(doc, r.first, &class);

    while (!listed && r.first + 1 < r.end &&
           row_says(word_row(doc, r.first, &wordlist_roles), 0, "past"))
        listed = listed_at(doc, ++r.first, &class);
    if (listed >= r.end - r.first) {
        name_add(n, r, class, KNOWN);
        return;
    }
    uint32_t head = role_inside(doc, r);
    struct range behind = {head + 1, r.end};
    if (head < r.end && class_by_head(doc, behind) == NAME_ORGANISATION &&
        !word_row(doc, behind.first, &wordlist_forenames))
        head = r.end;
    if (head < r.end) {
        name_piece(n, (struct range){r.first, role_start(doc, r.first, head)});
        /* What stands before an office is its body: "|Boeing Commercial Airplanes| CEO". */
        if (n->count && n->at[n->count - 1].class == NAME_PERSON &&
            n->at[n->count - 1].words.first >= r.first)
            n->at[n->count - 1].class = NAME_ORGANISATION;
        /* "First Minister of |Scotland| Nicola Sturgeon" */
        if (word_is(doc, behind.first, "of")) {
            uint32_t of_whom = ++behind.first < r.end ? listed_at(doc, behind.first, &class) : 0;
            name_add(n, (struct range){behind.first, behind.first + of_whom}, class, KNOWN);
            behind.first += of_whom;
            if (!of_whom) {
                name_piece(n, behind);
                return;
            }
        }
        name_add(n, behind, NAME_PERSON, LIKELY);
        return;
    }
    /* A run that ends in an office names nobody: "the Russian Foreign Minister". */
    if (is_role_head(doc, r.end - 1) && class_by_head(doc, r) == NAME_NONE)
        r.end = role_start(doc, r.first, r.end - 1);
    if (!range_empty(r))
        name_piece(n, r);
}

static void names_of_sentence(struct names *n, struct range s)
{
    for (uint32_t i = s.first; i < s.end;) {
        if (!is_name_word(n, i)) {
            i++;
            continue;
        }
        struct range r = run_at(n, i, s.end);
        enum name_class class = NAME_NONE;
        uint32_t listed = listed_at(n->doc, i, &class);
        r.end = person_before_of(n->doc, r);
        /* "Côte |d'Ivoire|": a list knows small words in a name. */
        if (r.end < r.first + listed)
            r.end = r.first + listed;
        name_run(n, r);
        i = r.end;
    }
}

/* In a headline in Title Case only listed names are told. */
static void names_of_headline(struct names *n, struct range s)
{
    for (uint32_t i = s.first; i < s.end; i++) {
        enum name_class class = NAME_NONE;
        uint32_t length = word_capital(n->doc, i) ? listed_at(n->doc, i, &class) : 0;
        if (length) {
            name_add(n, (struct range){i, i + length}, class, KNOWN);
            i += length - 1;
        }
    }
}

static enum err note_lower(struct names *n)
{
    const struct tokens *t = &n->doc->tokens;

    if (lookup_new(n->arena, t->count, &n->seen_lower) != ERR_OK)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < t->count; i++)
        if ((t->at[i].shape & SHAPE_WORD) && !(t->at[i].shape & SHAPE_FIRST_UPPER))
            *lookup_put(&n->seen_lower, t->at[i].norm, 1) = 1;
    return ERR_OK;
}

/* "Jobs", at the start of a sentence and a common word too: a person's surname in this text. */
static void name_surnames(struct names *n, const struct lookup *surname, const bool *taken)
{
    const struct tokens *t = &n->doc->tokens;

    for (uint32_t i = 0; i < t->count; i++)
        if (!taken[i] && (t->at[i].shape & SHAPE_FIRST_UPPER) && t->at[i].norm.len > 2 &&
            lookup_get(surname, t->at[i].norm, 0) && !is_function_word(n->doc, i))
            name_add(n, (struct range){i, i + 1}, NAME_PERSON, LIKELY);
}

/* The surest class of each whole name and of each person's last word, one entry a text. */
static enum err tell_alike(struct names *n)
{
    struct lookup whole, surname;
    bool *taken = ARENA_ARRAY(n->arena, bool, n->doc->tokens.count + 1);

    if (!taken || lookup_new(n->arena, n->count, &whole) != ERR_OK ||
        lookup_new(n->arena, n->count, &surname) != ERR_OK)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < n->count; i++) {
        struct name *m = &n->at[i];
        struct text key = words_key(n->arena, n->doc, m->words);
        uint32_t vote = (uint32_t)m->sure * NAME_CLASS_COUNT + m->class;
        if (!key.bytes)
            return ERR_NO_MEMORY;
        uint32_t *best = lookup_put(&whole, key, vote);
        if (*best / NAME_CLASS_COUNT < m->sure)
            *best = vote;
        if (m->class == NAME_PERSON && m->words.end - m->words.first > 1)
            lookup_put(&surname, n->doc->tokens.at[m->words.end - 1].norm, 1);
    }
    for (uint32_t i = 0; i < n->count; i++) {
        struct name *m = &n->at[i];
        struct text key = words_key(n->arena, n->doc, m->words);
        if (!key.bytes)
            return ERR_NO_MEMORY;
        if (m->sure == GUESSED)
            m->class = lookup_get(&whole, key, 0) % NAME_CLASS_COUNT;
        if (m->words.end - m->words.first == 1 && m->sure != KNOWN && lookup_get(&surname, key, 0))
            m->class = NAME_PERSON;
        for (uint32_t k = m->words.first; k < m->words.end; k++)
            taken[k] = true;
    }
    name_surnames(n, &surname, taken);
    return ERR_OK;
}

static void write_tokens(const struct names *n)
{
    for (uint32_t i = 0; i < n->count; i++) {
        const struct name *m = &n->at[i];
        for (uint32_t k = m->words.first; k < m->words.end; k++) {
            n->doc->tokens.at[k].name = (uint8_t)m->class;
            n->doc->tokens.at[k].name_begins = k == m->words.first;
        }
    }
}

enum err name_rules_mark(struct arena *a, struct document *doc)
{
    struct names n = {.arena = a, .doc = doc};

    n.at = ARENA_ARRAY(a, struct name, doc->tokens.count + 1);
    if (!n.at || note_lower(&n) != ERR_OK)
        return ERR_NO_MEMORY;
    for (uint32_t s = 0; s < doc->sentences.count; s++) {
        enum paragraph_kind kind = doc->paragraphs.at[doc->sentences.at[s].paragraph].kind;
        if (kind == PARAGRAPH_HEADLINE)
            names_of_headline(&n, words_of_sentence(doc, s));
        else if (kind != PARAGRAPH_CREDIT)
            names_of_sentence(&n, words_of_sentence(doc, s));
    }
    if (tell_alike(&n) != ERR_OK)
        return ERR_NO_MEMORY;
    write_tokens(&n);
    return ERR_OK;
}
