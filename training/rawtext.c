#include "training/rawtext.h"

#include <stdlib.h>

#include "pipeline/lexicon.h"
#include "pipeline/words.h"
#include "training/bio.h"
#include "training/conllu.h"
#include "training/perceptron.h"

enum { SLOTS = 1 << 20, TEXT_FIRST = 1 << 16 };

void rawtext_new(struct rawtext *r)
{
    *r = (struct rawtext){.capacity = TEXT_FIRST, .slot_count = SLOTS};
    r->vocabulary_capacity = SLOTS / 2;
    r->words = must_have(calloc(r->capacity, sizeof(*r->words)));
    r->slots = must_have(calloc(SLOTS, sizeof(*r->slots)));
    r->keys = must_have(calloc(SLOTS / 2, sizeof(*r->keys)));
    r->counts = must_have(calloc(SLOTS / 2, sizeof(*r->counts)));
    r->vocabulary = 2; /* the boundary, and the rare words */
}

void rawtext_free(struct rawtext *r)
{
    free(r->words);
    free(r->slots);
    free(r->keys);
    free(r->counts);
}

static uint32_t word_of(struct rawtext *r, uint32_t key)
{
    uint32_t i = key & (r->slot_count - 1);
    for (; r->slots[i]; i = (i + 1) & (r->slot_count - 1))
        if (r->keys[r->slots[i]] == key)
            return r->slots[i];
    if (r->vocabulary == r->vocabulary_capacity)
        return 1;
    r->keys[r->vocabulary] = key;
    return r->slots[i] = r->vocabulary++;
}

static void add_word(struct rawtext *r, uint32_t word)
{
    if (r->length == r->capacity) {
        r->capacity *= 2;
        r->words = must_have(realloc(r->words, r->capacity * sizeof(*r->words)));
    }
    r->words[r->length++] = word;
    r->counts[word]++;
}

static void add_document(struct rawtext *r, const struct document *doc)
{
    char buffer[WORD_FORM_MAX];
    for (uint32_t s = 0; s < doc->sentences.count; s++) {
        const struct sentence *in = &doc->sentences.at[s];
        add_word(r, 0);
        for (uint32_t i = in->first_token; i < in->first_token + in->token_count; i++)
            add_word(r, word_of(r, lexicon_key(word_form(doc->tokens.at[i].norm, buffer))));
    }
    add_word(r, 0);
}

void rawtext_add(struct rawtext *r, const char *path)
{
    struct arena *a = must_have(arena_new((size_t)4 << 30));
    if (text_ends(text_of(path), ".conllu")) {
        struct document doc;
        conllu_read(a, path, RECASE_NONE, &doc);
        add_document(r, &doc);
    } else {
        struct bio bio;
        bio_read(a, path, &bio);
        add_document(r, &bio.doc);
    }
    arena_free(a);
}

void rawtext_prune(struct rawtext *r, uint32_t least)
{
    uint32_t *renamed = must_have(calloc(r->vocabulary, sizeof(*renamed)));
    uint32_t kept = 2;
    for (uint32_t w = 2; w < r->vocabulary; w++) {
        renamed[w] = r->counts[w] >= least ? kept : 1;
        if (renamed[w] == 1) {
            r->counts[1] += r->counts[w];
            continue;
        }
        r->keys[kept] = r->keys[w];
        r->counts[kept++] = r->counts[w];
    }
    for (uint32_t i = 0; i < r->length; i++)
        r->words[i] = r->words[i] < 2 ? r->words[i] : renamed[r->words[i]];
    r->vocabulary = kept;
    free(renamed);
}
