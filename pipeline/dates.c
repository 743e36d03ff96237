/*
 * The scan: sentence by sentence, left to right, the longest expression at each place.
 *
 * While it goes on it keeps what later expressions may count from: the date mentioned before, and
 * whether the text is a report of its own day or tells of another time.
 */
#include "pipeline/dates.h"

#include "pipeline/dates_finish.h"

struct finding {
    struct arena *arena;
    struct scan scan;
    struct dates dates;
    uint32_t cap;
    uint32_t other_years; /* explicit years that are not the reference's or its neighbours */
    uint32_t reports;     /* days told from the reference: "Monday", "yesterday" */
};

static enum err reserve(struct finding *g)
{
    if (g->dates.count < g->cap)
        return ERR_OK;
    uint32_t cap = g->cap ? g->cap * 2 : 16;
    struct date *at = arena_grow(g->arena, g->dates.at, g->cap * sizeof(*at), cap * sizeof(*at));
    if (!at)
        return ERR_NO_MEMORY;
    g->dates.at = at;
    g->cap = cap;
    return ERR_OK;
}

/* A text tells of another time when it names other years much more often than days near its own. */
static void remember(struct finding *g, const struct found *f)
{
    if (f->form != FOUND_WHEN || f->type == DATE_SET)
        return;
    int year = f->when.year, now = g->scan.reference.year;
    if (!f->relative && year && (now == 0 || year < now - 1 || year > now + 1))
        g->other_years++;
    if (f->relative && f->when.grain <= GRAIN_WEEK)
        g->reports++;
    g->scan.narrative = g->other_years > 2 && g->other_years > 2 * g->reports;
    if (year && f->when.grain <= GRAIN_YEAR)
        g->scan.mentioned = f->until.grain ? f->until : f->when;
}

/* Words of no class begin no expression, unless they name a holiday. */
static bool can_begin(const struct scan *s, uint32_t i)
{
    const struct lexeme *l = lex_at(s, i);
    if (l->classes || l->upper)
        return true;
    if (l->mark)
        return l->mark == '\'' && lex_at(s, i + 1)->digits == 2;
    return s->plain_case && !l->digits;
}

static enum err find_in_sentence(struct finding *g)
{
    const struct scan *s = &g->scan;
    for (uint32_t i = 0; i < s->lexemes.count;) {
        struct found f;
        uint32_t used = can_begin(s, i) ? read_range(s, i, &f) : 0;
        if (!used) {
            i++;
            continue;
        }
        struct span span = {lex_at(s, i)->span.start, lex_at(s, i + used - 1)->span.end};
        enum err e = reserve(g);
        if (e == ERR_OK)
            e = found_finish(g->arena, &f, span, &g->dates.at[g->dates.count]);
        if (e != ERR_OK)
            return e;
        g->dates.count++;
        remember(g, &f);
        i += used;
    }
    return ERR_OK;
}

static bool has_capitals(const struct lexemes *l)
{
    for (uint32_t i = 0; i < l->count; i++) {
        if (l->at[i].upper)
            return true;
    }
    return false;
}

enum err dates_find(struct arena *a, const struct document *doc, struct dates *out)
{
    struct finding g = {.arena = a, .scan = {.doc = doc, .reference = doc->reference}};
    enum err e = lexemes_reserve(a, doc, &g.scan.lexemes);

    for (uint32_t i = 0; e == ERR_OK && i < doc->sentences.count; i++) {
        lexemes_cut(doc, &doc->sentences.at[i], &g.scan.lexemes);
        g.scan.plain_case = !has_capitals(&g.scan.lexemes);
        e = find_in_sentence(&g);
    }
    if (e == ERR_OK)
        *out = g.dates;
    return e;
}
