#include "models/summary_parts.h"

static void put_actor_list(struct summary_writer *w, const char *key, const struct actor_list *list)
{
    json_put_key(&w->json, key);
    json_open_array(&w->json);
    for (uint32_t i = 0; i < list->count; i++)
        summary_add_id(w, 'a', list->at[i]);
    json_close_array(&w->json);
}

static void put_due(struct summary_writer *w, const struct commitment *c)
{
    json_put_key(&w->json, "due");
    if (!c->due_edtf.bytes) {
        json_put_null(&w->json);
        return;
    }
    json_open_object(&w->json);
    summary_put_text(w, "edtf", c->due_edtf);
    summary_put_id(w, "date", 'd', c->due_date);
    json_close_object(&w->json);
}

static void put_quantities(struct summary_writer *w, const struct commitment *c)
{
    json_put_key(&w->json, "quantities");
    json_open_array(&w->json);
    for (uint32_t i = 0; i < c->quantity_count; i++) {
        const struct quantity *q = &c->quantities[i];
        json_open_object(&w->json);
        json_put_key(&w->json, "value");
        json_put_double(&w->json, q->value);
        summary_put_text(w, "unit", q->unit);
        summary_put_text(w, "text", text_slice(w->summary->document.text, q->span));
        json_close_object(&w->json);
    }
    json_close_array(&w->json);
}

static void put_missing(struct summary_writer *w, const struct commitment *c)
{
    static const struct {
        enum missing bit;
        const char *name;
    } rows[] = {{MISSING_ACTOR, "actor"},
                {MISSING_ACTION, "action"},
                {MISSING_QUANTITY, "quantity"},
                {MISSING_DUE, "due"}};

    json_put_key(&w->json, "missing");
    json_open_array(&w->json);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (c->missing & rows[i].bit)
            json_put_str(&w->json, rows[i].name);
    json_close_array(&w->json);
}

static void put_who(struct summary_writer *w, const struct commitment *c)
{
    put_actor_list(w, "actors", &c->actors);
    summary_put_id(w, "speaker", 'a', c->speaker);
    put_actor_list(w, "beneficiaries", &c->beneficiaries);
}

static void put_manner(struct summary_writer *w, const struct commitment *c)
{
    summary_put_name(w, "polarity", c->negative ? "negative" : "positive");
    summary_put_name(w, "strength", strength_names[c->strength]);
    put_actor_list(w, "contested_by", &c->contested_by);
    summary_put_bool(w, "conditional",
                     c->strength == STRENGTH_CONDITIONAL || c->condition.start != c->condition.end);
    summary_put_span(w, "condition", c->condition);
    summary_put_bool(w, "quoted", c->quoted);
}

static void put_commitment(struct summary_writer *w, uint32_t index, uint32_t same_as)
{
    const struct commitment *c = &w->summary->commitments.at[index];

    json_open_object(&w->json);
    summary_put_id(w, "id", 'c', index);
    summary_put_name(w, "type", commitment_type_names[c->type]);
    put_who(w, c);
    summary_put_span(w, "action", c->action);
    summary_put_span(w, "trigger", c->trigger);
    summary_put_span(w, "evidence", c->evidence);
    put_due(w, c);
    put_quantities(w, c);
    put_manner(w, c);
    put_missing(w, c);
    summary_put_id(w, "same_as", 'c', same_as);
    summary_put_probability(w, "confidence", c->confidence);
    json_close_object(&w->json);
}

/*
 * The telling that commitment `index` repeats, or NO_COMMITMENT. Where the first telling was left
 * out, the first one that was not stands in for it: `stand_ins` holds it, by first telling.
 */
static uint32_t first_kept(uint32_t *stand_ins, uint32_t first, uint32_t index)
{
    if (stand_ins[first] != NO_COMMITMENT)
        return stand_ins[first];
    stand_ins[first] = index;
    return NO_COMMITMENT;
}

enum err summary_put_commitments(struct summary_writer *w)
{
    const struct commitments *all = &w->summary->commitments;
    uint32_t *stand_ins = ARENA_ARRAY(w->arena, uint32_t, all->count);

    if (!stand_ins)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < all->count; i++)
        stand_ins[i] = NO_COMMITMENT;

    json_put_key(&w->json, "commitments");
    json_open_array(&w->json);
    for (uint32_t i = 0; i < all->count; i++) {
        const struct commitment *c = &all->at[i];
        if (summary_rounded(c->confidence) < w->request->min_confidence)
            continue;
        uint32_t first = c->same_as == NO_COMMITMENT ? i : c->same_as;
        put_commitment(w, i, first_kept(stand_ins, first, i));
    }
    json_close_array(&w->json);
    return ERR_OK;
}
