/*
 * Shows what the finders weigh: evidence commitments|actors < REQUESTS.ndjson
 *
 * One JSON line for each candidate of each article, with its features; spans are in code points.
 * training/evidence.py puts labels to them and learns the weights in data/.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "models/offsets.h"
#include "models/request_json.h"
#include "pipeline/actor_score.h"
#include "pipeline/actors.h"
#include "pipeline/commitment_score.h"
#include "pipeline/commitments.h"
#include "pipeline/pronouns.h"
#include "pipeline/run.h"

enum { ARENA_BYTES = 1 << 30 };

struct shown {
    struct arena *arena;
    struct text id;
    struct summary summary;
    struct offsets offsets;
    struct strbuf line;
    struct json_writer out;
};

static void line_begin(struct shown *a)
{
    a->line = strbuf_in(a->arena);
    a->out = json_writer_to(&a->line, false);
    json_open_object(&a->out);
    json_put_key(&a->out, "id");
    json_put_text(&a->out, a->id);
}

static void line_end(struct shown *a)
{
    struct text line;

    json_close_object(&a->out);
    if (strbuf_finish(&a->line, &line) == ERR_OK)
        printf("%.*s\n", (int)line.len, line.bytes);
}

static void put_span(struct shown *a, const char *key, struct span span)
{
    json_put_key(&a->out, key);
    json_open_object(&a->out);
    json_put_key(&a->out, "start");
    json_put_uint(&a->out, offsets_of(&a->offsets, span.start));
    json_put_key(&a->out, "end");
    json_put_uint(&a->out, offsets_of(&a->offsets, span.end));
    json_put_key(&a->out, "text");
    json_put_text(&a->out, text_slice(a->summary.document.text, span));
    json_close_object(&a->out);
}

static void put_feature(void *to, struct text feature)
{
    struct shown *a = to;
    json_put_text(&a->out, feature);
}

static void show_candidate(struct shown *a, const struct scene *s, const struct candidates *all,
                           uint32_t i)
{
    const struct candidate *c = &all->at[i];
    const struct document *doc = s->doc;
    struct evidence e = {.weights = &evidence_commitment, .listener = put_feature, .to = a};
    struct parts parts;

    if (parts_read(s, c, &parts) != ERR_OK)
        return;
    line_begin(a);
    json_put_key(&a->out, "kind");
    json_put_str(&a->out, trigger_kind_names[c->kind]);
    json_put_key(&a->out, "type");
    json_put_str(&a->out, commitment_type_names[c->type]);
    put_span(a, "trigger", words_span(doc, c->trigger));
    put_span(a, "action", words_span(doc, c->action));
    put_span(a, "evidence", doc->sentences.at[doc->tokens.at[c->word].sentence].span);
    json_put_key(&a->out, "features");
    json_open_array(&a->out);
    commitment_evidence(s, all, i, &parts, &e);
    json_close_array(&a->out);
    line_end(a);
}

static void show_candidates(struct shown *a)
{
    struct summary *s = &a->summary;
    struct actors actors; /* with the doubtful ones, as the stage sees them */
    struct scene scene;
    struct candidates all;

    if (actors_find(a->arena, &s->document, &actors) != ERR_OK ||
        scene_set(a->arena, &s->document, &actors, &s->dates, &scene) != ERR_OK ||
        pronouns_meant(a->arena, &scene) != ERR_OK || triggers_find(&scene, &all) != ERR_OK)
        return;
    for (uint32_t i = 0; i < all.count; i++)
        show_candidate(a, &scene, &all, i);
}

static void put_forms(struct shown *a, const struct joined *j, const struct entry *entry)
{
    json_put_key(&a->out, "forms");
    json_open_array(&a->out);
    if (entry->country)
        json_put_str(&a->out, entry->country->values[0]);
    for (uint32_t d = entry->first_draft; d != NO_ENTRY; d = j->next_draft[d]) {
        struct text text = a->summary.document.text;
        json_put_text(&a->out, text_slice(text, words_span(j->doc, j->drafts.at[d].words)));
        json_put_text(&a->out, text_slice(text, words_span(j->doc, j->drafts.at[d].full)));
    }
    json_close_array(&a->out);
}

static void show_entries(struct shown *a)
{
    struct joined j;

    if (actors_join(a->arena, &a->summary.document, &j) != ERR_OK)
        return;
    for (uint32_t i = 0; i < j.count; i++) {
        struct evidence e = {.weights = &evidence_actor, .listener = put_feature, .to = a};
        line_begin(a);
        put_forms(a, &j, &j.entries[i]);
        json_put_key(&a->out, "features");
        json_open_array(&a->out);
        actor_evidence(&j, i, &e);
        json_close_array(&a->out);
        line_end(a);
    }
}

static void show_article(struct text line, bool actors)
{
    struct shown a = {.arena = arena_new(ARENA_BYTES)};
    struct request r;
    struct problem why = {.code = ERR_OK};

    if (!a.arena)
        return;
    if (request_from_json(a.arena, line, &r, &why) != ERR_OK ||
        pipeline_run(a.arena, &r, NULL, NULL, &a.summary, &why) != ERR_OK ||
        offsets_prepare(a.arena, a.summary.document.text, OFFSETS_CODEPOINT, &a.offsets) != ERR_OK)
        fprintf(stderr, "%s: %.*s\n", err_name(why.code), (int)why.detail.len, why.detail.bytes);
    else if (a.id = r.id, actors)
        show_entries(&a);
    else
        show_candidates(&a);
    arena_free(a.arena);
}

int main(int argc, char **argv)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t len;

    if (argc == 2 && strcmp(argv[1], "threshold") == 0) {
        printf("%.2f\n", commitments_accept_from);
        return 0;
    }
    if (argc != 2 || (strcmp(argv[1], "actors") != 0 && strcmp(argv[1], "commitments") != 0)) {
        fputs("usage: evidence commitments|actors < REQUESTS.ndjson, or evidence threshold\n",
              stderr);
        return 2;
    }
    while ((len = getline(&line, &room, stdin)) > 0)
        show_article((struct text){line, (uint32_t)len}, strcmp(argv[1], "actors") == 0);
    free(line);
    return 0;
}
