#include "pipeline/name_features.h"

#include "pipeline/lexis.h"

void name_look_up(const struct document *doc, uint8_t *out)
{
    for (uint32_t i = 0; i < doc->tokens.count; i++)
        out[i] = (uint8_t)((word_row(doc, i, &wordlist_roles) ? LISTED_ROLE : 0) |
                           (word_row(doc, i, &wordlist_forenames) ? LISTED_FORENAME : 0) |
                           (word_row(doc, i, &wordlist_organisations) ? LISTED_ORGANISATION : 0));
}

static void add(struct rows *out, uint64_t a, uint64_t b, uint64_t c)
{
    uint64_t h = feature_mix(out->count + 1, a);
    out->at[out->count++] = feature_row(feature_mix(feature_mix(h, b), c));
}

static int64_t index_at(const struct name_context *c, int32_t offset)
{
    int64_t i = (int64_t)c->at + offset;
    return i < 0 || i >= c->count ? -1 : i;
}

static const struct word *word_at(const struct name_context *c, int32_t offset)
{
    int64_t i = index_at(c, offset);
    return i < 0 ? &word_boundary : &c->words[i];
}

/* What the rules say of a token: its class, whether it begins a name, and the lists that hold it.
 */
static uint64_t ruled_at(const struct name_context *c, int32_t offset)
{
    int64_t i = index_at(c, offset);
    if (i < 0)
        return UINT16_MAX;
    return (uint64_t)c->tokens[i].name << 4 | (uint64_t)c->tokens[i].name_begins << 3 |
           c->listed[i];
}

static uint64_t tag_at(const struct name_context *c, int32_t offset)
{
    int64_t i = index_at(c, offset);
    return i < 0 ? 0 : (uint64_t)c->tokens[i].upos << 8 | c->tokens[i].xpos;
}

static void add_token(const struct name_context *c, struct rows *out)
{
    const struct word *w = word_at(c, 0);
    uint64_t place = (uint64_t)c->casing << 1 | (c->at == 0), ruled = ruled_at(c, 0);

    add(out, c->source, 0, 0);
    add(out, w->norm, 0, 0);
    add(out, w->norm, w->shape, place);
    add(out, w->norm, c->source, 0);
    add(out, w->shape, place, 0);
    add(out, w->shape, tag_at(c, 0), place);
    add(out, w->suffix[2], w->shape & 0x1f, 0);
    add(out, w->suffix[3], w->shape & 0x1f, 0);
    add(out, w->prefix[2], w->shape & 0x1f, 0);
    add(out, w->prefix[3], w->shape & 0x1f, 0);
    add(out, w->lexeme.fine, w->shape & 0x1f, 0);
    add(out, w->lexeme.coarse, w->shape & 0x1f, 0);
    add(out, w->lexeme.noun_sense, w->shape & 0x1f, w->lexeme.pos);
    add(out, ruled, 0, 0);
    add(out, ruled, c->source, 0);
    add(out, ruled, w->norm, 0);
    add(out, ruled, tag_at(c, 0), w->shape);
    add(out, ruled, ruled_at(c, 1), ruled_at(c, -1));
    add(out, ruled, w->lexeme.noun_sense, 0);
}

static void add_neighbours(const struct name_context *c, struct rows *out)
{
    const struct word *w = word_at(c, 0);
    static const int8_t offsets[] = {-2, -1, 1, 2};
    for (size_t i = 0; i < sizeof(offsets); i++) {
        const struct word *x = word_at(c, offsets[i]);
        add(out, x->norm, 0, 0);
        add(out, x->norm, w->shape & 0x1f, 0);
        add(out, x->lexeme.fine, w->shape & 0x1f, 0);
        add(out, x->shape, tag_at(c, offsets[i]), w->shape);
        add(out, ruled_at(c, offsets[i]), ruled_at(c, 0), 0);
        add(out, x->lexeme.noun_sense, x->lexeme.verb_sense, w->shape & 0x1f);
    }
    add(out, word_at(c, -1)->norm, w->norm, 0);
    add(out, w->norm, word_at(c, 1)->norm, 0);
    add(out, word_at(c, -1)->norm, word_at(c, 1)->norm, w->shape & 0x1f);
    add(out, word_at(c, -1)->norm, word_at(c, -2)->norm, w->shape & 0x1f);
    add(out, word_at(c, 1)->norm, word_at(c, 2)->norm, w->shape & 0x1f);
    add(out, word_at(c, -1)->lexeme.fine, w->lexeme.fine, word_at(c, 1)->lexeme.fine);
    add(out, tag_at(c, -1), tag_at(c, 0), tag_at(c, 1));
}

static void add_history(const struct name_context *c, struct rows *out)
{
    const struct word *w = word_at(c, 0);
    add(out, c->before1, 0, 0);
    add(out, c->before1, c->before2, 0);
    add(out, c->before1, w->norm, 0);
    add(out, c->before1, w->shape, tag_at(c, 0));
    add(out, c->before1, ruled_at(c, 0), ruled_at(c, 1));
    add(out, c->before1, w->lexeme.fine, 0);
    add(out, c->before1, word_at(c, -1)->norm, w->shape & 0x1f);
    add(out, c->before1, word_at(c, 1)->norm, w->shape & 0x1f);
    add(out, c->before1, word_at(c, 1)->shape, w->shape);
}

void name_features(const struct name_context *c, struct rows *out)
{
    out->count = 0;
    add_token(c, out);
    add_neighbours(c, out);
    add_history(c, out);
}

bool name_follows(enum name_place from, uint8_t from_class, enum name_place to, uint8_t to_class)
{
    bool open = from == NAME_FIRST || from == NAME_INSIDE;
    bool continues = to == NAME_INSIDE || to == NAME_LAST;
    return open == continues && (!open || from_class == to_class);
}
