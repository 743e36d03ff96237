#include "models/summary_markdown.h"

#include "models/summary_words.h"

/* On one line, and without the marks that Markdown would read. */
static void put(struct strbuf *b, struct text t)
{
    for (uint32_t i = 0; i < t.len; i++) {
        char c = t.bytes[i];
        if (strchr("\\`*_[]<>#|&", c) && c)
            strbuf_char(b, '\\');
        strbuf_char(b, c == '\n' || c == '\t' ? ' ' : c);
    }
}

static void put_commitment(struct strbuf *b, const struct summary *s, const struct commitment *c)
{
    strbuf_str(b, "- **");
    words_actors(b, s, &c->actors, put);
    strbuf_str(b, c->actors.count ? "**: " : "Somebody**: ");
    strbuf_str(b, c->negative ? "not " : "");
    put(b, words_action(s, c));
    if (c->due_edtf.len) {
        strbuf_str(b, " (");
        words_due(b, c, put);
        strbuf_char(b, ')');
    }
    strbuf_printf(b, " – %s, %s", commitment_type_names[c->type], strength_names[c->strength]);
    if (c->beneficiaries.count) {
        strbuf_str(b, ", for ");
        words_actors(b, s, &c->beneficiaries, put);
    }
    if (c->speaker != NO_ACTOR) {
        strbuf_str(b, ", said by ");
        put(b, s->actors.at[c->speaker].name);
    }
    strbuf_str(b, "\n  > ");
    put(b, text_slice(s->document.text, c->evidence));
    strbuf_char(b, '\n');
}

enum err summary_to_markdown(struct arena *a, const struct summary *s, const struct request *r,
                             struct text *out)
{
    struct strbuf b = strbuf_in(a);

    strbuf_str(&b, "# ");
    put(&b, s->article.title.len ? s->article.title : text_of("Article"));
    strbuf_str(&b, "\n\n");
    if (s->article.published.len) {
        strbuf_str(&b, "Published ");
        put(&b, s->article.published);
        strbuf_str(&b, "\n\n");
    }
    for (uint32_t i = 0; i < s->commitments.count; i++)
        if (words_shown(r, &s->commitments.at[i]))
            put_commitment(&b, s, &s->commitments.at[i]);
    for (uint32_t i = 0; i < s->warnings.count; i++) {
        strbuf_str(&b, i ? "" : "\n");
        strbuf_str(&b, "*Note: ");
        put(&b, s->warnings.at[i]);
        strbuf_str(&b, "*\n");
    }
    return strbuf_finish(&b, out);
}
