#include "pipeline/name_forms.h"

#include "pipeline/lookup.h"
#include "pipeline/name_repair.h"

enum { INITIALS_MIN = 2, INITIALS_MAX = 8, COUNTRIES_MAX = 1024 };

/* How a short form is known. */
enum { INITIALS = 1, BRACKETED };

static bool begins_name(const struct document *doc, uint32_t i, enum name_class class)
{
    return doc->tokens.at[i].name_begins && doc->tokens.at[i].name == class;
}

/*
 * The first letters of the capitals in `r` but the company's form, in lower case; empty where they
 * are too few. The bytes are in `room`.
 */
static struct text initials(const struct document *doc, struct range r, char room[INITIALS_MAX])
{
    uint32_t n = 0;

    for (uint32_t i = r.first; i < r.end && n < INITIALS_MAX; i++)
        if (word_capital(doc, i) &&
            !row_says(word_row(doc, i, &wordlist_organisations), 0, "suffix") &&
            !word_among(doc, i, " company corporation "))
            room[n++] = doc->tokens.at[i].norm.bytes[0];
    return (struct text){room, n < INITIALS_MIN ? 0 : n};
}

static bool is_bracketed(const struct document *doc, struct range r)
{
    struct range in = words_around(doc, r.first);
    return r.first >= in.first + 2 && r.end < in.end && word_is(doc, r.first - 1, "(") &&
           word_is(doc, r.end, ")") && doc->tokens.at[r.first - 2].name == NAME_ORGANISATION &&
           !doc->tokens.at[r.first - 2].name_begins;
}

/* Lookups keep hashes of their keys: the letters need not last. */
static void note_short_forms(const struct document *doc, struct lookup *forms)
{
    char room[INITIALS_MAX];

    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        if (!doc->tokens.at[i].name_begins)
            continue;
        struct range r = name_at(doc, i);
        if (r.end - r.first == 1 && is_bracketed(doc, r) && doc->tokens.at[i].name != NAME_COUNTRY)
            *lookup_put(forms, doc->tokens.at[i].norm, BRACKETED) = BRACKETED;
        if (r.end - r.first == 1 || doc->tokens.at[i].name != NAME_ORGANISATION)
            continue;
        struct text letters = initials(doc, r, room);
        if (letters.len)
            lookup_put(forms, letters, INITIALS);
    }
}

enum err name_mark_short_forms(struct arena *a, struct document *doc)
{
    struct lookup forms;

    /* Each name gives at most one. */
    if (lookup_new(a, name_count(doc), &forms) != ERR_OK)
        return ERR_NO_MEMORY;
    note_short_forms(doc, &forms);
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        struct token *t = &doc->tokens.at[i];
        if (!t->name_begins || t->name == NAME_COUNTRY || t->name == NAME_NATIONALITY ||
            name_at(doc, i).end != i + 1)
            continue;
        uint32_t form = lookup_get(&forms, t->norm, 0);
        if (form == BRACKETED || (form == INITIALS && (t->shape & SHAPE_ALL_UPPER)))
            t->name = NAME_ORGANISATION;
    }
    return ERR_OK;
}

enum err name_mark_seats(struct arena *a, struct document *doc)
{
    struct lookup countries;
    uint32_t n = 0;

    if (lookup_new(a, COUNTRIES_MAX, &countries) != ERR_OK)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < doc->tokens.count; i++)
        if (begins_name(doc, i, NAME_COUNTRY) || begins_name(doc, i, NAME_NATIONALITY)) {
            const struct wordlist_row *row = wordlist_longest(&wordlist_countries, doc, i, &n);
            if (row)
                lookup_put(&countries, text_of(row->values[0]), 1);
        }
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        if (!begins_name(doc, i, NAME_PERSON) && !begins_name(doc, i, NAME_ORGANISATION))
            continue;
        struct range r = name_at(doc, i);
        const struct wordlist_row *row = wordlist_longest(&wordlist_countries, doc, i, &n);
        if (!row_says(row, 2, "seat") || n != r.end - r.first)
            continue;
        bool named = lookup_get(&countries, text_of(row->values[0]), 0);
        bool given = n == 1 && word_row(doc, i, &wordlist_forenames);
        if (named || !given)
            name_set_class(doc, r, NAME_PLACE);
    }
    return ERR_OK;
}
