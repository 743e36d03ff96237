#include "pipeline/name_forms.h"

#include "pipeline/lookup.h"
#include "pipeline/name_repair.h"

enum { INITIALS_MIN = 2, INITIALS_MAX = 8 };

static bool begins_name(const struct document *doc, uint32_t i, enum name_class class)
{
    return doc->tokens.at[i].name_begins && doc->tokens.at[i].name == class;
}

/* The first letters of the capitals in `r`, in lower case: "nm" of "Norland Motors Corporation" is
 * not all of them. */
static struct text initials(struct arena *a, const struct document *doc, struct range r)
{
    char *letters = arena_alloc(a, INITIALS_MAX);
    uint32_t n = 0;

    if (!letters)
        return (struct text){NULL, 0};
    for (uint32_t i = r.first; i < r.end && n < INITIALS_MAX; i++)
        if (word_capital(doc, i) &&
            !row_says(word_row(doc, i, &wordlist_organisations), 0, "suffix") &&
            !word_among(doc, i, " company corporation "))
            letters[n++] = doc->tokens.at[i].norm.bytes[0];
    return (struct text){letters, n};
}

static bool is_bracketed(const struct document *doc, struct range r)
{
    struct range in = words_around(doc, r.first);
    return r.first >= in.first + 2 && r.end < in.end && word_is(doc, r.first - 1, "(") &&
           word_is(doc, r.end, ")") && doc->tokens.at[r.first - 2].name == NAME_ORGANISATION &&
           !doc->tokens.at[r.first - 2].name_begins;
}

static enum err note_short_forms(struct arena *a, const struct document *doc, struct lookup *forms)
{
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        if (!doc->tokens.at[i].name_begins)
            continue;
        struct range r = name_at(doc, i);
        if (r.end - r.first == 1 && is_bracketed(doc, r) && doc->tokens.at[i].name != NAME_COUNTRY)
            lookup_put(forms, doc->tokens.at[i].norm, 1);
        if (r.end - r.first == 1 || doc->tokens.at[i].name != NAME_ORGANISATION)
            continue;
        struct text letters = initials(a, doc, r);
        if (!letters.bytes)
            return ERR_NO_MEMORY;
        if (letters.len >= INITIALS_MIN)
            lookup_put(forms, letters, 1);
    }
    return ERR_OK;
}

static bool is_short_form(const struct document *doc, uint32_t i, const struct lookup *forms)
{
    const struct token *t = &doc->tokens.at[i];
    bool other = t->name == NAME_PERSON || t->name == NAME_PLACE || t->name == NAME_OTHER;

    return t->name_begins && other && name_at(doc, i).end == i + 1 &&
           ((t->shape & SHAPE_ALL_UPPER) || is_bracketed(doc, (struct range){i, i + 1})) &&
           lookup_get(forms, t->norm, 0);
}

enum err name_mark_short_forms(struct arena *a, struct document *doc)
{
    struct lookup forms, bracketed;
    uint32_t names = name_count(doc);
    if (lookup_new(a, 2 * names, &forms) != ERR_OK || lookup_new(a, names, &bracketed) != ERR_OK ||
        note_short_forms(a, doc, &forms) != ERR_OK)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        struct token *t = &doc->tokens.at[i];
        if (is_short_form(doc, i, &forms)) {
            if (is_bracketed(doc, (struct range){i, i + 1}))
                lookup_put(&bracketed, t->norm, 1);
            t->name = NAME_ORGANISATION;
        } else if (t->name_begins && name_at(doc, i).end == i + 1 && t->name != NAME_COUNTRY &&
                   lookup_get(&bracketed, t->norm, 0)) {
            t->name = NAME_ORGANISATION;
        }
    }
    return ERR_OK;
}

enum err name_mark_seats(struct arena *a, struct document *doc)
{
    struct lookup countries;
    uint32_t n = 0;

    if (lookup_new(a, name_count(doc), &countries) != ERR_OK)
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
