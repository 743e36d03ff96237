#include "pipeline/commitment_score.h"

#include <stdio.h>

#include "pipeline/clause.h"

enum { LEFT_TOKENS = 6, RIGHT_TOKENS = 8, NEAR_TOKENS = 16 };

#define T(text) EVIDENCE_TEXT(text)
#define put     evidence_add

static struct text lemma(const struct document *doc, uint32_t i)
{
    return word_lemma(doc, i);
}

/* Who is bound, in a word: "we", "organisation", "thing". */
static const char *subject_kind(const struct scene *s, const struct candidate *c,
                                const struct parts *p, char room[16])
{
    if (range_empty(c->subject))
        return "none";
    uint32_t head = clause_head(s->doc, c->subject);
    struct text norm = s->doc->tokens.at[head].norm;
    if (s->doc->tokens.at[head].upos == UPOS_PRON && norm.len < 12) {
        snprintf(room, 16, "%.*s", T(norm));
        return room;
    }
    if (p->bound_guessed || !p->bound.count)
        return "thing";
    if (s->actor_at[head] == NO_ACTOR) { /* "the company", but "Lavrov's meetings" too */
        snprintf(room, 16, "meant-%u", word_lexeme(s->doc, head).noun_sense);
        return room;
    }
    return actor_type_names[s->actors->at[p->bound.at[0]].type];
}

/* What stands before the subject: "if", "that", "which"; what makes the clause hang on another. */
static struct text clause_mark(const struct scene *s, const struct candidate *c)
{
    const struct document *doc = s->doc;
    uint32_t floor = words_near(doc, c->word).first;
    uint32_t i =
        range_empty(c->subject) || c->subject.first > c->word ? c->trigger.first : c->subject.first;
    if (i <= floor)
        return text_of("start");
    uint8_t x = doc->tokens.at[i - 1].xpos;
    if (x == XPOS_IN || x == XPOS_WRB || x == XPOS_WDT || x == XPOS_WP || x == XPOS_CC ||
        doc->tokens.at[i - 1].upos == UPOS_PUNCT)
        return lemma(doc, i - 1);
    return text_of(word_verb(doc, i - 1) ? "verb" : "word");
}

static void put_subject(struct evidence *w, const struct scene *s, const struct candidate *c,
                        const struct parts *p, struct text t, const char *kind)
{
    char room[16];
    const char *subject = subject_kind(s, c, p, room);
    struct text mark = clause_mark(s, c);

    put(w, "subject=%s", subject);
    put(w, "subject,t=%s,%.*s/%s", subject, T(t), kind);
    put(w, "mark=%.*s", T(mark));
    put(w, "mark,t=%.*s,%.*s/%s", T(mark), T(t), kind);
    bool self = p->speaker != NO_ACTOR && p->bound.count && !p->bound_guessed &&
                (found_has(&p->bound, p->speaker) ||
                 found_has(&p->bound, s->actors->at[p->speaker].affiliation));
    put(w, "speaker=%s", p->speaker == NO_ACTOR ? "none" : self ? "self" : "other");
    put(w, "speaker,t=%s,%.*s", p->speaker == NO_ACTOR ? "none" : self ? "self" : "other", T(t));
}

static void put_group(struct evidence *w, const struct document *doc, const struct candidate *c,
                      struct text t)
{
    uint32_t floor = words_near(doc, c->word).first;

    for (uint32_t i = c->word; i > floor && c->word - i < 4; i--) {
        uint8_t upos = doc->tokens.at[i - 1].upos;
        if (upos != UPOS_AUX && upos != UPOS_ADV && upos != UPOS_PART)
            break;
        put(w, "aux=%.*s", T(lemma(doc, i - 1)));
        put(w, "aux,t=%.*s,%.*s", T(doc->tokens.at[i - 1].norm), T(t));
    }
    for (uint32_t i = c->word + 1; i < c->action.first && i < c->word + 5; i++)
        if (doc->tokens.at[i].upos == UPOS_ADV || doc->tokens.at[i].upos == UPOS_PART)
            put(w, "between=%.*s", T(lemma(doc, i)));
    put(w, "after=%.*s", T(lemma(doc, c->word + 1 < doc->tokens.count ? c->word + 1 : c->word)));
}

static void put_action(struct evidence *w, const struct scene *s, const struct candidate *c,
                       struct text t)
{
    const struct document *doc = s->doc;
    uint32_t word = parts_action_word(doc, c->action);
    struct text verb = lemma(doc, word);
    uint32_t length = c->action.end - c->action.first;
    bool number = false;

    put(w, "v=%.*s", T(verb));
    put(w, "v,t=%.*s,%.*s", T(verb), T(t));
    put(w, "length=%s", length < 2 ? "1" : length < 4 ? "3" : length < 9 ? "8" : "more");
    for (uint32_t i = word + 1; i < c->action.end && i < word + 8; i++) {
        number |= doc->tokens.at[i].upos == UPOS_NUM;
        if (doc->tokens.at[i].upos == UPOS_NOUN) {
            put(w, "o=%.*s", T(lemma(doc, i)));
            break;
        }
    }
    if (word + 1 < c->action.end)
        put(w, "v+1=%.*s", T(lemma(doc, word + 1)));
    put(w, "passive=%d%d,%.*s", c->passive, c->negative, T(t));
    if (word_is(doc, c->action.first, "be") && word + 1 < c->action.end)
        put(w, "be=%s,%s,%.*s", word == c->action.first ? "copula" : "passive",
            upos_names[doc->tokens.at[word + 1].upos], T(t));
    if (number)
        put(w, "number");
    if (c->controlled)
        put(w, "controlled");
    if (c->frame == FRAME_JOINED)
        put(w, "joined=%s,%d", deprel_names[doc->tokens.at[c->action.first].deprel],
            doc->tokens.at[c->action.first].head < c->word);
}

bool commitment_gives_own_word(const struct scene *s, const struct parts *p)
{
    return p->speaker != NO_ACTOR && !p->bound_guessed &&
           (found_has(&p->bound, p->speaker) ||
            found_has(&p->bound, s->actors->at[p->speaker].affiliation));
}

static void put_speech(struct evidence *w, const struct scene *s, const struct candidate *c,
                       const struct parts *p, struct text t)
{
    struct text verb = p->saying == NO_HEAD ? text_of("none") : lemma(s->doc, p->saying);

    put(w, "saying=%.*s", T(verb));
    put(w, "saying,t=%.*s,%.*s", T(verb), T(t));
    put(w, "quoted=%d,%.*s", s->quoted[c->word], T(t));
    put(w, "own-word=%d", commitment_gives_own_word(s, p));
    if (p->saying != NO_HEAD)
        put(w, "saying-form=%s", xpos_names[s->doc->tokens.at[p->saying].xpos]);
}

static void put_place(struct evidence *w, const struct scene *s, const struct candidates *all,
                      uint32_t c, const struct parts *p, struct text t)
{
    const struct document *doc = s->doc;
    const struct candidate *me = &all->at[c];
    struct range in = words_near(doc, me->word);

    put(w, "due=%d,%.*s", p->due.date != NO_DATE, T(t));
    if (p->due.date != NO_DATE) {
        const struct date *d = &s->dates->at[p->due.date];
        put(w, "due-type=%s,%d", date_type_names[d->type], d->relative);
        put(w, "due-length=%u", p->due.edtf.len); /* a day, a month, an open end */
    }
    put(w, "receivers=%d", p->receivers.count > 0);
    put(w, "condition=%d", !range_empty(p->condition));
    put(w, "asks=%d", word_is(doc, in.end - 1, "?"));
    uint32_t paragraph = doc->sentences.at[doc->tokens.at[me->word].sentence].paragraph;
    put(w, "paragraph=%s", paragraph < 2 ? "first" : paragraph < 5 ? "early" : "late");
    /* "is expected to announce |plans to cut|": told inside another candidate's action. */
    for (uint32_t k = c; k > 0 && c - k < 4; k--) {
        const struct candidate *o = &all->at[k - 1];
        if (range_holds(o->action, me->word))
            put(w, "inside=%.*s", T(lemma(doc, o->word)));
    }
    for (uint32_t k = c + 1; k < all->count && k < c + 4; k++)
        if (range_holds(me->action, all->at[k].word))
            put(w, "holds=%.*s", T(lemma(doc, all->at[k].word)));
}

/* The verb or noun that the trigger makes a clause of: "provide", of "will provide". */
static uint32_t clause_top(const struct document *doc, const struct candidate *c)
{
    const struct token *t = &doc->tokens.at[c->word];
    bool aux = t->deprel == DEPREL_AUX || t->deprel == DEPREL_AUX_PASS || t->deprel == DEPREL_COP;
    return aux && t->head != NO_HEAD ? t->head : c->word;
}

/* How the clause hangs in its sentence, and on what. */
static void put_tree(struct evidence *w, const struct document *doc, const struct candidate *c,
                     struct text t)
{
    uint32_t top = clause_top(doc, c);
    const struct token *node = &doc->tokens.at[top];
    struct range in = words_near(doc, top);

    put(w, "rel=%s,%.*s", deprel_names[node->deprel], T(t));
    if (node->head != NO_HEAD) {
        struct text head = lemma(doc, node->head);
        put(w, "gov=%.*s", T(head));
        put(w, "gov,rel=%.*s,%s", T(head), deprel_names[node->deprel]);
        put(w, "gov-xpos=%s,%s", xpos_names[doc->tokens.at[node->head].xpos],
            deprel_names[node->deprel]);
    }
    for (uint32_t i = in.first; i < in.end; i++) {
        const struct token *child = &doc->tokens.at[i];
        if (child->head != top)
            continue;
        if (child->deprel == DEPREL_MARK || child->deprel == DEPREL_ADVMOD)
            put(w, "%s=%.*s", deprel_names[child->deprel], T(lemma(doc, i)));
        else if (child->deprel == DEPREL_NSUBJ || child->deprel == DEPREL_NSUBJ_PASS)
            put(w, "%s=%s,%.*s", deprel_names[child->deprel], name_class_names[child->name], T(t));
        else
            put(w, "has=%s,%.*s", deprel_names[child->deprel], T(t));
    }
}

/* Classes and senses of the words that matter: they tell of words never seen in training. */
static void put_senses(struct evidence *w, const struct document *doc, const struct candidate *c,
                       struct text t)
{
    uint32_t word = parts_action_word(doc, c->action);
    struct lexeme verb = word_lexeme(doc, word);

    put(w, "v-sense=%u", verb.verb_sense);
    put(w, "v-sense,t=%u,%.*s", verb.verb_sense, T(t));
    put(w, "v-class=%u", verb.coarse);
    put(w, "v-fine=%u", verb.fine);
    put(w, "v-xpos=%s", xpos_names[doc->tokens.at[word].xpos]);
    for (uint32_t i = word + 1; i < c->action.end && i < word + 8; i++)
        if (doc->tokens.at[i].upos == UPOS_NOUN) {
            put(w, "o-sense=%u", word_lexeme(doc, i).noun_sense);
            put(w, "o-class=%u", word_lexeme(doc, i).coarse);
            break;
        }
}

/* The words around the trigger as they stand: on which side, and that they are there at all. */
static void put_words(struct evidence *w, const struct document *doc, const struct candidate *c)
{
    struct range in = words_near(doc, c->word);
    const struct token *at = doc->tokens.at;

    for (uint32_t i = c->trigger.first; i > in.first && c->trigger.first - i < LEFT_TOKENS; i--)
        evidence_add_word(w, "left", at[i - 1].norm);
    for (uint32_t i = c->trigger.end; i < in.end && i - c->trigger.end < RIGHT_TOKENS; i++)
        evidence_add_word(w, "right", at[i].norm);
    uint32_t first = c->word > in.first + NEAR_TOKENS ? c->word - NEAR_TOKENS : in.first;
    for (uint32_t i = first; i < in.end && i < c->word + NEAR_TOKENS; i++)
        if (at[i].upos != UPOS_PUNCT)
            evidence_add_word(w, "near", at[i].norm);
}

void commitment_evidence(const struct scene *s, const struct candidates *all, uint32_t i,
                         const struct parts *p, struct evidence *w)
{
    const struct candidate *c = &all->at[i];
    const struct document *doc = s->doc;
    struct text t = lemma(doc, c->word);
    const char *kind = trigger_kind_names[c->kind];

    put(w, "bias");
    put(w, "t=%.*s/%s", T(t), kind);
    put(w, "t,frame=%.*s/%s,%s", T(t), kind, trigger_frame_names[c->frame]);
    put(w, "form=%.*s", T(doc->tokens.at[c->word].norm));
    put(w, "xpos=%s,%s", xpos_names[doc->tokens.at[c->word].xpos], kind);
    put(w, "type,frame=%s,%s", commitment_type_names[c->type], trigger_frame_names[c->frame]);
    put_subject(w, s, c, p, t, kind);
    put_group(w, doc, c, t);
    put_action(w, s, c, t);
    put_tree(w, doc, c, t);
    put_senses(w, doc, c, t);
    put_speech(w, s, c, p, t);
    put_place(w, s, all, i, p, t);
    put_words(w, doc, c);
}

struct commitment_score commitment_score(const struct scene *s, const struct candidates *all,
                                         uint32_t c, const struct parts *p)
{
    struct evidence e = {.weights = &evidence_commitment};

    commitment_evidence(s, all, c, p, &e);
    return (struct commitment_score){evidence_probability(&e, 0), evidence_probability(&e, 1)};
}
