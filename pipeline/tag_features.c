#include "pipeline/tag_features.h"

static void add(struct rows *out, uint64_t a, uint64_t b, uint64_t c)
{
    /* The number of the feature among its fellows is its template. */
    uint64_t h = feature_mix(out->count + 1, a);
    out->at[out->count++] = feature_row(feature_mix(feature_mix(h, b), c));
}

/* The parts of speech that the lexicon has for a word, and whether it is common. */
static uint64_t knowledge(const struct lexeme *x)
{
    return (uint64_t)x->pos << 1 | (x->fine != 0);
}

static const struct word *word_at(const struct tag_context *c, int32_t offset)
{
    int64_t i = (int64_t)c->at + offset;
    return i < 0 || i >= c->count ? &word_boundary : &c->words[i];
}

static void add_form(const struct word *w, enum casing casing, bool first, struct rows *out)
{
    uint64_t place = (uint64_t)casing << 1 | first;
    const struct lexeme *x = &w->lexeme;

    add(out, 0, 0, 0);
    add(out, w->norm, 0, 0);
    add(out, w->norm, w->shape & 0x1f, place);
    add(out, w->shape, place, 0);
    for (uint32_t i = 0; i < AFFIXES; i++)
        add(out, w->suffix[i], 0, 0);
    for (uint32_t i = 0; i < AFFIXES; i++)
        add(out, w->prefix[i], 0, 0);
    add(out, w->suffix[2], w->shape, place);
    add(out, w->suffix[1], w->shape & 0x1f, place);
    add(out, x->fine, 0, 0);
    add(out, x->fine, w->shape & 0x1f, place);
    add(out, x->coarse, w->suffix[1], 0);
    add(out, knowledge(x), 0, 0);
    add(out, knowledge(x), w->suffix[1], w->shape & 0x1f);
    add(out, x->noun_sense, x->verb_sense, x->pos);
}

static void add_neighbours(const struct tag_context *c, struct rows *out)
{
    const struct word *w = word_at(c, 0);
    const struct word *l1 = word_at(c, -1), *l2 = word_at(c, -2);
    const struct word *r1 = word_at(c, 1), *r2 = word_at(c, 2);

    add(out, l1->norm, 0, 0);
    add(out, l2->norm, 0, 0);
    add(out, r1->norm, 0, 0);
    add(out, r2->norm, 0, 0);
    add(out, l1->norm, w->norm, 0);
    add(out, w->norm, r1->norm, 0);
    add(out, l1->norm, r1->norm, 0);
    add(out, r1->norm, r2->norm, 0);
    add(out, l1->suffix[2], 0, 0);
    add(out, r1->suffix[2], 0, 0);
    add(out, r1->suffix[1], w->suffix[1], 0);
    add(out, r1->shape, w->shape, c->casing);
    add(out, l1->shape, w->shape, c->casing);
    add(out, r2->suffix[2], 0, 0);
    add(out, l1->lexeme.fine, 0, 0);
    add(out, r1->lexeme.fine, 0, 0);
    add(out, r2->lexeme.fine, 0, 0);
    add(out, r1->lexeme.fine, r2->lexeme.fine, 0);
    add(out, w->lexeme.fine, r1->lexeme.fine, 0);
    add(out, l1->lexeme.fine, w->lexeme.fine, 0);
    add(out, word_at(c, 3)->lexeme.fine, 0, 0);
    add(out, knowledge(&l1->lexeme), knowledge(&w->lexeme), 0);
    add(out, knowledge(&r1->lexeme), knowledge(&w->lexeme), 0);
    add(out, knowledge(&r1->lexeme), knowledge(&r2->lexeme), w->lexeme.coarse);
}

static void add_history(const struct tag_context *c, struct rows *out)
{
    const struct word *w = word_at(c, 0), *r1 = word_at(c, 1);

    add(out, c->before1, 0, 0);
    add(out, c->before1, c->before2, 0);
    add(out, c->before1, w->norm, 0);
    add(out, c->before1, c->before2, w->norm);
    add(out, c->before1, w->suffix[2], 0);
    add(out, c->before1, c->before2, w->suffix[1]);
    add(out, c->before1, r1->norm, 0);
    add(out, c->before1, c->before2, r1->norm);
    add(out, c->before1, w->norm, r1->norm);
    add(out, c->before1, w->lexeme.fine, r1->lexeme.fine);
    add(out, c->before1, c->before2, w->lexeme.fine);
    add(out, c->before1, w->shape, c->casing);
    add(out, c->before2, w->norm, 0);
    add(out, c->before1, knowledge(&w->lexeme), knowledge(&r1->lexeme));
    add(out, c->before1, r1->lexeme.coarse, w->lexeme.coarse);
}

void tag_features(const struct tag_context *c, struct rows *out)
{
    out->count = 0;
    add_form(word_at(c, 0), c->casing, c->at == 0, out);
    add_neighbours(c, out);
    add_history(c, out);
}
