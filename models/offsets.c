#include "models/offsets.h"

enum { STEP = 64 };

/*
 * Units that begin in `n` bytes: every byte that is no continuation begins one, and a lead byte of
 * four begins the two units of a UTF-16 pair. Without branches, so that compilers make vector code
 * of it.
 */
static uint32_t count_units(const char *bytes, uint32_t n, enum offset_unit unit)
{
    uint32_t count = 0, pairs = 0;

    for (uint32_t i = 0; i < n; i++)
        count += (bytes[i] & 0xC0) != 0x80;
    if (unit == OFFSETS_UTF16)
        for (uint32_t i = 0; i < n; i++)
            pairs += (bytes[i] & 0xF8) == 0xF0;
    return count + pairs;
}

enum err offsets_prepare(struct arena *a, struct text text, enum offset_unit unit,
                         struct offsets *out)
{
    bool plain = unit == OFFSETS_BYTE || count_units(text.bytes, text.len, unit) == text.len;
    uint32_t count = text.len / STEP + 1;
    uint32_t *marks = plain ? NULL : ARENA_ARRAY(a, uint32_t, count);

    if (!plain && !marks)
        return ERR_NO_MEMORY;
    for (uint32_t i = 1; !plain && i < count; i++)
        marks[i] = marks[i - 1] + count_units(text.bytes + (i - 1) * STEP, STEP, unit);
    *out = (struct offsets){text, unit, marks};
    return ERR_OK;
}

uint32_t offsets_of(const struct offsets *o, uint32_t byte)
{
    if (!o->marks)
        return byte;
    uint32_t mark = byte / STEP;
    return o->marks[mark] + count_units(o->text.bytes + mark * STEP, byte % STEP, o->unit);
}
