#include "models/summary_json.h"

#include <stdio.h>

#include "base/hash.h"
#include "models/summary_parts.h"

enum { ID_DIGITS = 32 };

static uint64_t hash_text(struct text t, uint64_t seed)
{
    return hash_bytes(t.bytes, t.len, seed);
}

/* Everything that the answer hangs on; a number's bits are mixed, not its bytes, so that the order
 * of bytes in memory does not matter. */
static uint64_t fingerprint(const struct summary_writer *w, const char *version, uint64_t seed)
{
    const struct request *r = w->request;
    struct day reference = w->summary->document.reference;
    uint64_t confidence;

    memcpy(&confidence, &r->min_confidence, sizeof(confidence));
    seed = hash_text(text_of(version), seed);
    seed = hash_text(w->summary->document.text, seed);
    seed = hash_text(w->summary->article.title, seed);
    seed = hash_mix(seed ^ (day_known(reference) ? (uint32_t)day_serial(reference) : UINT64_MAX));
    seed = hash_mix(seed ^ ((uint64_t)r->include << 8 | (uint64_t)r->offsets));
    return hash_mix(seed ^ confidence);
}

static void put_id(struct summary_writer *w, const char *version)
{
    char id[ID_DIGITS + 1];

    if (w->request->id.bytes) {
        summary_put_text(w, "id", w->request->id);
        return;
    }
    snprintf(id, sizeof(id), "%016llx%016llx", (unsigned long long)fingerprint(w, version, 1),
             (unsigned long long)fingerprint(w, version, 2));
    summary_put_name(w, "id", id);
}

static void put_source(struct summary_writer *w)
{
    const struct source *s = &w->summary->source;

    json_put_key(&w->json, "source");
    json_open_object(&w->json);
    summary_put_name(w, "kind", source_kind_names[w->request->kind]);
    summary_put_text(w, "url", s->url);
    summary_put_text(w, "final_url", s->final_url);
    summary_put_text(w, "canonical_url", s->canonical_url);
    summary_put_text(w, "fetched_at", s->fetched_at);
    json_put_key(&w->json, "http_status");
    if (s->http_status)
        json_put_uint(&w->json, s->http_status);
    else
        json_put_null(&w->json);
    json_close_object(&w->json);
}

static void put_dateline(struct summary_writer *w)
{
    json_put_key(&w->json, "dateline");
    json_open_object(&w->json);
    summary_put_text(w, "place", w->summary->article.dateline_place);
    summary_put_day(w, "date", w->summary->article.dateline_day);
    json_close_object(&w->json);
}

static void put_sentences(struct summary_writer *w)
{
    const struct sentences *sentences = &w->summary->document.sentences;

    json_put_key(&w->json, "sentences");
    json_open_array(&w->json);
    for (uint32_t i = 0; i < sentences->count; i++) {
        json_open_object(&w->json);
        summary_put_range(w, sentences->at[i].span);
        json_close_object(&w->json);
    }
    json_close_array(&w->json);
}

static void put_article(struct summary_writer *w)
{
    const struct article *a = &w->summary->article;

    json_put_key(&w->json, "article");
    json_open_object(&w->json);
    summary_put_text(w, "title", a->title);
    summary_put_texts(w, "byline", a->byline, a->byline_count);
    summary_put_text(w, "published", a->published);
    summary_put_text(w, "modified", a->modified);
    summary_put_text(w, "site", a->site);
    summary_put_text(w, "section", a->section);
    summary_put_text(w, "language", a->language);
    put_dateline(w);
    summary_put_text(w, "text", w->summary->document.text);
    json_put_key(&w->json, "words");
    json_put_uint(&w->json, a->words);
    if (w->request->include & INCLUDE_SENTENCES)
        put_sentences(w);
    json_close_object(&w->json);
}

static void put_reference(struct summary_writer *w)
{
    json_put_key(&w->json, "reference_date");
    json_open_object(&w->json);
    summary_put_day(w, "value", w->summary->document.reference);
    summary_put_name(w, "from", reference_from_names[w->summary->reference_from]);
    json_close_object(&w->json);
}

static void put_key_sentences(struct summary_writer *w)
{
    json_put_key(&w->json, "key_sentences");
    json_open_array(&w->json);
    for (uint32_t i = 0; i < w->summary->key_sentences.count; i++) {
        json_open_object(&w->json);
        summary_put_slice(w, w->summary->key_sentences.at[i]);
        json_close_object(&w->json);
    }
    json_close_array(&w->json);
}

static enum err put_summary(struct summary_writer *w, const char *version)
{
    json_open_object(&w->json);
    put_id(w, version);
    put_source(w);
    put_article(w);
    put_reference(w);
    put_key_sentences(w);
    summary_put_actors(w);
    enum err err = summary_put_commitments(w);
    summary_put_dates(w);
    if (w->request->include & INCLUDE_TOKENS)
        summary_put_tokens(w);
    summary_put_texts(w, "warnings", w->summary->warnings.at, w->summary->warnings.count);
    json_close_object(&w->json);
    return err;
}

enum err summary_to_json(struct arena *a, const struct summary *s, const struct request *r,
                         const char *version, bool pretty, struct text *out)
{
    struct strbuf b = strbuf_in(a);
    struct summary_writer w = {
        .json = json_writer_to(&b, pretty), .arena = a, .summary = s, .request = r};

    enum err err = offsets_prepare(a, s->document.text, r->offsets, &w.offsets);
    if (err == ERR_OK)
        err = put_summary(&w, version);
    return err == ERR_OK ? strbuf_finish(&b, out) : err;
}
