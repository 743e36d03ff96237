#include "models/summary_calendar.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "models/summary_words.h"

enum { LINE_BYTES_MAX = 75 }; /* RFC 5545, 3.1 */

/* The value of a TEXT property (3.3.11); control characters have no place in one. */
static void put(struct strbuf *b, struct text t)
{
    for (uint32_t i = 0; i < t.len; i++) {
        char c = t.bytes[i];
        if (c == '\n')
            strbuf_str(b, "\\n");
        else if (c == ',' || c == ';' || c == '\\')
            strbuf_printf(b, "\\%c", c);
        else if ((unsigned char)c >= ' ' && c != 0x7F)
            strbuf_char(b, c);
    }
}

/* Appends `line` to `out` in pieces of at most 75 bytes, never inside a character. */
static void fold(struct strbuf *out, struct text line)
{
    uint32_t room = LINE_BYTES_MAX, at = 0;

    while (at < line.len) {
        uint32_t end = at;
        for (uint32_t size; end < line.len; end += size) {
            utf8_at(line, end, &size);
            if (end + size - at > room)
                break;
        }
        strbuf_bytes(out, line.bytes + at, end - at);
        strbuf_str(out, end < line.len ? "\r\n " : "\r\n");
        room = LINE_BYTES_MAX - 1; /* the space counts */
        at = end;
    }
}

struct calendar {
    struct arena *arena;
    const struct summary *s;
    struct strbuf out;
    struct strbuf line;
    enum err err;
};

static void end_line(struct calendar *c)
{
    struct text line;
    enum err e = strbuf_finish(&c->line, &line);

    if (e != ERR_OK)
        c->err = e;
    else
        fold(&c->out, line);
    c->line = strbuf_in(c->arena);
}

static void put_line(struct calendar *c, const char *whole)
{
    strbuf_str(&c->line, whole);
    end_line(c);
}

static void put_day(struct calendar *c, const char *name, struct day d)
{
    strbuf_printf(&c->line, "%s:%04d%02d%02d", name, d.year, d.month, d.day);
    end_line(c);
}

static void put_uid(struct calendar *c, const struct commitment *m)
{
    struct text text = c->s->document.text;
    uint64_t article = hash_bytes(text.bytes, text.len, 0);
    uint64_t place = hash_mix(article ^ ((uint64_t)m->trigger.start << 32 | m->action.start));

    strbuf_printf(&c->line, "UID:%016llx%016llx@onrecord", (unsigned long long)article,
                  (unsigned long long)place);
    end_line(c);
}

static void put_summary(struct calendar *c, const struct commitment *m)
{
    strbuf_str(&c->line, "SUMMARY:");
    words_actors(&c->line, c->s, &m->actors, put);
    strbuf_str(&c->line, m->actors.count ? ": " : "Somebody: ");
    strbuf_str(&c->line, m->negative ? "not " : "");
    put(&c->line, words_action(c->s, m));
    strbuf_printf(&c->line, " (%s\\, %s)", commitment_type_names[m->type],
                  strength_names[m->strength]);
    end_line(c);
}

static void put_description(struct calendar *c, const struct commitment *m)
{
    strbuf_str(&c->line, "DESCRIPTION:");
    put(&c->line, text_slice(c->s->document.text, m->evidence));
    if (m->speaker != NO_ACTOR) {
        strbuf_str(&c->line, "\\nSaid by ");
        put(&c->line, c->s->actors.at[m->speaker].name);
    }
    if (c->s->article.title.len) {
        strbuf_str(&c->line, "\\n");
        put(&c->line, c->s->article.title);
    }
    end_line(c);
}

/* The first and last day of the event; false if the due date names none. */
static bool days_of(const struct summary *s, const struct commitment *m, struct day *first,
                    struct day *last)
{
    if (m->due_date == NO_DATE)
        return false;
    const struct date *d = &s->dates.at[m->due_date];
    bool up_to = text_starts(m->due_edtf, "../");

    *last = d->latest;
    *first = up_to ? d->latest : d->earliest;
    return m->due_edtf.len && day_known(*first) && day_known(*last);
}

static void put_event(struct calendar *c, const struct commitment *m)
{
    struct day first, last, stamp = c->s->document.reference;

    if (!days_of(c->s, m, &first, &last))
        return;
    struct day end = day_add_days(last, 1);
    if (!day_known(end))
        return; /* the last day of the year 9999 */
    put_line(c, "BEGIN:VEVENT");
    put_uid(c, m);
    if (!day_known(stamp))
        stamp = first;
    strbuf_printf(&c->line, "DTSTAMP:%04d%02d%02dT000000Z", stamp.year, stamp.month, stamp.day);
    end_line(c);
    put_day(c, "DTSTART;VALUE=DATE", first);
    put_day(c, "DTEND;VALUE=DATE", end);
    put_summary(c, m);
    put_description(c, m);
    strbuf_printf(&c->line, "CATEGORIES:%s", commitment_type_names[m->type]);
    end_line(c);
    put_line(c, "TRANSP:TRANSPARENT");
    put_line(c, "END:VEVENT");
}

enum err summary_to_calendar(struct arena *a, const struct summary *s, const struct request *r,
                             const char *version, struct text *out)
{
    struct calendar c = {
        .arena = a, .s = s, .out = strbuf_in(a), .line = strbuf_in(a), .err = ERR_OK};

    put_line(&c, "BEGIN:VCALENDAR");
    put_line(&c, "VERSION:2.0");
    strbuf_printf(&c.line, "PRODID:-//onrecord//onrecord %s//EN", version);
    end_line(&c);
    put_line(&c, "CALSCALE:GREGORIAN");
    for (uint32_t i = 0; i < s->commitments.count; i++)
        if (words_shown(r, &s->commitments.at[i]))
            put_event(&c, &s->commitments.at[i]);
    put_line(&c, "END:VCALENDAR");
    return c.err == ERR_OK ? strbuf_finish(&c.out, out) : c.err;
}
