#include "pipeline/actor_score.h"

enum { MENTIONS_LOOKED_AT = 12, LEFT_TOKENS = 3 };

static const char *const source_names[] = {
    [FROM_PERSON] = "person",       [FROM_COUNTRY] = "country",           [FROM_SEAT] = "seat",
    [FROM_PLACE] = "place",         [FROM_ORGANISATION] = "organisation", [FROM_GROUP] = "group",
    [FROM_DESCRIBED] = "described",
};

/* "in", of "in Moscow": the preposition that hangs on token `i`, or nothing. */
static struct text case_of(const struct document *doc, uint32_t i, uint32_t first)
{
    uint32_t floor = words_near(doc, i).first;

    for (uint32_t k = first; k > floor && first - k < 4; k--)
        if (doc->tokens.at[k - 1].deprel == DEPREL_CASE && doc->tokens.at[k - 1].head == i)
            return doc->tokens.at[k - 1].norm;
    return (struct text){"", 0};
}

/* The modal that hangs on the verb: "will" of "will send". */
static const struct token *modal_of(const struct document *doc, uint32_t verb)
{
    for (uint32_t k = verb, floor = words_near(doc, verb).first; k > floor; k--) {
        const struct token *t = &doc->tokens.at[k - 1];
        if (t->head == verb && t->xpos == XPOS_MD)
            return t;
    }
    return NULL;
}

/*
 * What kind of thing its verb does. Verbs are many and a text shows few of them, kinds are few: a
 * country that is named once may still be the one that "pledges".
 */
static void add_deed(struct evidence *e, const struct document *doc, uint32_t verb,
                     const char *source)
{
    const struct wordlist_row *undertakes = word_trigger(doc, verb, "verb");
    const struct token *modal = modal_of(doc, verb);

    evidence_add(e, "does=%.*s", EVIDENCE_TEXT(word_lemma(doc, verb)));
    if (undertakes)
        evidence_add(e, "undertakes=%s,%s", undertakes->values[0], source);
    if (modal)
        evidence_add(e, "modal=%.*s,%s", EVIDENCE_TEXT(modal->norm), source);
    if (word_row(doc, verb, &wordlist_reporting_verbs))
        evidence_add(e, "says,%s", source);
}

/* What the mention is to its sentence: "nsubj", "obl:in", "compound". */
static void add_relation(struct evidence *e, const struct document *doc, struct range words,
                         const char *source)
{
    uint32_t governing = word_governing(doc, words.first);
    uint32_t top = governing == NO_HEAD ? mention_top(doc, words) : governing;
    const struct token *t = &doc->tokens.at[top];
    struct text preposition = case_of(doc, top, governing == NO_HEAD ? words.first : governing);

    evidence_add(e, "rel=%s:%.*s,%s", deprel_names[t->deprel], EVIDENCE_TEXT(preposition), source);
    if (t->head == NO_HEAD)
        return;
    struct text head = word_lemma(doc, t->head);
    if (t->deprel == DEPREL_NSUBJ || t->deprel == DEPREL_NSUBJ_PASS)
        add_deed(e, doc, t->head, source);
    else if (t->deprel == DEPREL_COMPOUND || t->deprel == DEPREL_NMOD_POSS)
        evidence_add(e, "of=%.*s", EVIDENCE_TEXT(head));
    if (t->deprel == DEPREL_CONJ && t->head != NO_HEAD)
        evidence_add(e, "conj=%s,%s", deprel_names[doc->tokens.at[t->head].deprel], source);
}

static void add_neighbours(struct evidence *e, const struct document *doc, struct range words,
                           const char *source)
{
    struct range in = words_near(doc, words.first);
    struct text none = {"-", 1};
    struct text before = words.first > in.first ? word_lemma(doc, words.first - 1) : none;
    struct text behind = words.end < in.end ? word_lemma(doc, words.end) : none;

    evidence_add(e, "before=%.*s,%s", EVIDENCE_TEXT(before), source);
    evidence_add(e, "behind=%.*s,%s", EVIDENCE_TEXT(behind), source);
    for (uint32_t i = words.first; i > in.first && words.first - i <= LEFT_TOKENS; i--)
        evidence_add_word(e, "left", doc->tokens.at[i - 1].norm);
}

static const char *amount(uint32_t n)
{
    return n < 2 ? "1" : n < 3 ? "2" : n < 5 ? "4" : "more";
}

static void add_name(struct evidence *e, const struct joined *j, const struct entry *entry,
                     const char *source)
{
    const struct document *doc = j->doc;
    struct range r = entry->name;
    uint32_t last = r.end - 1;
    uint32_t shape = doc->tokens.at[r.first].shape;
    const struct wordlist_row *row = word_row(doc, last, &wordlist_organisations);

    for (uint32_t i = r.first; i < r.end; i++)
        evidence_add_word(e, "in", doc->tokens.at[i].norm);
    evidence_add(e, "words=%s,%s", amount(r.end - r.first), source);
    evidence_add(e, "last=%.*s", EVIDENCE_TEXT(word_lemma(doc, last)));
    evidence_add(e, "sense=%u,%s", word_lexeme(doc, last).noun_sense, source);
    evidence_add(e, "upper=%d,digit=%d,%s", (shape & SHAPE_ALL_UPPER) != 0,
                 (doc->tokens.at[last].shape & SHAPE_HAS_DIGIT) != 0, source);
    evidence_add(e, "listed=%s,%s", row ? row->values[0] : "-", source);
    evidence_add(e, "given=%d,%s", word_row(doc, r.first, &wordlist_forenames) != NULL, source);
    evidence_add(e, "class=%s,%s", name_class_names[doc->tokens.at[last].name], source);
    if (r.end - r.first == 1)
        evidence_add(e, "one=%.*s", EVIDENCE_TEXT(doc->tokens.at[last].norm));
    evidence_add(e, "fine=%u", word_lexeme(doc, last).fine);
    evidence_add(e, "xpos=%s,%s", xpos_names[doc->tokens.at[last].xpos], source);
}

void actor_evidence(const struct joined *j, uint32_t at, struct evidence *e)
{
    const struct entry *entry = &j->entries[at];
    const char *source = source_names[entry->source];
    uint32_t looked = 0;

    evidence_add(e, "bias");
    evidence_add(e, "source=%s", source);
    evidence_add(e, "acts=%d,%s", entry->acts, source);
    evidence_add(e, "holds=%d,%s", entry->holds, source);
    evidence_add(e, "role=%d,held=%d,%s", !range_empty(entry->role),
                 !range_empty(entry->holder) && !entry_held_behind(entry), source);
    evidence_add(e, "count=%s,%s", amount(entry->count), source);
    if (entry->count == 0)
        return;
    add_name(e, j, entry, source);
    for (uint32_t d = entry->first_draft; d != NO_ENTRY && looked < MENTIONS_LOOKED_AT;
         d = j->next_draft[d], looked++) {
        add_relation(e, j->doc, j->drafts.at[d].words, source);
        add_neighbours(e, j->doc, j->drafts.at[d].words, source);
    }
    uint32_t sentence = j->doc->tokens.at[entry->name.first].sentence;
    evidence_add(e, "sentence=%s,%s", amount(sentence + 1), source);
}

double actor_probability(const struct joined *j, uint32_t at)
{
    struct evidence e = {.weights = &evidence_actor};

    actor_evidence(j, at, &e);
    return evidence_probability(&e, 0);
}
