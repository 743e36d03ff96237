#include "models/summary_parts.h"

/* BIO labels of name classes: [class][whether the token begins its name]. */
#define BIO(id, name) {"I-" name, "B-" name},
static const char *const labels[NAME_CLASS_COUNT][2] = {NAME_CLASSES(BIO)};

static const char *label(const struct token *t)
{
    return t->name == NAME_NONE ? name_class_names[NAME_NONE] : labels[t->name][t->name_begins];
}

static void put_token(struct summary_writer *w, const struct token *t)
{
    json_open_object(&w->json);
    summary_put_range(w, t->span);
    summary_put_text(w, "lemma", t->lemma);
    summary_put_name(w, "upos", upos_names[t->upos]);
    summary_put_name(w, "xpos", xpos_names[t->xpos]);
    json_put_key(&w->json, "head");
    json_put_int(&w->json, t->head == NO_HEAD ? -1 : (int64_t)t->head);
    summary_put_name(w, "deprel", deprel_names[t->deprel]);
    summary_put_name(w, "name", label(t));
    json_close_object(&w->json);
}

void summary_put_tokens(struct summary_writer *w)
{
    json_put_key(&w->json, "tokens");
    json_open_array(&w->json);
    for (uint32_t i = 0; i < w->summary->document.tokens.count; i++)
        put_token(w, &w->summary->document.tokens.at[i]);
    json_close_array(&w->json);
}
