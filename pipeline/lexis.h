/*
 * Small questions about tokens that every finder asks.
 */
#ifndef ONRECORD_PIPELINE_LEXIS_H
#define ONRECORD_PIPELINE_LEXIS_H

#include "base/arena.h"
#include "models/date.h"
#include "models/document.h"
#include "pipeline/lexicon.h"
#include "pipeline/wordlist.h"

/* Tokens first to end - 1. */
struct range {
    uint32_t first;
    uint32_t end;
};

static inline uint32_t range_length(struct range r)
{
    return r.end - r.first;
}

static inline bool range_empty(struct range r)
{
    return r.first >= r.end;
}

static inline bool range_holds(struct range r, uint32_t i)
{
    return r.first <= i && i < r.end;
}

/* The tokens of sentence `s`, and of the sentence that token `i` stands in. */
struct range words_of_sentence(const struct document *doc, uint32_t s);
struct range words_around(const struct document *doc, uint32_t i);

/* The same, but at most WORDS_NEAR_MAX tokens to either side: questions of grammar look no further,
 * so that a text without full stops costs no more than another. */
enum { WORDS_NEAR_MAX = 150 };
struct range words_near(const struct document *doc, uint32_t i);

/* The bytes from the first to the last token of `r`, which must not be empty. */
struct span words_span(const struct document *doc, struct range r);

/* True if the token's norm is `w`. */
static inline bool word_is(const struct document *doc, uint32_t i, const char *word)
{
    return text_is(doc->tokens.at[i].norm, word);
}

/* True if the token's norm is one of the words in `set`, written " a b c ". */
bool word_among(const struct document *doc, uint32_t i, const char *set);

/* The row of this one token, or NULL. */
const struct wordlist_row *word_row(const struct document *doc, uint32_t i,
                                    const struct wordlist *list);

/* True if the row is there and its column `column` (0 is the first behind the key) is `value`. */
bool row_says(const struct wordlist_row *row, unsigned column, const char *value);

/* The same where the column holds several values with commas between: "inf,obj". */
bool row_lists(const struct wordlist_row *row, unsigned column, const char *value);

/* The dictionary form; the norm where there is no lemma. */
struct text word_lemma(const struct document *doc, uint32_t i);

/* The row of data/commitment-triggers.tsv for the word standing as `kind`: "plan/noun"; or NULL. */
const struct wordlist_row *word_trigger(const struct document *doc, uint32_t i, const char *kind);

/*
 * "the |city| of Nordhaven": the noun by which the name that starts at `first` stands for those who
 * govern (data/government-nouns.tsv), or NO_HEAD.
 */
uint32_t word_governing(const struct document *doc, uint32_t first);

bool word_capital(const struct document *doc, uint32_t i);
bool word_verb(const struct document *doc, uint32_t i);   /* verb or auxiliary, any form */
bool word_finite(const struct document *doc, uint32_t i); /* VBD, VBP, VBZ, MD */
bool word_noun(const struct document *doc, uint32_t i);   /* noun, proper noun */

/* What the lexicon knows of the word's dictionary form. */
struct lexeme word_lexeme(const struct document *doc, uint32_t i);

/* The first token that ends behind byte `at`; tokens.count if none does. */
uint32_t token_ending_after(const struct document *doc, uint32_t at);

/* The index of the first date that ends behind byte `at`; dates->count if none does. */
uint32_t date_ending_after(const struct dates *dates, uint32_t at);

/* The norms of `r` joined by one space; bytes NULL without memory. */
struct text words_key(struct arena *a, const struct document *doc, struct range r);

#endif
