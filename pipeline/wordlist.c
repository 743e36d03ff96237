#include "pipeline/wordlist.h"

#include "base/hash.h"

enum { PHRASE_BYTES_MAX = 256 };

static uint16_t tag_of(uint64_t hash)
{
    return (uint16_t)(hash >> 48);
}

static uint32_t slot_of(const struct wordlist *list, struct text key, uint64_t hash)
{
    uint32_t mask = list->slot_count - 1;
    uint32_t i = (uint32_t)hash & mask;

    /* The table is at most half full, so an empty slot ends every search. */
    while (list->slots[i].row && (list->slots[i].tag != tag_of(hash) ||
                                  !text_is(key, list->rows[list->slots[i].row - 1].key)))
        i = (i + 1) & mask;
    return i;
}

uint32_t wordlist_slot_of(const struct wordlist *list, struct text key)
{
    return slot_of(list, key, hash_bytes(key.bytes, key.len, 0));
}

struct wordlist_slot wordlist_slot_for(uint32_t row, struct text key)
{
    return (struct wordlist_slot){(uint16_t)(row + 1), tag_of(hash_bytes(key.bytes, key.len, 0))};
}

const struct wordlist_row *wordlist_find(const struct wordlist *list, struct text key)
{
    if (key.len == 0 || key.len > list->key_max)
        return NULL;
    return wordlist_find_hashed(list, key, hash_bytes(key.bytes, key.len, 0));
}

const struct wordlist_row *wordlist_find_hashed(const struct wordlist *list, struct text key,
                                                uint64_t hash)
{
    if (key.len == 0 || key.len > list->key_max)
        return NULL;
    uint16_t row = list->slots[slot_of(list, key, hash)].row;
    return row ? &list->rows[row - 1] : NULL;
}

const struct wordlist_row *wordlist_longest(const struct wordlist *list, const struct document *doc,
                                            uint32_t first, uint32_t *count)
{
    const struct token *tokens = doc->tokens.at;
    const struct sentence *in = &doc->sentences.at[tokens[first].sentence];
    uint32_t end = in->first_token + in->token_count;
    const struct wordlist_row *best = NULL;
    char phrase[PHRASE_BYTES_MAX];
    uint32_t len = 0;

    for (uint32_t i = first; i < end && i - first < list->words_max; i++) {
        struct text norm = tokens[i].norm;
        if (len + 1 + norm.len > sizeof(phrase) || len + norm.len > list->key_max)
            break;
        if (i > first)
            phrase[len++] = ' ';
        memcpy(phrase + len, norm.bytes, norm.len);
        len += norm.len;

        struct text key = {phrase, len};
        const struct wordlist_row *row =
            i == first ? wordlist_find_hashed(list, key, tokens[i].hash) : wordlist_find(list, key);
        if (row) {
            best = row;
            *count = i - first + 1;
        }
    }
    return best;
}
