#include "pipeline/triggers.h"

#include "pipeline/trigger_search.h"

const char *const trigger_kind_names[TRIGGER_KIND_COUNT] = {TRIGGER_KINDS(NAMED_STRING)};
const char *const trigger_frame_names[TRIGGER_FRAME_COUNT] = {TRIGGER_FRAMES(NAMED_STRING)};

static uint8_t xpos(const struct document *doc, uint32_t i)
{
    return doc->tokens.at[i].xpos;
}

static void find_content(struct search *f, uint32_t i, enum trigger_kind kind)
{
    const struct wordlist_row *row = word_trigger(f->doc, i, trigger_kind_names[kind]);
    uint32_t before = f->count;

    if (!row)
        return;
    if (trigger_has_frame(row, "inf"))
        trigger_infinitive(f, i, kind, row);
    if (f->count == before && trigger_has_frame(row, "event"))
        trigger_event(f, i, kind, row);
    if (f->count == before)
        trigger_phrase(f, i, kind, row);
}

static bool is_lemma(const struct document *doc, uint32_t i, const char *lemma)
{
    return text_is(word_lemma(doc, i), lemma);
}

static void find_verb(struct search *f, uint32_t i)
{
    const struct document *doc = f->doc;
    uint32_t before = f->count;

    if (xpos(doc, i) == XPOS_MD) {
        const struct wordlist_row *row = word_trigger(doc, i, "modal");
        if (row)
            trigger_modal(f, i, row);
    } else if (is_lemma(doc, i, "be")) {
        if (word_finite(doc, i))
            trigger_be_to(f, i);
    } else if (is_lemma(doc, i, "have")) {
        trigger_have_to(f, i);
        trigger_days_to(f, i);
    } else {
        find_content(f, i, TRIGGER_VERB);
        if (f->count == before && xpos(doc, i) == XPOS_VBN)
            find_content(f, i, TRIGGER_ADJ);
    }
}

/* True if the last candidate found has already taken the words at `i`. */
static bool inside_last(const struct search *f, uint32_t i)
{
    return f->count && f->at[f->count - 1].trigger.first <= i &&
           i <= f->at[f->count - 1].action.first;
}

static void find_at(struct search *f, uint32_t i)
{
    uint8_t upos = f->doc->tokens.at[i].upos;

    if (upos == UPOS_AUX || upos == UPOS_VERB)
        find_verb(f, i);
    else if (upos == UPOS_ADJ)
        find_content(f, i, TRIGGER_ADJ);
    else if (upos == UPOS_NOUN)
        find_content(f, i, TRIGGER_NOUN);
    else if (xpos(f->doc, i) == XPOS_TO && !inside_last(f, i))
        trigger_to_be(f, i);
}

enum err triggers_find(const struct scene *s, struct candidates *out)
{
    const struct document *doc = s->doc;
    uint32_t room =
        3 * (size_t)doc->tokens.count < CANDIDATES_MAX ? 3 * doc->tokens.count + 1 : CANDIDATES_MAX;
    struct search f = {.scene = s, .doc = doc, .at = ARENA_ARRAY(s->arena, struct candidate, room)};

    if (!f.at)
        return ERR_NO_MEMORY;
    for (uint32_t n = 0; n < doc->sentences.count; n++) {
        if (doc->paragraphs.at[doc->sentences.at[n].paragraph].kind != PARAGRAPH_BODY)
            continue;
        struct range in = words_of_sentence(doc, n);
        for (uint32_t i = in.first; i < in.end && f.count < room; i++)
            find_at(&f, i);
    }
    *out = (struct candidates){f.at, f.count};
    return ERR_OK;
}
