/* From what a family found to what is published: TIMEX3, EDTF, first and last day. */
#include "pipeline/dates_finish.h"

/* How a length is written: its letter, how many of them, and whether it stands behind the T. */
static const struct {
    const char *letter;
    uint8_t times;
    bool clock;
} lengths[GRAIN_COUNT] = {
    [GRAIN_SECOND] = {"S", 1, true},     [GRAIN_MINUTE] = {"M", 1, true},
    [GRAIN_HOUR] = {"H", 1, true},       [GRAIN_NIGHT] = {"D", 1, false},
    [GRAIN_DAY] = {"D", 1, false},       [GRAIN_WEEKDAY] = {"WD", 1, false},
    [GRAIN_WEEKEND] = {"WE", 1, false},  [GRAIN_WEEK] = {"W", 1, false},
    [GRAIN_FORTNIGHT] = {"W", 2, false}, [GRAIN_MONTH] = {"M", 1, false},
    [GRAIN_QUARTER] = {"M", 3, false},   [GRAIN_SEASON] = {"M", 3, false},
    [GRAIN_HALF] = {"M", 6, false},      [GRAIN_YEAR] = {"Y", 1, false},
    [GRAIN_BIENNIUM] = {"Y", 2, false},  [GRAIN_DECADE] = {"DE", 1, false},
    [GRAIN_CENTURY] = {"CE", 1, false},  [GRAIN_MILLENNIUM] = {"ML", 1, false},
};

static void put_number(struct strbuf *b, struct amount a, unsigned times)
{
    if (a.vague > VAGUE_COUPLE) {
        strbuf_char(b, 'X');
        return;
    }
    int64_t n = (int64_t)a.hundredths * times;
    if (n % 100 == 0)
        strbuf_printf(b, "%lld", (long long)(n / 100));
    else if (n % 10 == 0)
        strbuf_printf(b, "%lld.%lld", (long long)(n / 100), (long long)(n % 100 / 10));
    else
        strbuf_printf(b, "%lld.%02lld", (long long)(n / 100), (long long)(n % 100));
}

static void put_amounts(struct strbuf *b, const struct found *f)
{
    bool clock = false;
    strbuf_char(b, 'P');
    for (unsigned i = 0; i < AMOUNTS_MAX && f->amounts[i].grain; i++) {
        struct amount a = f->amounts[i];
        if (lengths[a.grain].clock && !clock) {
            strbuf_char(b, 'T');
            clock = true;
        }
        put_number(b, a, lengths[a.grain].times);
        strbuf_str(b, lengths[a.grain].letter);
    }
}

static enum err finish_timex(struct arena *a, const struct found *f, struct text *out)
{
    struct strbuf b = strbuf_in(a);
    if (f->form == FOUND_REFER)
        strbuf_str(&b, f->refer);
    else if (f->form == FOUND_AMOUNT)
        put_amounts(&b, f);
    else
        when_put_timex(&b, f->when);
    if (f->form == FOUND_WHEN && f->until.grain) {
        strbuf_char(&b, '/');
        when_put_timex(&b, f->until);
    }
    return strbuf_finish(&b, out);
}

static bool put_days(struct strbuf *b, struct day from, struct day to)
{
    char text[11];
    if (!day_known(from) || !day_known(to))
        return false;
    day_format(from, text);
    strbuf_str(b, text);
    if (day_serial(from) == day_serial(to))
        return true;
    day_format(to, text);
    strbuf_printf(b, "/%s", text);
    return true;
}

static enum err finish_edtf(struct arena *a, const struct found *f, struct text *out)
{
    struct strbuf b = strbuf_in(a);
    bool some = false;

    if (f->form != FOUND_WHEN || f->type == DATE_SET)
        some = false;
    else if (f->pinned && day_known(f->from))
        some = put_days(&b, f->from, f->to);
    else if (f->until.grain == GRAIN_NONE)
        some = when_put_edtf(&b, f->when, f->mod);
    else if (when_put_edtf(&b, f->when, MOD_NONE)) {
        strbuf_char(&b, '/');
        some = when_put_edtf(&b, f->until, MOD_NONE);
    }
    if (!some) {
        *out = (struct text){NULL, 0};
        return b.failed ? ERR_NO_MEMORY : ERR_OK;
    }
    return strbuf_finish(&b, out);
}

static void finish_bounds(const struct found *f, struct date *d)
{
    bool own = f->form == FOUND_WHEN && f->type != DATE_SET && !day_known(f->from);
    struct day first = own ? when_first(f->when) : f->from;
    struct day last = own ? when_last(f->until.grain ? f->until : f->when) : f->to;

    /* At the ends of the calendar one of them may not exist. */
    if (!day_known(first) || !day_known(last) || day_serial(first) > day_serial(last))
        return;
    d->earliest = first;
    d->latest = last;
}

enum err found_finish(struct arena *a, const struct found *f, struct span span, struct date *out)
{
    struct date d = {.span = span, .type = f->type, .mod = f->mod, .relative = f->relative};
    enum err e = finish_timex(a, f, &d.timex);
    if (e == ERR_OK)
        e = finish_edtf(a, f, &d.edtf);
    if (e != ERR_OK)
        return e;
    finish_bounds(f, &d);
    *out = d;
    return ERR_OK;
}
