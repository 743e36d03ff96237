#include "pipeline/wordlist.h"

#include "base/hash.h"

enum { PHRASE_BYTES_MAX = 256 };

uint32_t wordlist_slot(const struct wordlist *list, struct text key)
{
    uint32_t mask = list->slot_count - 1;
    uint32_t i = (uint32_t)hash_bytes(key.bytes, key.len, 0) & mask;

    /* The table is at most half full, so an empty slot ends every search. */
    while (list->slots[i] && !text_is(key, list->rows[list->slots[i] - 1].key))
        i = (i + 1) & mask;
    return i;
}

const struct wordlist_row *wordlist_find(const struct wordlist *list, struct text key)
{
    if (key.len == 0 || key.len > list->key_max)
        return NULL;
    uint16_t row = list->slots[wordlist_slot(list, key)];
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

        const struct wordlist_row *row = wordlist_find(list, (struct text){phrase, len});
        if (row) {
            best = row;
            *count = i - first + 1;
        }
    }
    return best;
}
