#include "models/summary_html.h"

#include "models/summary_words.h"

void html_put(struct strbuf *b, struct text t)
{
    for (uint32_t i = 0; i < t.len; i++) {
        switch (t.bytes[i]) {
        case '&':
            strbuf_str(b, "&amp;");
            break;
        case '<':
            strbuf_str(b, "&lt;");
            break;
        case '>':
            strbuf_str(b, "&gt;");
            break;
        case '"':
            strbuf_str(b, "&quot;");
            break;
        case '\'':
            strbuf_str(b, "&#39;");
            break;
        default:
            strbuf_char(b, t.bytes[i]);
        }
    }
}

static void put_row(struct strbuf *b, const char *name, struct text value)
{
    if (!value.len)
        return;
    strbuf_printf(b, "<dt>%s</dt><dd>", name);
    html_put(b, value);
    strbuf_str(b, "</dd>");
}

static void put_list(struct strbuf *b, const struct summary *s, const char *name,
                     const struct actor_list *list)
{
    if (!list->count)
        return;
    strbuf_printf(b, "<dt>%s</dt><dd>", name);
    words_actors(b, s, list, html_put);
    strbuf_str(b, "</dd>");
}

static void put_card(struct strbuf *b, const struct summary *s, uint32_t i)
{
    const struct commitment *c = &s->commitments.at[i];
    struct text none = {NULL, 0};

    strbuf_printf(b, "<li class=\"card\" id=\"c%u\"><p class=\"what\"><b>", i + 1);
    words_actors(b, s, &c->actors, html_put);
    strbuf_str(b, c->actors.count ? "</b>" : "Somebody</b>");
    strbuf_str(b, c->negative ? " &ndash; will not: " : " &ndash; ");
    html_put(b, words_action(s, c));
    strbuf_str(b, "</p><dl>");
    put_list(b, s, "for", &c->beneficiaries);
    strbuf_str(b, "<dt>when</dt><dd>");
    if (c->due_edtf.len)
        words_due(b, c, html_put);
    else
        strbuf_str(b, "not said");
    strbuf_str(b, "</dd>");
    put_row(b, "said by", c->speaker == NO_ACTOR ? none : s->actors.at[c->speaker].name);
    put_row(b, "if", text_slice(s->document.text, c->condition));
    strbuf_printf(b,
                  "</dl><p><span class=\"tag %s\">%s</span><span class=\"tag\">%s</span> "
                  "<a href=\"#s-c%u\">in the text</a></p></li>",
                  commitment_type_names[c->type], commitment_type_names[c->type],
                  strength_names[c->strength], i + 1);
}

/* The first commitment whose evidence starts at byte `at`, or the number of commitments. */
static uint32_t evidence_at(const struct summary *s, const struct request *r, uint32_t at)
{
    uint32_t i = 0;
    while (i < s->commitments.count &&
           (s->commitments.at[i].evidence.start != at || !words_shown(r, &s->commitments.at[i])))
        i++;
    return i;
}

static void put_sentence(struct strbuf *b, const struct summary *s, const struct request *r,
                         struct span span)
{
    uint32_t c = evidence_at(s, r, span.start);

    if (c < s->commitments.count)
        strbuf_printf(b, "<span class=\"sentence\" id=\"s-c%u\"><mark class=\"act\">", c + 1);
    html_put(b, text_slice(s->document.text, span));
    if (c < s->commitments.count)
        strbuf_printf(b, "</mark> <a class=\"back\" href=\"#c%u\">c%u</a></span>", c + 1, c + 1);
}

/* Sentence by sentence; what stands between two of them is white space or ends a paragraph. */
static void put_article(struct strbuf *b, const struct summary *s, const struct request *r)
{
    struct text text = s->document.text;
    uint32_t at = 0;

    strbuf_str(b, "<section class=\"article\"><h2>");
    html_put(b, s->article.title.len ? s->article.title : text_of("The article"));
    strbuf_str(b, "</h2><p>");
    for (uint32_t i = 0; i < s->document.sentences.count; i++) {
        struct span span = s->document.sentences.at[i].span;
        struct text between = text_slice(text, (struct span){at, span.start});
        if (at && memchr(between.bytes, '\n', between.len))
            strbuf_str(b, "</p><p>");
        html_put(b, between);
        put_sentence(b, s, r, span);
        at = span.end;
    }
    html_put(b, text_slice(text, (struct span){at, text.len}));
    strbuf_str(b, "</p></section>");
}

static void put_warnings(struct strbuf *b, const struct summary *s)
{
    if (!s->warnings.count)
        return;
    strbuf_str(b, "<section class=\"warnings\"><ul>");
    for (uint32_t i = 0; i < s->warnings.count; i++) {
        strbuf_str(b, "<li>");
        html_put(b, s->warnings.at[i]);
        strbuf_str(b, "</li>");
    }
    strbuf_str(b, "</ul></section>");
}

static void put_actors(struct strbuf *b, const struct summary *s)
{
    strbuf_str(b, "<section><h2>Actors</h2><ul>");
    for (uint32_t i = 0; i < s->actors.count; i++) {
        const struct actor *a = &s->actors.at[i];
        strbuf_str(b, "<li>");
        html_put(b, a->name);
        strbuf_str(b, ", ");
        html_put(b, a->role.len ? a->role : text_of(actor_type_names[a->type]));
        strbuf_str(b, "</li>");
    }
    strbuf_str(b, "</ul></section>");
}

void summary_to_html(struct strbuf *b, const struct summary *s, const struct request *r)
{
    uint32_t shown = 0;

    put_warnings(b, s);
    strbuf_str(b, "<div class=\"findings\">");
    put_article(b, s, r);
    strbuf_str(b, "<section><h2>Commitments</h2><ol class=\"cards\">");
    for (uint32_t i = 0; i < s->commitments.count; i++)
        if (words_shown(r, &s->commitments.at[i])) {
            put_card(b, s, i);
            shown++;
        }
    strbuf_str(b, shown
                      ? "</ol></section>"
                      : "</ol><p class=\"none\">Nobody commits to anything in this article, as far "
                        "as can be read.</p></section>");
    put_actors(b, s);
    strbuf_str(b, "</div>");
}

void problem_to_html(struct strbuf *b, const struct problem *p)
{
    strbuf_str(b, "<div class=\"problem\" role=\"alert\"><p><strong>");
    html_put(b, text_of(err_title(p->code)));
    strbuf_str(b, ".</strong> ");
    html_put(b, p->detail);
    strbuf_str(b, "</p></div>");
}
