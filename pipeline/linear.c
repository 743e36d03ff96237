#include "pipeline/linear.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { LANES = 32, CACHE_LINE = 64, ROWS_AHEAD = 24 };

void linear_score_portable(const struct linear *model, const struct rows *rows, struct scores *out)
{
    memset(out, 0, sizeof(*out));
    for (uint32_t r = 0; r < rows->count; r++) {
        const int8_t *row = model->weights + (rows->at[r] & model->mask);
        for (uint32_t c = 0; c < model->classes; c++)
            out->at[c] = (int16_t)(out->at[c] + row[c]);
    }
}

#if defined(__x86_64__)

#define AVX2 __attribute__((target("avx2")))

static const int8_t zeros[LINEAR_CLASSES_MAX];

static inline const int8_t *row_at(const struct linear *model, const struct rows *rows, uint32_t r)
{
    return r < rows->count ? model->weights + (rows->at[r] & model->mask) : zeros;
}

/*
 * The rows lie anywhere in megabytes: ask for each some rows before it is needed. A row that is not
 * aligned spans a cache line more than its length would fill.
 */
static inline __attribute__((always_inline)) void
prefetch(const struct linear *model, const struct rows *rows, uint32_t r, int blocks)
{
    const char *row = (const char *)model->weights + (rows->at[r] & model->mask);
    for (int at = 0; at < blocks * LANES; at += CACHE_LINE)
        _mm_prefetch(row + at, _MM_HINT_T0);
    _mm_prefetch(row + model->classes - 1, _MM_HINT_T0);
}

AVX2 static inline __m256i load(const int8_t *p)
{
    return _mm256_loadu_si256((const __m256i *)p);
}

/*
 * Two rows at a time: their bytes are interleaved, and multiplying by one and adding neighbours
 * (vpmaddubsw) gives the sum of both in 16 bits, for 32 classes by two instructions. Interleaving
 * works in halves of 128 bits, which are put in order at the end.
 *
 * `blocks` is a constant at every call, so that the sums live in registers. The last block may run
 * over into the next row or the slack: those scores mean nothing.
 */
AVX2 static inline __attribute__((always_inline)) void
add_rows(const struct linear *model, const struct rows *rows, struct scores *out, int blocks)
{
    const __m256i ones = _mm256_set1_epi8(1);
    __m256i low[LINEAR_CLASSES_MAX / LANES], high[LINEAR_CLASSES_MAX / LANES];
    for (int b = 0; b < blocks; b++)
        low[b] = high[b] = _mm256_setzero_si256();
    for (uint32_t r = 0; r < rows->count && r < ROWS_AHEAD; r++)
        prefetch(model, rows, r, blocks);
    for (uint32_t r = 0; r < rows->count; r += 2) {
        if (r + ROWS_AHEAD + 1 < rows->count) {
            prefetch(model, rows, r + ROWS_AHEAD, blocks);
            prefetch(model, rows, r + ROWS_AHEAD + 1, blocks);
        }
        const int8_t *x = row_at(model, rows, r), *y = row_at(model, rows, r + 1);
        for (int b = 0; b < blocks; b++) {
            __m256i p = load(x + b * LANES), q = load(y + b * LANES);
            __m256i both_low = _mm256_maddubs_epi16(ones, _mm256_unpacklo_epi8(p, q));
            __m256i both_high = _mm256_maddubs_epi16(ones, _mm256_unpackhi_epi8(p, q));
            low[b] = _mm256_add_epi16(low[b], both_low);
            high[b] = _mm256_add_epi16(high[b], both_high);
        }
    }
    for (int b = 0; b < blocks; b++) {
        __m256i *to = (__m256i *)&out->at[b * LANES];
        _mm256_store_si256(to, _mm256_permute2x128_si256(low[b], high[b], 0x20));
        _mm256_store_si256(to + 1, _mm256_permute2x128_si256(low[b], high[b], 0x31));
    }
}

AVX2 static inline __m256i widened(const struct linear *model, const struct rows *rows, uint32_t r)
{
    const int8_t *row = model->weights + (rows->at[r] & model->mask);
    return _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)row));
}

/*
 * Up to 16 classes fill one register. So few instructions a row leave the processor room to look
 * ahead by itself; four sums run side by side, so that none waits for the one before.
 */
AVX2 static void add_narrow_rows(const struct linear *model, const struct rows *rows,
                                 struct scores *out)
{
    __m256i a = _mm256_setzero_si256(), b = a, c = a, d = a;
    uint32_t r = 0;
    for (; r + 4 <= rows->count; r += 4) {
        a = _mm256_add_epi16(a, widened(model, rows, r));
        b = _mm256_add_epi16(b, widened(model, rows, r + 1));
        c = _mm256_add_epi16(c, widened(model, rows, r + 2));
        d = _mm256_add_epi16(d, widened(model, rows, r + 3));
    }
    for (; r < rows->count; r++)
        a = _mm256_add_epi16(a, widened(model, rows, r));
    a = _mm256_add_epi16(_mm256_add_epi16(a, b), _mm256_add_epi16(c, d));
    _mm256_store_si256((__m256i *)out->at, a);
}

AVX2 static void score_avx2(const struct linear *model, const struct rows *rows, struct scores *out)
{
    if (model->classes <= LANES / 2)
        add_narrow_rows(model, rows, out);
    else if (model->classes <= LANES)
        add_rows(model, rows, out, 1);
    else if (model->classes <= 2 * LANES)
        add_rows(model, rows, out, 2);
    else if (model->classes <= 3 * LANES)
        add_rows(model, rows, out, 3);
    else
        add_rows(model, rows, out, LINEAR_CLASSES_MAX / LANES);
}

void linear_score(const struct linear *model, const struct rows *rows, struct scores *out)
{
    if (!__builtin_cpu_supports("avx2")) {
        linear_score_portable(model, rows, out);
        return;
    }
    score_avx2(model, rows, out);
}

#else

void linear_score(const struct linear *model, const struct rows *rows, struct scores *out)
{
    linear_score_portable(model, rows, out);
}

#endif

uint32_t linear_best(const struct linear *model, const struct scores *scores)
{
    int16_t most = scores->at[0];
    uint32_t best = 0;
    /* Two loops that compare many at a time instead of one that cannot. */
    for (uint32_t c = 1; c < model->classes; c++)
        most = scores->at[c] > most ? scores->at[c] : most;
    while (scores->at[best] != most)
        best++;
    return best;
}
