#include "pipeline/evidence.h"

#include <math.h>
#include <stdarg.h>

#include "base/hash.h"

enum { DIGITS_MAX = 10 };

/* A feature while it is written. Hundreds are for each candidate, which printf takes too long for.
 */
struct feature {
    char bytes[EVIDENCE_BYTES_MAX];
    uint32_t len;
};

static void put(struct feature *f, char c)
{
    bool blank = c == ' ' || (c >= '\t' && c <= '\r');

    if (f->len < EVIDENCE_BYTES_MAX - 1)
        f->bytes[f->len++] = blank ? '_' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static void put_bytes(struct feature *f, const char *bytes, uint32_t len)
{
    for (uint32_t i = 0; i < len; i++)
        put(f, bytes[i]);
}

static void put_number(struct feature *f, unsigned n)
{
    char digits[DIGITS_MAX];
    uint32_t count = 0;

    do
        digits[count++] = (char)('0' + n % 10);
    while ((n /= 10) > 0);
    while (count > 0)
        put(f, digits[--count]);
}

static void put_signed(struct feature *f, int n)
{
    if (n < 0)
        put(f, '-');
    put_number(f, n < 0 ? 0u - (unsigned)n : (unsigned)n);
}

/* Writes what the conversion behind '%' stands for and returns its last letter's place. */
static const char *put_argument(struct feature *f, const char *conversion, va_list *args)
{
    if (*conversion == '.') { /* "%.*s" */
        int len = va_arg(*args, int);
        put_bytes(f, va_arg(*args, const char *), (uint32_t)len);
        return conversion + 2;
    }
    if (*conversion == 's') {
        const char *s = va_arg(*args, const char *);
        put_bytes(f, s, (uint32_t)strlen(s));
    } else if (*conversion == 'u') {
        put_number(f, va_arg(*args, unsigned));
    } else {
        put_signed(f, va_arg(*args, int));
    }
    return conversion;
}

static void put_format(struct feature *f, const char *format, va_list *args)
{
    for (; *format; format++) {
        if (*format == '%')
            format = put_argument(f, format + 1, args);
        else
            put(f, *format);
    }
}

static uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)(hash >> 32) | 1; /* 0 is nobody's */
}

/* True if the feature was not there yet and there is room for it. */
static bool is_new(struct evidence *e, uint32_t tag)
{
    unsigned slot = tag / 2 % EVIDENCE_SEEN;

    while (e->seen[slot] && e->seen[slot] != tag)
        slot = (slot + 1) % EVIDENCE_SEEN;
    if (e->seen[slot] || e->seen_count >= EVIDENCE_SEEN / 2)
        return false;
    e->seen[slot] = tag;
    e->seen_count++;
    return true;
}

static bool is_empty(const struct evidence_slot *s)
{
    return s->hundredths[0] == 0 && s->hundredths[1] == 0;
}

static void weigh(struct evidence *e, uint64_t hash)
{
    uint32_t mask = e->weights->slot_count - 1, tag = (uint32_t)(hash >> 32);
    const struct evidence_slot *slots = e->weights->slots;
    uint32_t i = (uint32_t)hash & mask;

    while (!is_empty(&slots[i]) && slots[i].tag != tag)
        i = (i + 1) & mask;
    for (unsigned k = 0; k < EVIDENCE_COLUMNS; k++)
        e->hundredths[k] += slots[i].hundredths[k];
}

void evidence_add(struct evidence *e, const char *format, ...)
{
    struct feature f = {.len = 0};
    va_list args;

    va_start(args, format);
    put_format(&f, format, &args);
    va_end(args);
    uint64_t hash = hash_bytes(f.bytes, f.len, 0);
    if (f.len == 0 || !is_new(e, tag_of(hash)))
        return;
    if (e->listener)
        e->listener(e->to, (struct text){f.bytes, f.len});
    weigh(e, hash);
}

void evidence_add_word(struct evidence *e, const char *where, struct text word)
{
    if (word.len <= EVIDENCE_TEXT_MAX)
        evidence_add(e, "%s=%.*s", where, EVIDENCE_TEXT(word));
}

double evidence_probability(const struct evidence *e, unsigned column)
{
    return 1.0 / (1.0 + exp(-e->hundredths[column] / 100.0));
}
