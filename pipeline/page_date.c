#include "pipeline/page_date.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "pipeline/page_text.h"
#include "pipeline/wordlist.h"

enum {
    PIECES_MAX = 96,
    BYTES_MAX = 512,
    YEAR_MIN = 1990,
    YEAR_MAX = 2099,
    MONTH_BYTES_MAX = 24,
    SECONDS_A_DAY = 86400,
};

enum piece_kind { PIECE_END, PIECE_NUMBER, PIECE_WORD, PIECE_MARK };

/* "April 6, 2021" is a word, a number, a mark and a number; white space is no piece. */
struct piece {
    enum piece_kind kind;
    uint32_t start;
    uint32_t end;
    uint32_t value; /* of a number */
    uint32_t month; /* of a word that names one, else 0 */
    bool space;     /* white space stands before it */
};

struct line {
    struct text text;
    struct piece at[PIECES_MAX + 8]; /* PIECE_END behind the last */
    uint32_t count;
};

static uint32_t length(const struct piece *p)
{
    return p->end - p->start;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static uint32_t word_end(struct text t, uint32_t at)
{
    for (uint32_t size; at < t.len; at += size)
        if (!utf8_is_letter(utf8_at(t, at, &size)))
            break;
    return at;
}

static uint32_t month_named(struct text word)
{
    char low[MONTH_BYTES_MAX];
    uint32_t n = 0;

    for (uint32_t i = 0, size; i < word.len; i += size) {
        uint32_t c = utf8_lower(utf8_at(word, i, &size));
        if (n + 4 > MONTH_BYTES_MAX)
            return 0;
        n += utf8_put(c, low + n);
    }
    const struct wordlist_row *row = wordlist_find(&wordlist_page_months, (struct text){low, n});
    return row ? (uint32_t)strtoul(row->values[0], NULL, 10) : 0;
}

static struct piece read_piece(struct text t, uint32_t at)
{
    struct piece p = {.kind = PIECE_MARK, .start = at};
    uint32_t size;

    if (is_digit(t.bytes[at])) {
        p.kind = PIECE_NUMBER;
        for (p.end = at; p.end < t.len && is_digit(t.bytes[p.end]); p.end++)
            if (p.end - at < 9)
                p.value = p.value * 10 + (uint32_t)(t.bytes[p.end] - '0');
        return p;
    }
    uint32_t c = utf8_at(t, at, &size);
    p.end = at + size;
    if (utf8_is_letter(c)) {
        p.kind = PIECE_WORD;
        p.end = word_end(t, at);
        p.month = month_named((struct text){t.bytes + at, p.end - at});
    }
    return p;
}

static void cut(struct line *l, struct text t, uint32_t from)
{
    uint32_t stop = t.len - from > BYTES_MAX ? from + BYTES_MAX : t.len;
    bool space = false;

    l->text = t;
    for (uint32_t at = from, size; at < stop && l->count < PIECES_MAX;) {
        uint32_t c = utf8_at(t, at, &size);
        if (utf8_is_space(c)) {
            space = true;
            at += size;
            continue;
        }
        struct piece p = read_piece(t, at);
        p.space = space;
        space = false;
        l->at[l->count++] = p;
        at = p.end;
    }
}

static bool is_mark(const struct line *l, const struct piece *p, char c)
{
    return p->kind == PIECE_MARK && l->text.bytes[p->start] == c;
}

static bool is_word(const struct line *l, const struct piece *p, const char *word)
{
    return p->kind == PIECE_WORD &&
           text_same((struct text){l->text.bytes + p->start, length(p)}, word);
}

static bool is_small(const struct piece *p)
{
    return p->kind == PIECE_NUMBER && length(p) <= 2;
}

static bool is_year(const struct piece *p)
{
    return p->kind == PIECE_NUMBER && length(p) == 4 && p->value >= YEAR_MIN &&
           p->value <= YEAR_MAX;
}

/* The piece behind marks and small words that may stand inside a date. */
static const struct piece *pass(const struct line *l, const struct piece *p)
{
    static const char *const words[] = {"st", "nd", "rd", "th", "of", "de", "del", "er"};

    for (int n = 0; n < 3; n++) {
        bool passes =
            is_mark(l, p, '.') || is_mark(l, p, ',') || is_mark(l, p, '-') || is_mark(l, p, '/');
        for (unsigned i = 0; i < sizeof(words) / sizeof(words[0]); i++)
            passes = passes || is_word(l, p, words[i]);
        if (!passes)
            break;
        p++;
    }
    return p;
}

/* Sets the day if there is such a one; `last` is the date's last piece. */
static bool set_day(const struct piece *first, const struct piece *last, uint32_t year,
                    uint32_t month, uint32_t day, struct page_date *out)
{
    if (year < YEAR_MIN || year > YEAR_MAX || !day_exists((int)year, (int)month, (int)day))
        return false;
    *out = (struct page_date){
        .day = {(int16_t)year, (uint8_t)month, (uint8_t)day},
        .span = {first->start, last->end},
    };
    day_format(out->day, out->text);
    return true;
}

/* True for the inner numbers of "2.10.2021.5". */
static bool is_inner_number(const struct line *l, const struct piece *first,
                            const struct piece *last)
{
    bool before = first > l->at && is_mark(l, first - 1, '.') && !first->space;
    bool behind = is_mark(l, last + 1, '.') && last[2].kind == PIECE_NUMBER && !last[2].space;
    return before || behind;
}

/* 2021-04-06, 2021/4/6, 2021.04.06; also 2021年4月6日. */
static bool read_year_first(const struct line *l, const struct piece *p, struct page_date *out)
{
    if (!is_year(p) || !is_small(p + 2) || !is_small(p + 4) || is_inner_number(l, p, p + 4))
        return false;
    if (p[1].kind == PIECE_MARK && l->text.bytes[p[1].start] != l->text.bytes[p[3].start])
        return false;
    if (p[1].kind == PIECE_MARK && !is_mark(l, p + 1, '-') && !is_mark(l, p + 1, '/') &&
        !is_mark(l, p + 1, '.'))
        return false;
    return set_day(p, p + 4, p->value, p[2].value, p[4].value, out);
}

/* 20210406 */
static bool read_digits(const struct piece *p, struct page_date *out)
{
    if (p->kind != PIECE_NUMBER || length(p) != 8)
        return false;
    return set_day(p, p, p->value / 10000, p->value / 100 % 100, p->value % 100, out);
}

/* April 6, 2021; Apr. 6th 2021; Apr 06 15:14:00 EDT 2021 */
static bool read_month_first(const struct line *l, const struct piece *p, struct page_date *out)
{
    if (!p->month)
        return false;
    const struct piece *day = pass(l, p + 1);
    if (!is_small(day))
        return false;
    const struct piece *year = pass(l, day + 1);
    if (is_small(year) && is_mark(l, year + 1, ':'))
        for (int n = 0; n < 8 && year->kind != PIECE_END && !is_year(year); n++)
            year++;
    return is_year(year) && set_day(p, year, year->value, p->month, day->value, out);
}

/* 6 April 2021; 06-Apr-2021; 6 de abril de 2021; 6. April 2021 */
static bool read_day_first(const struct line *l, const struct piece *p, struct page_date *out)
{
    if (!is_small(p))
        return false;
    const struct piece *month = pass(l, p + 1);
    if (!month->month)
        return false;
    const struct piece *year = pass(l, month + 1);
    return is_year(year) && set_day(p, year, year->value, month->month, p->value, out);
}

/* 04/06/2021, 6.4.2021, 06-04-2021, 04/06/21 */
static bool read_numbers(const struct line *l, const struct piece *p, bool day_first,
                         struct page_date *out)
{
    if (!is_small(p) || !is_small(p + 2) || p[4].kind != PIECE_NUMBER || p[1].space || p[2].space ||
        is_inner_number(l, p, p + 4))
        return false;
    bool dots = is_mark(l, p + 1, '.') && is_mark(l, p + 3, '.');
    bool slashes = is_mark(l, p + 1, '/') && is_mark(l, p + 3, '/');
    bool dashes = is_mark(l, p + 1, '-') && is_mark(l, p + 3, '-');
    if ((!dots && !slashes && !dashes) || (!is_year(p + 4) && (length(p + 4) != 2 || !slashes)))
        return false;
    uint32_t year = length(p + 4) == 2 ? 2000 + p[4].value : p[4].value;
    bool ambiguous = p->value <= 12 && p[2].value <= 12 && p->value != p[2].value && !dots;
    bool first = dots || p->value > 12 || (day_first && p[2].value <= 12);
    if (!set_day(p, p + 4, year, first ? p[2].value : p->value, first ? p->value : p[2].value, out))
        return false;
    out->ambiguous = ambiguous;
    return true;
}

/* Two digits at `at`, or 99. */
static int two_digits(struct text t, uint32_t at)
{
    if (at + 2 > t.len || !is_digit(t.bytes[at]) || !is_digit(t.bytes[at + 1]))
        return 99;
    return (t.bytes[at] - '0') * 10 + (t.bytes[at + 1] - '0');
}

/* "Z", "+02:00", "-0400", " GMT": in minutes from UTC. */
static bool read_zone(struct text t, uint32_t at, int *minutes)
{
    struct text rest = text_trimmed((struct text){t.bytes + at, t.len - at});

    *minutes = 0;
    if (text_begins(rest, "z") || text_begins(rest, "gmt") || text_begins(rest, "utc"))
        return true;
    if (rest.len < 5 || (rest.bytes[0] != '+' && rest.bytes[0] != '-'))
        return false;
    int h = two_digits(rest, 1), m = two_digits(rest, rest.bytes[3] == ':' ? 4 : 3);
    *minutes = (h * 60 + m) * (rest.bytes[0] == '-' ? -1 : 1);
    return h < 15 && m < 60;
}

/* Adds "T15:14:00-04:00" where time and zone follow the date. */
static void add_time(const struct line *l, struct page_date *d)
{
    const struct piece *p = l->at;
    int zone;

    while (p->kind != PIECE_END && p->start < d->span.end)
        p++;
    if (is_word(l, p, "t") || is_mark(l, p, ','))
        p++;
    if (!is_small(p) || !is_mark(l, p + 1, ':') || !is_small(p + 2) || p->value > 23 ||
        p[2].value > 59)
        return;
    uint32_t second = 0;
    const struct piece *last = p + 2;
    if (is_mark(l, p + 3, ':') && is_small(p + 4) && p[4].value < 60) {
        second = p[4].value;
        last = p + 4;
        if (is_mark(l, p + 5, '.') && p[6].kind == PIECE_NUMBER)
            last = p + 6;
    }
    if (!read_zone(l->text, last->end, &zone))
        return;
    int n = snprintf(d->text + 10, sizeof(d->text) - 10, "T%02u:%02u:%02u", p->value, p[2].value,
                     second);
    char *to = d->text + 10 + n;
    size_t room = sizeof(d->text) - 10 - (size_t)n;
    if (zone == 0)
        snprintf(to, room, "Z");
    else
        snprintf(to, room, "%c%02d:%02d", zone < 0 ? '-' : '+', abs(zone) / 60, abs(zone) % 60);
}

static bool read_date(const struct line *l, const struct piece *p, bool day_first,
                      struct page_date *out)
{
    return read_year_first(l, p, out) || read_digits(p, out) || read_month_first(l, p, out) ||
           read_day_first(l, p, out) || read_numbers(l, p, day_first, out);
}

bool page_date_find(struct text t, uint32_t from, bool day_first, struct page_date *out)
{
    struct line l = {.count = 0};

    if (from >= t.len)
        return false;
    cut(&l, t, from);
    for (uint32_t i = 0; i < l.count; i++)
        if (read_date(&l, &l.at[i], day_first, out)) {
            add_time(&l, out);
            return true;
        }
    return false;
}

static bool read_epoch(struct text value, struct page_date *out)
{
    uint64_t seconds = 0;

    if (value.len != 10 && value.len != 13)
        return false;
    for (uint32_t i = 0; i < value.len; i++) {
        if (!is_digit(value.bytes[i]))
            return false;
        seconds = seconds * 10 + (uint64_t)(value.bytes[i] - '0');
    }
    if (value.len == 13)
        seconds /= 1000;
    struct day d = day_from_serial((int32_t)(seconds / SECONDS_A_DAY));
    unsigned rest = (unsigned)(seconds % SECONDS_A_DAY);
    if (d.year < YEAR_MIN || d.year > YEAR_MAX)
        return false;
    *out = (struct page_date){.day = d, .span = {0, value.len}};
    day_format(d, out->text);
    snprintf(out->text + 10, sizeof(out->text) - 10, "T%02u:%02u:%02uZ", rest / 3600,
             rest / 60 % 60, rest % 60);
    return true;
}

bool page_date_parse(struct text value, bool day_first, struct page_date *out)
{
    return read_epoch(value, out) || page_date_find(value, 0, day_first, out);
}

static struct text path_of(struct text url)
{
    uint32_t at = text_find(url, "://");

    at = at < url.len ? at + 3 : 0;
    while (at < url.len && url.bytes[at] != '/')
        at++;
    struct text path = {url.bytes + at, url.len - at};
    path.len = text_find(path, "?");
    return path;
}

/* Pieces of a path that are a date: years first, months in figures or by name. */
static bool read_path_date(const struct line *l, const struct piece *p, struct page_date *out)
{
    if (p->kind == PIECE_NUMBER && length(p) == 8)
        return read_digits(p, out);
    if (!is_year(p) || p[1].kind != PIECE_MARK || p[3].kind != PIECE_MARK || !is_small(p + 4))
        return false;
    uint32_t month = is_small(p + 2) ? p[2].value : p[2].month;
    return l->text.bytes[p[1].start] == l->text.bytes[p[3].start] &&
           set_day(p, p + 4, p->value, month, p[4].value, out);
}

bool page_date_in_url(struct text url, struct page_date *out)
{
    struct line l = {.count = 0};
    struct text path = path_of(url);

    if (path.len == 0)
        return false;
    cut(&l, path, 0);
    for (uint32_t i = 0; i < l.count; i++)
        if (read_path_date(&l, &l.at[i], out))
            return true;
    return false;
}
