#include "pipeline/tree_repair.h"

#include "pipeline/wordlist.h"

/* What children a token has. */
enum { HAS_TO = 1, HAS_OTHER_MARK = 2, HAS_SUBJECT = 4, HAS_CLAUSE = 8, HAS_IF = 16, HAS_IT = 32 };

static uint8_t role_of(const struct token *child)
{
    switch (child->deprel) {
    case DEPREL_MARK:
        return child->xpos == XPOS_TO       ? HAS_TO
               : text_is(child->norm, "if") ? HAS_OTHER_MARK | HAS_IF
                                            : HAS_OTHER_MARK;
    case DEPREL_NSUBJ:
    case DEPREL_NSUBJ_PASS:
    case DEPREL_CSUBJ:
        return HAS_SUBJECT;
    case DEPREL_EXPL:
        return text_is(child->norm, "it") ? HAS_SUBJECT | HAS_IT : HAS_SUBJECT;
    case DEPREL_XCOMP:
    case DEPREL_CCOMP:
        return HAS_CLAUSE;
    default:
        return 0;
    }
}

/* "in order to", "so as to" and a subject of its own tell a purpose. */
static bool is_bare_infinitive(uint8_t has)
{
    return (has & HAS_TO) && !(has & (HAS_OTHER_MARK | HAS_SUBJECT));
}

static bool takes_infinitive(const struct token *head, uint8_t has)
{
    return !(has & HAS_CLAUSE) && wordlist_find(&wordlist_infinitive_heads, head->lemma) != NULL;
}

/* "It seems that they left": the clause is no subject. */
static bool seems(const struct token *head)
{
    return text_is(head->lemma, "seem") || text_is(head->lemma, "appear");
}

static bool asks(const struct token *head)
{
    return wordlist_find(&wordlist_question_heads, head->lemma) != NULL;
}

/* What a clause that the parser calls a complement is to its head. */
static uint8_t clause_relation(const struct document *doc, uint32_t i, const uint8_t *has)
{
    const struct token *head = &doc->tokens.at[doc->tokens.at[i].head];

    if ((has[i] & HAS_IF) && !asks(head))
        return DEPREL_ADVCL;
    if (doc->tokens.at[i].head < i && (has[doc->tokens.at[i].head] & HAS_IT) && !seems(head))
        return DEPREL_CSUBJ;
    return DEPREL_CCOMP;
}

enum err tree_repair(struct arena *a, struct document *doc)
{
    struct token *at = doc->tokens.at;
    uint8_t *has = ARENA_ARRAY(a, uint8_t, doc->tokens.count + 1);
    if (!has)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < doc->tokens.count; i++)
        if (at[i].head != NO_HEAD)
            has[at[i].head] |= role_of(&at[i]);
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        if (at[i].deprel == DEPREL_CCOMP)
            at[i].deprel = clause_relation(doc, i, has);
        if (at[i].deprel != DEPREL_ADVCL || at[i].head >= i || !is_bare_infinitive(has[i]) ||
            !takes_infinitive(&at[at[i].head], has[at[i].head]))
            continue;
        at[i].deprel = DEPREL_XCOMP;
        has[at[i].head] |= HAS_CLAUSE;
    }
    return ERR_OK;
}
