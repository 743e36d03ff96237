#include "pipeline/evidence.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"

/* True if the feature was not there yet and there is room for it. */
static bool is_new(struct evidence *e, struct text key)
{
    uint64_t hash = hash_bytes(key.bytes, key.len, 0) | 1;
    unsigned slot = (unsigned)hash % EVIDENCE_SEEN;

    while (e->seen[slot] && e->seen[slot] != hash)
        slot = (slot + 1) % EVIDENCE_SEEN;
    if (e->seen[slot] || e->seen_count >= EVIDENCE_SEEN / 2)
        return false;
    e->seen[slot] = hash;
    e->seen_count++;
    return true;
}

void evidence_add(struct evidence *e, const char *format, ...)
{
    char feature[EVIDENCE_BYTES_MAX];
    va_list args;

    va_start(args, format);
    int len = vsnprintf(feature, sizeof(feature), format, args);
    va_end(args);
    if (len <= 0)
        return;
    if (len > (int)sizeof(feature) - 1)
        len = (int)sizeof(feature) - 1;
    for (int i = 0; i < len; i++)
        feature[i] =
            isspace((unsigned char)feature[i]) ? '_' : (char)tolower((unsigned char)feature[i]);
    struct text key = {feature, (uint32_t)len};
    if (!is_new(e, key))
        return;
    if (e->listener)
        e->listener(e->to, key);
    const struct wordlist_row *row = wordlist_find(e->weights, key);
    for (unsigned k = 0; row && k < EVIDENCE_COLUMNS && row->values[k]; k++)
        e->sums[k] += strtod(row->values[k], NULL);
}

double evidence_probability(const struct evidence *e, unsigned column)
{
    return 1.0 / (1.0 + exp(-e->sums[column]));
}
