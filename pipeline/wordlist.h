/*
 * The word lists of data/: text files that an editor can read and mend, made into tables at build
 * time by tools/wordlists.py.
 *
 * data/NAME.tsv gives `wordlist_NAME`. Its first column is the key, in lower case, words separated
 * by one space and written as the tokeniser cuts them ("u.s.", "stand ready", "don 't" is two words
 * and a clitic); further columns are values. Lines that begin with # are comments.
 */
#ifndef ONRECORD_PIPELINE_WORDLIST_H
#define ONRECORD_PIPELINE_WORDLIST_H

#include "base/span.h"
#include "models/document.h"

enum { WORDLIST_COLUMNS_MAX = 6 };

struct wordlist_row {
    const char *key;
    const char *values[WORDLIST_COLUMNS_MAX]; /* the columns behind the key; NULL behind the last */
};

struct wordlist_slot {
    uint16_t row; /* its number + 1; 0: the slot is empty */
    uint16_t tag; /* upper bits of its key's hash: most other keys differ in them */
};

struct wordlist {
    const struct wordlist_row *rows;
    uint32_t row_count;
    const struct wordlist_slot *slots; /* open addressing on hash_bytes(key, len, 0) */
    uint32_t slot_count;               /* a power of two */
    uint32_t words_max;                /* words in the longest key */
    uint32_t key_max;                  /* bytes in the longest key */
};

/* Every list by its name; the last one has name NULL. Only list_edit() writes to a list. */
struct named_wordlist {
    const char *name;
    struct wordlist *list;
};
extern const struct named_wordlist named_wordlists[];

/*
 * The slot that names the row with this key, or else the empty one where it would have to be named.
 * The table must have an empty slot.
 */
uint32_t wordlist_slot_of(const struct wordlist *list, struct text key);

/* What that slot has to hold for row number `row`, counted from 0. */
struct wordlist_slot wordlist_slot_for(uint32_t row, struct text key);

/* The row with exactly this key, or NULL. */
const struct wordlist_row *wordlist_find(const struct wordlist *list, struct text key);

/* The same for who knows hash_bytes(key.bytes, key.len, 0) already, as tokens do of their norm. */
const struct wordlist_row *wordlist_find_hashed(const struct wordlist *list, struct text key,
                                                uint64_t hash);

/*
 * The row whose key is the longest run of token norms that starts at token `first` and stays inside
 * its sentence, or NULL. *count is then the number of tokens.
 */
const struct wordlist_row *wordlist_longest(const struct wordlist *list, const struct document *doc,
                                            uint32_t first, uint32_t *count);

#include "data/wordlists.h"

#endif
