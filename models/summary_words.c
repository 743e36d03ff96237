#include "models/summary_words.h"

bool words_shown(const struct request *r, const struct commitment *c)
{
    return c->confidence >= r->min_confidence;
}

void words_actors(struct strbuf *b, const struct summary *s, const struct actor_list *list,
                  words_put *put)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (i)
            strbuf_str(b, ", ");
        put(b, s->actors.at[list->at[i]].name);
    }
}

struct text words_action(const struct summary *s, const struct commitment *c)
{
    return text_slice(s->document.text, c->action.end > c->action.start ? c->action : c->trigger);
}

void words_due(struct strbuf *b, const struct commitment *c, words_put *put)
{
    struct text due = c->due_edtf;

    if (text_starts(due, "../")) {
        strbuf_str(b, "by ");
        due = (struct text){due.bytes + 3, due.len - 3};
    }
    put(b, due);
}
