/*
 * The name finder's features: the words around a token, their tags, what the rules say of them, and
 * the labels already given to its left.
 */
#ifndef ONRECORD_PIPELINE_NAME_FEATURES_H
#define ONRECORD_PIPELINE_NAME_FEATURES_H

#include "pipeline/linear.h"
#include "pipeline/words.h"

/* Where a token stands in its name; with enum name_class this is a class of the model. */
enum name_place { NAME_OUTSIDE, NAME_FIRST, NAME_INSIDE, NAME_LAST, NAME_ALONE, NAME_PLACE_COUNT };

/* What corpus a sentence comes from: they differ in what they call a name. Use is as for news. */
enum name_source { SOURCE_NEWS, SOURCE_WEB, SOURCE_GUM, SOURCE_SOCIAL, SOURCE_WIKIPEDIA };

struct name_context {
    const struct word *words;   /* of the sentence */
    const struct token *tokens; /* of the sentence, tagged, and marked by the rules */
    const uint8_t *listed;      /* of the sentence: bits of enum listed */
    uint32_t count;
    uint32_t at;
    enum casing casing;
    enum name_source source;
    uint32_t before1, before2; /* classes of the two tokens before, plus 1; 0 before the sentence */
};

/* Word lists that hold a token. */
enum listed { LISTED_ROLE = 1, LISTED_FORENAME = 2, LISTED_ORGANISATION = 4 };

/* Fills out[0 .. tokens - 1] of the whole document. */
void name_look_up(const struct document *doc, uint8_t *out);

void name_features(const struct name_context *c, struct rows *out);

/* True if a name may go on from place and class `from` to `to`; the start of a sentence is OUTSIDE.
 */
bool name_follows(enum name_place from, uint8_t from_class, enum name_place to, uint8_t to_class);

#endif
