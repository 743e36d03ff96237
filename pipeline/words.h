/*
 * What the linear models know of a word by itself: hashes of its forms, computed once a token and
 * shared by the tagger, the parser and the name finder, in training as in use.
 */
#ifndef ONRECORD_PIPELINE_WORDS_H
#define ONRECORD_PIPELINE_WORDS_H

#include "base/arena.h"
#include "base/error.h"
#include "models/document.h"
#include "pipeline/lexicon.h"

enum { AFFIXES = 4, WORD_FORM_MAX = 64 };

struct word {
    uint32_t norm;            /* hash of the lower-case form, digits folded: "2021" is "0000" */
    uint32_t prefix[AFFIXES]; /* hashes of the first 1 to 4 bytes, whole where it is shorter */
    uint32_t suffix[AFFIXES]; /* and of the last */
    uint32_t shape;           /* case, digits, hyphen, apostrophe, length class */
    struct lexeme lexeme;     /* what the lexicon knows of it */
};

/* Around a sentence stand words like this one. */
extern const struct word word_boundary;

/* The form that is looked up: `norm` with its digits folded, at most WORD_FORM_MAX bytes of it. */
struct text word_form(struct text norm, char buffer[WORD_FORM_MAX]);

/* Describes every token of `doc` as doc->words, unless that is done already. */
enum err words_describe(struct arena *a, const struct lexicon *lexicon, struct document *doc);

/*
 * How a sentence is written, because a Title Case headline or a lower-case text says nothing by its
 * capitals.
 */
enum casing { CASING_NORMAL, CASING_TITLE, CASING_UPPER, CASING_LOWER };
enum casing sentence_casing(const struct document *doc, const struct sentence *s);

#endif
