#include "base/edits.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static unsigned least_of(unsigned a, unsigned b, unsigned c)
{
    unsigned least = a < b ? a : b;
    return least < c ? least : c;
}

unsigned edits_between(struct text typed, const char *name)
{
    unsigned row[EDITS_NAME_MAX + 1];
    size_t width = strlen(name);

    if (width > EDITS_NAME_MAX || typed.len > width + width / 3)
        return EDITS_NONE;
    for (unsigned k = 0; k <= width; k++)
        row[k] = k;
    for (uint32_t i = 0; i < typed.len; i++) {
        unsigned diagonal = row[0];
        row[0] = i + 1;
        for (size_t k = 1; k <= width; k++) {
            unsigned change = diagonal + (lower(typed.bytes[i]) != lower(name[k - 1]));
            diagonal = row[k];
            row[k] = least_of(change, row[k] + 1, row[k - 1] + 1);
        }
    }
    return row[width] * 3 <= width ? row[width] : EDITS_NONE;
}
