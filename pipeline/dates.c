/*
 * The scan: sentence by sentence, left to right, the longest expression at each place.
 *
 * While it goes on it keeps what later expressions may count from: the date mentioned before, and
 * whether the text is a report of its own day or tells of another time.
 */
#include "pipeline/dates.h"

#include "pipeline/dates_finish.h"

enum { LONG_AGO = 20 /* years */, ODDITIES_MAX = 8 };

struct finding {
    struct arena *arena;
    struct scan scan;
    struct dates dates;
    uint32_t cap;
    bool old_only; /* the text names no years but such as are long ago */
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

/* Oddities are rare, and only the first few are worth telling. */
static enum err add_oddity(struct finding *g, struct span span, uint8_t weekday)
{
    if (!g->dates.odd)
        g->dates.odd = ARENA_ARRAY(g->arena, struct date_oddity, ODDITIES_MAX);
    if (!g->dates.odd)
        return ERR_NO_MEMORY;
    if (g->dates.odd_count < ODDITIES_MAX)
        g->dates.odd[g->dates.odd_count++] = (struct date_oddity){span, weekday};
    return ERR_OK;
}

static enum err add_date(struct finding *g, struct span span, const struct found *f)
{
    enum err e = reserve(g);
    if (e != ERR_OK)
        return e;
    struct date *d = &g->dates.at[g->dates.count];
    if ((e = found_finish(g->arena, f, span, d)) != ERR_OK)
        return e;
    g->dates.count++;
    if (!f->weekday || !day_known(d->earliest) || day_weekday(d->earliest) == f->weekday)
        return ERR_OK;
    return add_oddity(g, span, (uint8_t)day_weekday(d->earliest));
}

/*
 * Whether a bare year takes the story along. "In 1812, …" does; a year in passing ("the treaty of
 * 1812") does not, nor does one that only repeats the year of a finer date.
 */
static bool moves_story(const struct scan *s, uint32_t at, const struct found *f)
{
    if (f->when.grain < GRAIN_YEAR || s->mentioned.grain == GRAIN_NONE)
        return true;
    if (f->when.year == s->mentioned.year)
        return false;
    return at < 2 || f->when.year == s->mentioned.year + 1;
}

static void remember(struct finding *g, uint32_t at, const struct found *f)
{
    if (f->form == FOUND_WHEN && !f->relative && f->when.grain == GRAIN_YEAR && at == 1 &&
        lex_is(&g->scan, 0, "in") && !f->when.bc)
        g->scan.sentence_year = f->when.year;
    if (f->form != FOUND_WHEN || f->type == DATE_SET || !f->when.year ||
        f->when.grain > GRAIN_YEAR || !moves_story(&g->scan, at, f))
        return;
    g->scan.mentioned = f->until.grain ? f->until : f->when;
    if (g->old_only && f->when.grain <= GRAIN_MONTH)
        g->scan.narrative = true;
}

/* "the", "a", "in" begin an expression only before a word that can be in one. */
static bool can_follow_start(const struct scan *s, uint32_t i)
{
    const struct lexeme *next = lex_at(s, i + 1);
    return next->classes || next->mark == '-' || next->mark == '\'' || s->plain_case;
}

/* Words of no class begin no expression. */
static uint32_t read_at(const struct scan *s, uint32_t i, struct found *f)
{
    const struct lexeme *l = lex_at(s, i);
    if (l->classes == 1U << LEX_START)
        return can_follow_start(s, i) ? read_range(s, i, f) : 0;
    bool short_year = l->mark == '\'' && lex_at(s, i + 1)->digits == 2;
    return l->classes || short_year ? read_range(s, i, f) : 0;
}

/* "April to June", "March and May": the second takes its year from the first. */
static void remember_range(struct finding *g, uint32_t end, const struct found *f)
{
    static const char *const joints[] = {"to", "through", "until", "and", NULL};
    const struct scan *s = &g->scan;
    bool joined = f->yearless && f->when.month && !f->when.bc &&
                  (lex_mark(s, end, '-') || lex_is_one_of(s, end, joints));
    g->scan.ranged = joined ? f->when : (struct when){.grain = GRAIN_NONE};
    g->scan.ranged_at = end + 1;
}

static enum err find_in_sentence(struct finding *g)
{
    const struct scan *s = &g->scan;
    enum err e = ERR_OK;

    for (uint32_t i = 0, used; i < s->lexemes.count && e == ERR_OK; i += used ? used : 1) {
        struct found f;
        used = read_at(s, i, &f);
        if (!used)
            continue;
        struct span span = {lex_at(s, i)->span.start, lex_at(s, i + used - 1)->span.end};
        if (f.form == FOUND_NOTHING) {
            e = add_oddity(g, span, 0);
            continue;
        }
        e = add_date(g, span, &f);
        remember(g, i, &f);
        remember_range(g, i + used, &f);
    }
    return e;
}

static int year_of_token(const struct document *doc, uint32_t i)
{
    struct text t = token_text(doc, i);
    if (t.len != 4 || !(doc->tokens.at[i].shape & SHAPE_ALL_DIGIT))
        return 0;
    int year = 0;
    for (uint32_t k = 0; k < 4; k++)
        year = year * 10 + (t.bytes[k] - '0');
    return year >= 1000 && year < 2100 ? year : 0;
}

/* "Monday", "yesterday": told from the day of the article. */
static bool is_report_word(struct text norm)
{
    return (norm.len > 4 && text_ends(norm, "day")) || text_is(norm, "tomorrow");
}

/*
 * A text tells of another time when it names other years much more often than days near its own, or
 * only years long ago: then "in March" is the March of the year told of, not the last one.
 */
static void look_for_story(struct finding *g, const struct document *doc)
{
    uint32_t others = 0, near = 0, long_ago = 0;
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        int year = year_of_token(doc, i), now = doc->reference.year;
        bool other = year && (now == 0 || year < now - 1 || year > now + 1);
        others += other;
        long_ago += other && year < now - LONG_AGO;
        near += (year && !other) || is_report_word(doc->tokens.at[i].norm);
    }
    g->old_only = near == 0 && others > 0 && long_ago == others;
    g->scan.narrative = (others > 2 && others > 2 * near) || (g->old_only && others > 1);
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
    look_for_story(&g, doc);
    enum err e = lexemes_reserve(a, doc, &g.scan.lexemes);

    for (uint32_t i = 0; e == ERR_OK && i < doc->sentences.count; i++) {
        g.scan.ranged = (struct when){.grain = GRAIN_NONE};
        g.scan.sentence_year = 0;
        lexemes_cut(doc, &doc->sentences.at[i], &g.scan.lexemes);
        g.scan.plain_case = !has_capitals(&g.scan.lexemes);
        e = find_in_sentence(&g);
    }
    if (e == ERR_OK)
        *out = g.dates;
    return e;
}

enum err dates_odd_text(struct arena *a, const struct document *doc, const struct date_oddity *odd,
                        struct text *out)
{
    static const char *const days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};
    struct strbuf b = strbuf_in(a);
    strbuf_char(&b, '"');
    strbuf_text(&b, text_slice(doc->text, odd->span));
    if (odd->weekday)
        strbuf_printf(&b, "\" is a %s.", days[(odd->weekday - 1) % 7]);
    else
        strbuf_str(&b, "\" is no day of the calendar.");
    return strbuf_finish(&b, out);
}
