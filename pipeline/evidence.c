#include "pipeline/evidence.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

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
