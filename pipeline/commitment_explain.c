#include "pipeline/commitment_explain.h"

#include <math.h>
#include <stdlib.h>

#include "base/strbuf.h"
#include "pipeline/actors.h"
#include "pipeline/commitment_score.h"
#include "pipeline/commitments.h"
#include "pipeline/pronouns.h"

enum { FEATURES_SHOWN = 12 };

struct weighed {
    char name[EVIDENCE_BYTES_MAX];
    int hundredths;
};

/* What one candidate is weighed by, heard feature by feature. */
struct hearing {
    struct evidence evidence;
    struct weighed features[EVIDENCE_SEEN];
    uint32_t count;
    int sum; /* before the last feature */
};

struct explained {
    const struct summary *summary;
    struct scene scene;
    struct candidates all;
    struct hearing *hearing; /* of the candidate at hand */
    struct strbuf out;
};

/* A feature's weight is known once the next one comes. */
static void close_last(struct hearing *h)
{
    int sum = h->evidence.hundredths[0];

    if (h->count)
        h->features[h->count - 1].hundredths = sum - h->sum;
    h->sum = sum;
}

static void hear(void *to, struct text feature)
{
    struct hearing *h = to;

    close_last(h);
    if (h->count == EVIDENCE_SEEN)
        return;
    struct weighed *w = &h->features[h->count++];
    uint32_t len = feature.len < sizeof(w->name) - 1 ? feature.len : (uint32_t)sizeof(w->name) - 1;
    memcpy(w->name, feature.bytes, len);
    w->name[len] = '\0';
    w->hundredths = 0;
}

static int by_weight(const void *a, const void *b)
{
    const struct weighed *x = a, *y = b;
    int first = abs(x->hundredths), second = abs(y->hundredths);

    return first != second ? (first < second ? 1 : -1) : strcmp(x->name, y->name);
}

static void put_number(struct strbuf *b, int hundredths)
{
    strbuf_printf(b, "%+.2f", hundredths / 100.0);
}

static void put_words(struct explained *x, const char *what, struct range words)
{
    const struct document *doc = x->scene.doc;

    strbuf_printf(&x->out, "  %-10s", what);
    strbuf_text(&x->out,
                range_empty(words) ? text_of("-") : text_slice(doc->text, words_span(doc, words)));
    strbuf_char(&x->out, '\n');
}

static void put_actor(struct explained *x, uint32_t actor)
{
    strbuf_text(&x->out, actor == NO_ACTOR ? text_of("-") : x->scene.actors->at[actor].name);
}

static void put_actors(struct explained *x, const struct found *f)
{
    for (uint32_t i = 0; i < f->count; i++) {
        strbuf_str(&x->out, i ? ", " : "");
        put_actor(x, f->at[i]);
    }
    strbuf_str(&x->out, f->count ? "" : "-");
}

static void put_trigger(struct explained *x, const struct candidate *c)
{
    const struct document *doc = x->scene.doc;
    const char *kind = trigger_kind_names[c->kind];

    strbuf_str(&x->out, "  trigger   \"");
    strbuf_text(&x->out, text_slice(doc->text, words_span(doc, c->trigger)));
    strbuf_str(&x->out, "\": row ");
    strbuf_text(&x->out, word_lemma(doc, c->word));
    strbuf_printf(&x->out, "/%s%s, frame %s, as %s%s%s\n", kind,
                  word_trigger(doc, c->word, kind) ? "" : " (by rule)",
                  trigger_frame_names[c->frame], commitment_type_names[c->type],
                  c->negative ? ", negative" : "", c->passive ? ", passive" : "");
}

static void put_parts(struct explained *x, const struct candidate *c, const struct parts *p)
{
    put_words(x, "subject", c->subject);
    put_words(x, "action", c->action);
    strbuf_printf(&x->out, "  bound     %s", p->bound_guessed ? "by a guess: " : "");
    put_actors(x, &p->bound);
    strbuf_str(&x->out, "\n  speaker   ");
    put_actor(x, p->speaker);
    if (p->saying != NO_HEAD) {
        strbuf_str(&x->out, ", by \"");
        strbuf_text(&x->out, token_text(x->scene.doc, p->saying));
        strbuf_char(&x->out, '"');
    }
    strbuf_str(&x->out, "\n  receivers ");
    put_actors(x, &p->receivers);
    strbuf_str(&x->out, "\n  due       ");
    strbuf_text(&x->out, p->due.edtf.bytes ? p->due.edtf : text_of("-"));
    strbuf_char(&x->out, '\n');
    if (!range_empty(p->condition))
        put_words(x, "condition", p->condition);
}

static void put_weights(struct explained *x, struct hearing *h)
{
    uint32_t shown = h->count < FEATURES_SHOWN ? h->count : FEATURES_SHOWN;
    int others = h->evidence.hundredths[0];

    strbuf_str(&x->out, "  sum       ");
    put_number(&x->out, others);
    strbuf_printf(&x->out, " by %u features: %.2f where %.2f is enough\n  weighs    ", h->count,
                  evidence_probability(&h->evidence, 0), commitments_accept_from);
    qsort(h->features, h->count, sizeof(*h->features), by_weight);
    for (uint32_t i = 0; i < shown; i++) {
        strbuf_str(&x->out, i ? ", " : "");
        put_number(&x->out, h->features[i].hundredths);
        strbuf_printf(&x->out, " %s", h->features[i].name);
        others -= h->features[i].hundredths;
    }
    strbuf_printf(&x->out, "; the other %u: ", h->count - shown);
    put_number(&x->out, others);
    strbuf_str(&x->out, "\n\n");
}

/* The commitment of the summary that the candidate became, or NULL. */
static const struct commitment *kept_as(const struct explained *x, const struct candidate *c)
{
    const struct commitments *kept = &x->summary->commitments;
    struct span trigger = words_span(x->scene.doc, c->trigger);
    struct span action = words_span(x->scene.doc, c->action);

    for (uint32_t i = 0; i < kept->count; i++)
        if (kept->at[i].trigger.start == trigger.start && kept->at[i].action.start == action.start)
            return &kept->at[i];
    return NULL;
}

static void put_verdict(struct explained *x, const struct candidate *c, const struct parts *parts,
                        const struct hearing *h)
{
    const struct commitment *kept = kept_as(x, c);
    double p = evidence_probability(&h->evidence, 0);

    if (kept)
        strbuf_printf(&x->out, "kept %.2f: %s\n", p, commitment_type_names[kept->type]);
    else if (p < commitments_accept_from)
        strbuf_printf(&x->out, "refused %.2f: too little speaks for it\n", p);
    else if (commitment_is_forecast(&x->scene, c, parts))
        strbuf_printf(&x->out, "refused %.2f: a forecast of others\n", p);
    else if (commitment_binds_nobody(&x->scene, c, parts))
        strbuf_printf(&x->out, "refused %.2f: it binds nobody\n", p);
    else
        strbuf_printf(&x->out, "refused %.2f: a surer one is told in the same words\n", p);
}

static enum err explain_one(struct explained *x, uint32_t i)
{
    const struct candidate *c = &x->all.at[i];
    const struct document *doc = x->scene.doc;
    struct hearing *h = x->hearing;
    struct parts parts;

    *h = (struct hearing){.evidence = {.weights = &evidence_commitment, .listener = hear, .to = h}};
    enum err e = parts_read(&x->scene, c, &parts);
    if (e != ERR_OK)
        return e;
    commitment_evidence(&x->scene, &x->all, i, &parts, &h->evidence);
    close_last(h);
    put_verdict(x, c, &parts, h);
    strbuf_str(&x->out, "  sentence  ");
    strbuf_text(&x->out,
                text_slice(doc->text, doc->sentences.at[doc->tokens.at[c->word].sentence].span));
    strbuf_char(&x->out, '\n');
    put_trigger(x, c);
    put_parts(x, c, &parts);
    put_weights(x, h);
    return ERR_OK;
}

enum err commitments_explain(struct arena *a, const struct summary *s, struct text *out)
{
    struct explained x = {
        .summary = s, .hearing = ARENA_ARRAY(a, struct hearing, 1), .out = strbuf_in(a)};
    struct actors actors; /* with the doubtful ones, as the stage sees them */

    enum err e = x.hearing ? actors_find(a, &s->document, &actors) : ERR_NO_MEMORY;
    if (!e)
        e = scene_set(a, &s->document, &actors, &s->dates, &x.scene);
    if (!e)
        e = pronouns_meant(a, &x.scene);
    if (!e)
        e = triggers_find(&x.scene, &x.all);
    for (uint32_t i = 0; !e && i < x.all.count; i++)
        e = explain_one(&x, i);
    if (e)
        return e;
    strbuf_printf(&x.out, "%u candidates, %u commitments\n", x.all.count, s->commitments.count);
    return strbuf_finish(&x.out, out);
}
