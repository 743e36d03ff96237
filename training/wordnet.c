#include "training/wordnet.h"

#include <stdio.h>
#include <stdlib.h>

#include "pipeline/words.h"
#include "training/conllu.h"
#include "training/perceptron.h"

enum { FIELDS_MAX = 512, SENSES_READ = 4, LEXEMES_MAX = 1 << 19, FRAME_COUNT = 36 };

static const struct part {
    const char *name;
    uint8_t pos;
} parts[] = {{"noun", LEX_NOUN}, {"verb", LEX_VERB}, {"adj", LEX_ADJECTIVE}, {"adv", LEX_ADVERB}};

/* WordNet's generic sentence frames, by number (wninput(5WN)). */
static const uint8_t frame_bits[FRAME_COUNT] = {
    [1] = FRAME_INTRANSITIVE, [2] = FRAME_INTRANSITIVE, [3] = FRAME_INTRANSITIVE,
    [4] = FRAME_PREPOSITION,  [8] = FRAME_OBJECT,       [9] = FRAME_OBJECT,
    [10] = FRAME_OBJECT,      [11] = FRAME_OBJECT,      [12] = FRAME_PREPOSITION,
    [13] = FRAME_PREPOSITION, [14] = FRAME_TWO_OBJECTS, [15] = FRAME_TWO_OBJECTS,
    [16] = FRAME_PREPOSITION, [17] = FRAME_PREPOSITION, [18] = FRAME_PREPOSITION,
    [19] = FRAME_PREPOSITION, [20] = FRAME_PREPOSITION, [21] = FRAME_PREPOSITION,
    [22] = FRAME_PREPOSITION, [24] = FRAME_OBJECT_TO,   [25] = FRAME_OBJECT_TO,
    [26] = FRAME_THAT,        [27] = FRAME_PREPOSITION, [28] = FRAME_TO,
    [29] = FRAME_TO,          [31] = FRAME_PREPOSITION, [33] = FRAME_VERB_ING,
    [34] = FRAME_THAT,
};

struct database {
    struct text index, data, exceptions;
    struct part part;
};

static struct text read_part(struct arena *a, const char *folder, const char *before,
                             const char *name, const char *behind)
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s%s%s", folder, before, name, behind);
    return file_read(a, path);
}

/* The line at `start`, without its end; *next is the start of the one behind. */
static struct text line_at(struct text file, uint32_t start, uint32_t *next)
{
    const char *end = memchr(file.bytes + start, '\n', file.len - start);
    uint32_t stop = end ? (uint32_t)(end - file.bytes) : file.len;
    *next = stop + 1;
    return text_slice(file, (struct span){start, stop});
}

static uint32_t value(struct text t, int base)
{
    return (uint32_t)strtoul(t.bytes, NULL, base);
}

/* The frames of the word in a synset of verbs: "… 02 + 08 00 + 26 01 | gloss". */
static uint8_t synset_frames(const struct text *field, uint32_t count, struct text word)
{
    uint32_t words = value(field[3], 16), at = 4 + 2 * words, frames = 0;
    uint32_t pointers = at < count ? value(field[at], 10) : 0;
    at += 1 + 4 * pointers;
    uint32_t left = at < count ? value(field[at], 10) : 0;
    for (at++; left > 0 && at + 2 < count; left--, at += 3) {
        uint32_t frame = value(field[at + 1], 10), which = value(field[at + 2], 16);
        bool applies = which == 0 || (which <= words && text_equal(field[2 + 2 * which], word));
        if (applies && frame < FRAME_COUNT)
            frames |= frame_bits[frame];
    }
    return (uint8_t)frames;
}

static void add(struct lexemes *out, struct lexeme lexeme, struct text form)
{
    char buffer[WORD_FORM_MAX];
    lexeme.key = lexicon_key(word_form(form, buffer));
    if (out->count < LEXEMES_MAX)
        out->at[out->count++] = lexeme;
}

/* "say v 11 5 ! @ ~ + ; 11 9 01009240 …": the senses in order of frequency. */
static bool read_word(const struct database *db, struct text line, struct lexeme *out)
{
    struct text field[FIELDS_MAX], synset[FIELDS_MAX];
    uint32_t count = text_split(line, ' ', field, FIELDS_MAX), next;
    if (line.len == 0 || line.bytes[0] == ' ' || count < 6 ||
        memchr(field[0].bytes, '_', field[0].len))
        return false;
    uint32_t senses = value(field[2], 10), first = 6 + value(field[3], 10);
    *out = (struct lexeme){.pos = db->part.pos};
    for (uint32_t s = 0; s < senses && s < SENSES_READ && first + s < count; s++) {
        struct text found = line_at(db->data, value(field[first + s], 10), &next);
        uint32_t n = text_split(found, ' ', synset, FIELDS_MAX);
        uint8_t sense = (uint8_t)(value(synset[1], 10) + 1);
        if (s == 0 && db->part.pos == LEX_NOUN)
            out->noun_sense = sense;
        if (s == 0 && db->part.pos == LEX_VERB)
            out->verb_sense = sense;
        if (db->part.pos == LEX_VERB)
            out->frames |= synset_frames(synset, n, field[0]);
    }
    return true;
}

static void read_index(const struct database *db, struct lexemes *out)
{
    struct lexeme lexeme;
    for (uint32_t at = 0, next; at < db->index.len; at = next) {
        struct text line = line_at(db->index, at, &next);
        if (read_word(db, line, &lexeme))
            add(out, lexeme,
                text_slice(line, (struct span){
                                     0, (uint32_t)((const char *)memchr(line.bytes, ' ', line.len) -
                                                   line.bytes)}));
    }
}

/* "went go": irregular forms are their bases over again. */
static void read_exceptions(const struct database *db, struct lexemes *out, uint32_t first)
{
    char buffer[WORD_FORM_MAX];
    struct text field[2];
    uint32_t last = out->count;
    for (uint32_t at = 0, next; at < db->exceptions.len; at = next) {
        if (text_split(line_at(db->exceptions, at, &next), ' ', field, 2) < 2)
            continue;
        uint32_t base = lexicon_key(word_form(field[1], buffer));
        for (uint32_t i = first; i < last; i++)
            if (out->at[i].key == base) {
                struct lexeme inflected = out->at[i];
                inflected.pos |= LEX_INFLECTED;
                add(out, inflected, field[0]);
                break;
            }
    }
}

void wordnet_read(struct arena *a, const char *folder, struct lexemes *out)
{
    *out = (struct lexemes){must_have(ARENA_ARRAY(a, struct lexeme, LEXEMES_MAX)), 0};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        struct database db = {read_part(a, folder, "index.", parts[i].name, ""),
                              read_part(a, folder, "data.", parts[i].name, ""),
                              read_part(a, folder, "", parts[i].name, ".exc"), parts[i]};
        uint32_t first = out->count;
        read_index(&db, out);
        read_exceptions(&db, out, first);
    }
}
