#include "cli/lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool make_room(struct line_buffer *b, size_t need)
{
    if (need <= b->cap)
        return true;
    size_t cap = b->cap ? b->cap : 4096;
    while (cap < need)
        cap *= 2;
    char *bytes = realloc(b->bytes, cap);
    if (!bytes)
        return false;
    b->bytes = bytes;
    b->cap = cap;
    return true;
}

/* Appends up to and without `stop`, or to the end of the file for EOF. */
static enum line_status read_until(FILE *from, int stop, size_t most, struct line_buffer *b)
{
    bool too_long = false;
    int c;
    b->len = 0;
    while ((c = getc_unlocked(from)) != EOF && c != stop) {
        too_long = too_long || b->len == most;
        if (too_long)
            continue;
        if (!make_room(b, b->len + 1))
            return LINE_FAILED;
        b->bytes[b->len++] = (char)c;
    }
    if (ferror(from))
        return LINE_FAILED;
    if (too_long)
        return LINE_TOO_LONG;
    return c == EOF && b->len == 0 && stop != EOF ? LINE_END : LINE_READ;
}

enum line_status lines_next(FILE *from, size_t most, struct line_buffer *line)
{
    enum line_status s = read_until(from, '\n', most, line);
    if (s == LINE_READ && line->len && line->bytes[line->len - 1] == '\r')
        line->len--;
    return s;
}

enum line_status lines_rest(FILE *from, size_t most, struct line_buffer *all)
{
    return read_until(from, EOF, most, all);
}

bool lines_set(struct line_buffer *b, struct text t)
{
    if (!make_room(b, t.len))
        return false;
    memcpy(b->bytes, t.bytes, t.len);
    b->len = t.len;
    return true;
}
