#include "training/perceptron.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"

enum { SEEN_BITS = 27 };

static size_t cells(uint32_t table_bits)
{
    return ((size_t)1 << table_bits) + LINEAR_CLASSES_MAX;
}

void *must_have(void *memory)
{
    if (memory)
        return memory;
    fputs("out of memory\n", stderr);
    exit(1);
}

void must_succeed(enum err err)
{
    if (err == ERR_OK)
        return;
    fprintf(stderr, "%s\n", err_title(err));
    exit(1);
}

void perceptron_new(struct perceptron *p, uint32_t table_bits, uint32_t classes, uint8_t least)
{
    *p = (struct perceptron){
        .table_bits = table_bits, .classes = classes, .least = least, .clock = 1};
    p->weights = must_have(calloc(cells(table_bits), sizeof(*p->weights)));
    p->missing = must_have(calloc(cells(table_bits), sizeof(*p->missing)));
    p->seen = must_have(calloc((size_t)1 << SEEN_BITS, sizeof(*p->seen)));
}

void perceptron_free(struct perceptron *p)
{
    free(p->weights);
    free(p->missing);
    free(p->seen);
}

static uint32_t row_start(uint32_t row, uint32_t table_bits)
{
    return row & ((1u << table_bits) - 1);
}

static void prefetch(const struct perceptron *p, const struct rows *rows)
{
    for (uint32_t r = 0; r < rows->count; r++) {
        const int16_t *row = p->weights + row_start(rows->at[r], p->table_bits);
        for (uint32_t c = 0; c < p->classes; c += 32)
            __builtin_prefetch(row + c);
    }
}

__attribute__((target_clones("avx2", "default"))) void
perceptron_score(const struct perceptron *p, const struct rows *rows, int32_t *scores)
{
    prefetch(p, rows);
    memset(scores, 0, LINEAR_CLASSES_MAX * sizeof(*scores));
    uint32_t width = p->classes < 8 ? 8 : (p->classes + 15) & ~UINT32_C(15);
    for (uint32_t r = 0; r < rows->count; r++) {
        const int16_t *row = p->weights + row_start(rows->at[r], p->table_bits);
        for (uint32_t c = 0; c < width; c++)
            scores[c] += row[c];
    }
}

/* Most features have a counter of their own; where two share one, both only seem less rare. */
static uint8_t *counter_of(const struct perceptron *p, uint32_t row)
{
    return &p->seen[row * UINT32_C(0x9e3779b1) >> (32 - SEEN_BITS)];
}

void perceptron_see(struct perceptron *p, const struct rows *rows)
{
    for (uint32_t r = 0; r < rows->count; r++) {
        uint8_t *counter = counter_of(p, rows->at[r]);
        *counter = (uint8_t)(*counter + (*counter < UINT8_MAX));
    }
}

void perceptron_add(struct perceptron *p, const struct rows *rows, uint32_t class, int16_t by)
{
    for (uint32_t r = 0; r < rows->count; r++) {
        if (*counter_of(p, rows->at[r]) < p->least)
            continue;
        size_t cell = (size_t)row_start(rows->at[r], p->table_bits) + class;
        p->weights[cell] = (int16_t)(p->weights[cell] + by);
        p->missing[cell] += by * p->clock;
    }
}

void average_new(struct average *a, uint32_t table_bits, uint32_t classes)
{
    *a = (struct average){.table_bits = table_bits, .classes = classes};
    a->sum = must_have(calloc(cells(table_bits), sizeof(*a->sum)));
}

void average_free(struct average *a)
{
    free(a->sum);
}

void average_add(struct average *a, const struct perceptron *p)
{
    for (size_t i = 0; i < cells(p->table_bits); i++) {
        int64_t total = p->weights[i] * p->clock - p->missing[i];
        a->sum[i] += total * 65536 / p->clock;
    }
}

void average_merge(struct average *into, struct average *from)
{
    for (size_t i = 0; i < cells(into->table_bits); i++)
        into->sum[i] += from->sum[i];
    average_free(from);
}

static int64_t largest(const struct average *a)
{
    int64_t most = 1;
    for (size_t i = 0; i < cells(a->table_bits); i++)
        most = llabs(a->sum[i]) > most ? llabs(a->sum[i]) : most;
    return most;
}

/* Rounds half away from zero. */
static int8_t scaled(int64_t weight, int64_t most)
{
    int64_t twice = (weight * 254 + (weight < 0 ? -most : most)) / (2 * most);
    return (int8_t)twice;
}

struct text weights_build(const struct average *a, enum weights_kind kind,
                          const struct class_pair *pairs)
{
    size_t pair_bytes = a->classes * sizeof(*pairs), table_bytes = cells(a->table_bits);
    struct weights_header h = {.kind = (uint32_t)kind,
                               .table_bits = a->table_bits,
                               .classes = a->classes,
                               .schema = weights_schema()};
    size_t size = sizeof(h) + pair_bytes + table_bytes;
    char *bytes = must_have(malloc(size));
    char *table = bytes + sizeof(h) + pair_bytes;
    int64_t most = largest(a);

    memcpy(h.magic, WEIGHTS_MAGIC, sizeof(h.magic));
    memcpy(bytes + sizeof(h), pairs, pair_bytes);
    for (size_t i = 0; i < table_bytes; i++)
        table[i] = (char)scaled(a->sum[i], most);
    h.checksum = hash_bytes(bytes + sizeof(h), size - sizeof(h), 0);
    memcpy(bytes, &h, sizeof(h));
    return (struct text){bytes, (uint32_t)size};
}

void weights_write(const char *path, struct text file)
{
    FILE *f = fopen(path, "wb");
    if (f && fwrite(file.bytes, 1, file.len, f) == file.len && fclose(f) == 0)
        return;
    perror(path);
    exit(1);
}

uint32_t chance_below(struct chance *c, uint32_t limit)
{
    c->state += UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)(hash_mix(c->state) % limit);
}
