#include "base/log.h"

#include <errno.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/json_string.h"
#include "base/utf8.h"

enum {
    LINE_BYTES = 1024,
    LINE_FILL = LINE_BYTES - 3, /* a closing quote, "}" and the line feed always fit */
    SHORT_VALUE = 32,           /* every number, and some bytes of a text */
};

/* A line that never grows beyond its room: what does not fit is cut, and the JSON stays whole. */
struct line {
    char bytes[LINE_BYTES];
    uint32_t len;
};

/* Set before threads start, only read afterwards. */
static enum log_level least = LOG_INFO;

void log_set_level(enum log_level level)
{
    least = level;
}

static uint32_t room(const struct line *l)
{
    return l->len < LINE_FILL ? LINE_FILL - l->len : 0;
}

static bool append(struct line *l, const char *bytes, uint32_t len)
{
    if (len > room(l))
        return false;
    memcpy(l->bytes + l->len, bytes, len);
    l->len += len;
    return true;
}

/* One code point, escaped; a byte of ill-formed text becomes "?". */
static bool append_at(struct line *l, struct text t, uint32_t at, bool well_formed, uint32_t *size)
{
    char escape[JSON_ESCAPE_MAX];
    *size = 1;
    if ((unsigned char)t.bytes[at] < 0x80)
        return append(l, escape, json_escape(t.bytes[at], escape));
    if (!well_formed)
        return append(l, "?", 1);
    utf8_at(t, at, size);
    return append(l, t.bytes + at, *size);
}

static void put_value(struct line *l, struct text t)
{
    uint32_t bad_at, size;
    bool well_formed = utf8_check(t, &bad_at);

    l->bytes[l->len++] = '"';
    for (uint32_t at = 0; at < t.len; at += size)
        if (!append_at(l, t, at, well_formed, &size))
            break;
    l->bytes[l->len++] = '"';
}

static void put_number(struct line *l, const struct log_field *f)
{
    char digits[32];
    int n = f->kind == LOG_MS ? snprintf(digits, sizeof(digits), "%.3f", (double)f->number / 1000)
                              : snprintf(digits, sizeof(digits), "%lld", (long long)f->number);
    append(l, digits, (uint32_t)n);
}

/* Fields that find no room for their key and a short value are left out. */
static void put_field(struct line *l, const struct log_field *f)
{
    char key[64];
    int n = snprintf(key, sizeof(key), "%s\"%s\":", l->len > 1 ? "," : "", f->key);
    bool fits = n > 0 && (size_t)n < sizeof(key) && (uint32_t)n + SHORT_VALUE <= room(l);

    if (!fits || !append(l, key, (uint32_t)n))
        return;
    if (f->kind == LOG_TEXT)
        put_value(l, f->text);
    else
        put_number(l, f);
}

static struct text timestamp(char out[32])
{
    struct timespec now;
    struct tm utc;

    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    size_t len = strftime(out, 32, "%Y-%m-%dT%H:%M:%S", &utc);
    int more = snprintf(out + len, 32 - len, ".%03ldZ", now.tv_nsec / 1000000);
    return (struct text){out, (uint32_t)len + (uint32_t)more};
}

void log_event(enum log_level level, const char *event, const struct log_field *fields,
               unsigned count)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    struct line l = {.bytes = "{", .len = 1};
    char now[32];

    if (level < least)
        return;
    put_field(&l, &(struct log_field){.key = "ts", .text = timestamp(now)});
    put_field(&l, &(struct log_field){.key = "level", .text = text_of(names[level])});
    put_field(&l, &(struct log_field){.key = "event", .text = text_of(event)});
    for (unsigned i = 0; i < count; i++)
        put_field(&l, &fields[i]);
    l.bytes[l.len++] = '}';
    l.bytes[l.len++] = '\n';

    while (write(STDERR_FILENO, l.bytes, l.len) < 0 && errno == EINTR)
        ;
}
