#include "pipeline/weights.h"

#include <stdio.h>

#include "base/hash.h"
#include "models/document.h"

/* Raise it when a feature changes: old weights mean nothing to new features. */
enum {
    FEATURES_VERSION = 4,
    TABLE_BITS_MIN = 10,
    TABLE_BITS_MAX = 24,
    LEXICON_SLOTS_MAX = 1 << 20
};

/* Made by tools/embed.py of data/weights/. */
extern const char embedded_words_bin[], embedded_words_bin_end[];
extern const char embedded_tags_bin[], embedded_tags_bin_end[];
extern const char embedded_moves_bin[], embedded_moves_bin_end[];
extern const char embedded_labels_bin[], embedded_labels_bin_end[];
extern const char embedded_names_bin[], embedded_names_bin_end[];

static const struct {
    const char *start, *end, *bad;
} embedded[WEIGHTS_KIND_COUNT] = {
    [WEIGHTS_WORDS] = {embedded_words_bin, embedded_words_bin_end, "words.bin"},
    [WEIGHTS_TAGS] = {embedded_tags_bin, embedded_tags_bin_end, "tags.bin"},
    [WEIGHTS_MOVES] = {embedded_moves_bin, embedded_moves_bin_end, "moves.bin"},
    [WEIGHTS_LABELS] = {embedded_labels_bin, embedded_labels_bin_end, "labels.bin"},
    [WEIGHTS_NAMES] = {embedded_names_bin, embedded_names_bin_end, "names.bin"},
};

static uint64_t hash_names(const char *const *names, uint32_t count, uint64_t seed)
{
    for (uint32_t i = 0; i < count; i++)
        seed = hash_bytes(names[i], strlen(names[i]), seed);
    return seed;
}

uint64_t weights_schema(void)
{
    uint64_t h = hash_names(upos_names, UPOS_COUNT, FEATURES_VERSION);
    h = hash_names(xpos_names, XPOS_COUNT, h);
    h = hash_names(deprel_names, DEPREL_COUNT, h);
    return hash_names(name_class_names, NAME_CLASS_COUNT, h);
}

static size_t pairs_size(const struct weights_header *h)
{
    return h->classes * sizeof(struct class_pair);
}

/* The bytes behind the header. */
static size_t body_size(const struct weights_header *h)
{
    if (h->kind == WEIGHTS_WORDS)
        return h->slots * sizeof(struct lexeme);
    return pairs_size(h) + ((size_t)1 << h->table_bits) + LINEAR_CLASSES_MAX;
}

static bool sizes_possible(const struct weights_header *h)
{
    if (h->kind == WEIGHTS_WORDS)
        return h->slots > 0 && h->slots <= LEXICON_SLOTS_MAX;
    return h->classes > 0 && h->classes <= LINEAR_CLASSES_MAX && h->table_bits >= TABLE_BITS_MIN &&
           h->table_bits <= TABLE_BITS_MAX;
}

static const char *fault(struct text file, enum weights_kind kind, const struct weights_header *h)
{
    if (memcmp(h->magic, WEIGHTS_MAGIC, sizeof(h->magic)) != 0)
        return "not a weights file";
    if (h->kind != (uint32_t)kind)
        return "weights of another stage";
    if (h->schema != weights_schema())
        return "trained for another version of the program";
    if (!sizes_possible(h))
        return "sizes out of range";
    if (file.len != sizeof(*h) + body_size(h))
        return "truncated, or longer than it says";
    if (hash_bytes(file.bytes + sizeof(*h), file.len - sizeof(*h), 0) != h->checksum)
        return "altered: the checksum is wrong";
    return NULL;
}

/* Points into a file that is known to be sound. */
static struct weights view(const char *bytes)
{
    struct weights_header h;
    memcpy(&h, bytes, sizeof(h));
    const char *body = bytes + sizeof(h);
    struct weights out = {.lexicon = {NULL, 0}};
    if (h.kind == WEIGHTS_WORDS) {
        out.lexicon = (struct lexicon){(const struct lexeme *)(const void *)body, h.slots};
        return out;
    }
    out.model =
        (struct linear){(const int8_t *)body + pairs_size(&h), (1u << h.table_bits) - 1, h.classes};
    out.pairs = (const struct class_pair *)body;
    return out;
}

enum err weights_open(struct text file, enum weights_kind kind, struct weights *out,
                      const char **why)
{
    struct weights_header h;
    if (file.len < sizeof(h)) {
        *why = "truncated";
        return ERR_INTERNAL;
    }
    memcpy(&h, file.bytes, sizeof(h));
    const char *bad = fault(file, kind, &h);
    if (bad) {
        *why = bad;
        return ERR_INTERNAL;
    }
    *out = view(file.bytes);
    return ERR_OK;
}

static struct text embedded_file(enum weights_kind kind)
{
    return (struct text){embedded[kind].start,
                         (uint32_t)(embedded[kind].end - embedded[kind].start)};
}

enum err weights_check(const char **why)
{
    struct weights ignored;
    for (int kind = 0; kind < WEIGHTS_KIND_COUNT; kind++)
        if (weights_open(embedded_file((enum weights_kind)kind), (enum weights_kind)kind, &ignored,
                         why) != ERR_OK)
            return ERR_INTERNAL;
    return ERR_OK;
}

struct weights weights_embedded(enum weights_kind kind)
{
    return view(embedded[kind].start);
}

void weights_version(char out[17])
{
    uint64_t version = 0;
    for (int kind = 0; kind < WEIGHTS_KIND_COUNT; kind++) {
        struct weights_header h;
        memcpy(&h, embedded[kind].start, sizeof(h));
        version = hash_mix(version ^ h.checksum);
    }
    snprintf(out, 17, "%016llx", (unsigned long long)version);
}
