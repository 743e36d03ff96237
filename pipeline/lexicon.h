/*
 * What is known of a word without its context: which words stand in like places, what WordNet says
 * of it. Part of the trained weights (data/weights/words.bin).
 *
 * Sources: word classes learned by the exchange algorithm (Kneser and Ney 1993) from raw text;
 * parts of speech, broad senses and sentence frames from WordNet 3.0 (Fellbaum 1998).
 */
#ifndef ONRECORD_PIPELINE_LEXICON_H
#define ONRECORD_PIPELINE_LEXICON_H

#include "base/span.h"

/* Bits of lexeme.pos. */
enum { LEX_NOUN = 1, LEX_VERB = 2, LEX_ADJECTIVE = 4, LEX_ADVERB = 8, LEX_INFLECTED = 16 };

/* Bits of lexeme.frames: what can stand behind a verb. */
enum {
    FRAME_INTRANSITIVE = 1, /* they wait */
    FRAME_OBJECT = 2,       /* they build it */
    FRAME_TWO_OBJECTS = 4,  /* they give it to him, they give him it */
    FRAME_THAT = 8,         /* they say that it works */
    FRAME_TO = 16,          /* they plan to go */
    FRAME_OBJECT_TO = 32,   /* they urge him to go */
    FRAME_VERB_ING = 64,    /* they stop going */
    FRAME_PREPOSITION = 128 /* they agree on it */
};

/* Values of lexeme.noun_sense. */
enum { SENSE_GROUP = 15, SENSE_PERSON = 19 };

struct lexeme {
    uint32_t key;          /* lexicon_key() of the form; 0: empty slot */
    uint16_t fine, coarse; /* word classes, 0: too rare to have one */
    uint8_t noun_sense;    /* WordNet's lexicographer file of the first sense, plus 1; 0: none */
    uint8_t verb_sense;
    uint8_t pos;
    uint8_t frames;
};

struct lexicon {
    const struct lexeme *at;
    uint32_t slots; /* open addressing, some empty */
};

/* The key of a lower-case form whose digits are folded to 0; never 0. */
uint32_t lexicon_key(struct text form);

/*
 * What is known of `form`, all zero but the key if nothing. A form that WordNet does not have as a
 * verb or noun inherits from its base: "vaccinating" is a verb that takes objects.
 */
struct lexeme lexicon_look_up(const struct lexicon *lexicon, struct text form);

/* The entry itself, or NULL. */
const struct lexeme *lexicon_find(const struct lexicon *lexicon, uint32_t key);

/* Where the search for `key` starts among `slots`. */
static inline uint32_t lexicon_slot(uint32_t key, uint32_t slots)
{
    return (uint32_t)((uint64_t)key * slots >> 32);
}

#endif
