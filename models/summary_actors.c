#include "models/summary_parts.h"

static void put_identifiers(struct summary_writer *w, const struct actor *actor)
{
    json_put_key(&w->json, "identifiers");
    json_open_object(&w->json);
    summary_put_text(w, "iso3166", actor->iso3166);
    summary_put_text(w, "wikidata", (struct text){NULL, 0}); /* no list of them is held */
    json_close_object(&w->json);
}

static void put_mentions(struct summary_writer *w, const struct actor *actor)
{
    json_put_key(&w->json, "mentions");
    json_open_array(&w->json);
    for (uint32_t i = 0; i < actor->mention_count; i++) {
        json_open_object(&w->json);
        summary_put_slice(w, actor->mentions[i].span);
        summary_put_name(w, "kind", mention_kind_names[actor->mentions[i].kind]);
        json_close_object(&w->json);
    }
    json_close_array(&w->json);
}

static void put_actor(struct summary_writer *w, uint32_t index)
{
    const struct actor *actor = &w->summary->actors.at[index];

    json_open_object(&w->json);
    summary_put_id(w, "id", 'a', index);
    summary_put_text(w, "name", actor->name);
    summary_put_name(w, "type", actor_type_names[actor->type]);
    summary_put_text(w, "role", actor->role);
    summary_put_id(w, "affiliation", 'a', actor->affiliation);
    summary_put_texts(w, "aliases", actor->aliases, actor->alias_count);
    put_identifiers(w, actor);
    summary_put_probability(w, "salience", actor->salience);
    if (w->request->include & INCLUDE_MENTIONS)
        put_mentions(w, actor);
    json_close_object(&w->json);
}

void summary_put_actors(struct summary_writer *w)
{
    json_put_key(&w->json, "actors");
    json_open_array(&w->json);
    for (uint32_t i = 0; i < w->summary->actors.count; i++)
        put_actor(w, i);
    json_close_array(&w->json);
}
