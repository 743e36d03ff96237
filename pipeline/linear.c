#include "pipeline/linear.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { LANES = 16, BLOCK = 4 * LANES, CACHE_LINE = 64 };

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

/* The rows lie anywhere in megabytes: ask for all of them before the first is needed. */
static void prefetch(const struct linear *model, const struct rows *rows)
{
    for (uint32_t r = 0; r < rows->count; r++) {
        const int8_t *row = model->weights + (rows->at[r] & model->mask);
        for (uint32_t c = 0; c < model->classes; c += CACHE_LINE)
            _mm_prefetch((const char *)row + c, _MM_HINT_T0);
    }
}

__attribute__((target("avx2"))) static inline __m256i widened(const int8_t *p)
{
    return _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)p));
}

/* 64 classes at a time, their sums in four registers. */
__attribute__((target("avx2"))) static void score_avx2(const struct linear *model,
                                                       const struct rows *rows, struct scores *out)
{
    for (uint32_t c = 0; c < model->classes; c += BLOCK) {
        __m256i sum0 = _mm256_setzero_si256(), sum1 = sum0, sum2 = sum0, sum3 = sum0;
        for (uint32_t r = 0; r < rows->count; r++) {
            const int8_t *row = model->weights + (rows->at[r] & model->mask) + c;
            sum0 = _mm256_add_epi16(sum0, widened(row));
            sum1 = _mm256_add_epi16(sum1, widened(row + LANES));
            sum2 = _mm256_add_epi16(sum2, widened(row + 2 * LANES));
            sum3 = _mm256_add_epi16(sum3, widened(row + 3 * LANES));
        }
        __m256i *at = (__m256i *)&out->at[c];
        _mm256_store_si256(at, sum0);
        _mm256_store_si256(at + 1, sum1);
        _mm256_store_si256(at + 2, sum2);
        _mm256_store_si256(at + 3, sum3);
    }
}

void linear_score(const struct linear *model, const struct rows *rows, struct scores *out)
{
    if (!__builtin_cpu_supports("avx2")) {
        linear_score_portable(model, rows, out);
        return;
    }
    prefetch(model, rows);
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
    uint32_t best = 0;
    for (uint32_t c = 1; c < model->classes; c++)
        if (scores->at[c] > scores->at[best])
            best = c;
    return best;
}
