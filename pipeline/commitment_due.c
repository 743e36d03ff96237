#include "pipeline/commitment_due.h"

#include "base/strbuf.h"
#include "pipeline/clause.h"

enum {
    DAY_TOKENS_MAX = 8,
    SENTENCES_BACK_MAX = 4, /* so far back the day of the same event may be told */
    HEADS_UP_MAX = 4,       /* from a date to its verb */
    WAIT_TOKENS_MAX = 5,    /* from "not due" or "delayed" to "until" */
};

static bool before_reference(const struct scene *s, const struct date *d)
{
    return day_known(s->doc->reference) && day_known(d->latest) &&
           day_serial(d->latest) < day_serial(s->doc->reference);
}

/* The first date in the words `in` that may be a day of doing, or NO_DATE. */
static uint32_t date_in(const struct scene *s, struct range in)
{
    if (range_empty(in))
        return NO_DATE;
    struct span span = words_span(s->doc, in);
    uint32_t low = date_ending_after(s->dates, span.start);

    for (; low < s->dates->count && s->dates->at[low].span.start < span.end; low++) {
        const struct date *d = &s->dates->at[low];
        if ((d->type == DATE_DATE || d->type == DATE_TIME) && d->edtf.bytes &&
            !before_reference(s, d))
            return low;
    }
    return NO_DATE;
}

/* ", the A350, |in 2013|": a date may follow what the action is trimmed to, before the next verb.
 */
static uint32_t reach_of_date(const struct document *doc, uint32_t reach, uint32_t end)
{
    uint32_t i = reach;

    while (i < end && i < reach + DAY_TOKENS_MAX && !word_finite(doc, i) &&
           doc->tokens.at[i].upos != UPOS_VERB && !word_among(doc, i, " ; : \" "))
        i++;
    return i;
}

/* "|Later this month|, the parties are expected to …": no verb stands before the subject's own. */
static struct range leading_words(const struct document *doc, struct range in,
                                  const struct candidate *c, uint32_t saying)
{
    struct range lead = {in.first, in.first};
    uint32_t stop = c->trigger.first < in.first + 2 * DAY_TOKENS_MAX
                        ? c->trigger.first
                        : in.first + 2 * DAY_TOKENS_MAX;

    if (saying != NO_HEAD && saying < c->word)
        return lead;
    while (lead.end < stop && !word_finite(doc, lead.end))
        lead.end++;
    return lead;
}

static bool is_to_come(const struct scene *s, const struct date *d)
{
    return day_known(s->doc->reference) && day_known(d->earliest) &&
           day_serial(d->earliest) > day_serial(s->doc->reference);
}

/* Up to the next "will" or "to cut": a date behind that is another undertaking's. */
static uint32_t before_next_plan(const struct document *doc, uint32_t i, uint32_t end)
{
    while (i < end && doc->tokens.at[i].xpos != XPOS_MD && doc->tokens.at[i].xpos != XPOS_TO)
        i++;
    return i;
}

/* Where one date in the future stands so far, it is the one: "The release, which is due
 * |next summer|, will include …". */
static uint32_t only_date_to_come(const struct scene *s, struct range in)
{
    uint32_t date = date_in(s, in), only = NO_DATE;
    struct span span = words_span(s->doc, in);

    for (; date < s->dates->count && s->dates->at[date].span.start < span.end; date++) {
        const struct date *d = &s->dates->at[date];
        if (!d->edtf.bytes || !is_to_come(s, d))
            continue;
        if (only != NO_DATE)
            return NO_DATE;
        only = date;
    }
    return only;
}

/* The verb that the date stands with in the tree, or NO_HEAD. */
static uint32_t verb_of_date(const struct document *doc, const struct date *d)
{
    uint32_t i = token_ending_after(doc, d->span.start);

    for (int up = 0; up < HEADS_UP_MAX && i < doc->tokens.count; up++) {
        if (doc->tokens.at[i].upos == UPOS_VERB)
            return i;
        i = doc->tokens.at[i].head;
    }
    return NO_HEAD;
}

/* "On Monday, they |agreed| to", "|announced| today that it will": the day of agreeing or
 * announcing, unless it is to come. */
static bool tells_when_said(const struct scene *s, const struct candidate *c, uint32_t date)
{
    const struct document *doc = s->doc;
    const struct date *d = &s->dates->at[date];

    if (d->span.start >= doc->tokens.at[c->action.first].span.start || is_to_come(s, d))
        return false;
    uint32_t verb = verb_of_date(doc, d);
    return (verb != NO_HEAD && doc->tokens.at[verb].xpos == XPOS_VBD) ||
           (c->kind == TRIGGER_VERB && doc->tokens.at[c->word].xpos == XPOS_VBD);
}

/* The date in or around the action, in its own sentence. */
static uint32_t own_date(const struct scene *s, const struct candidate *c, uint32_t saying)
{
    const struct document *doc = s->doc;
    struct range in = words_near(doc, c->word);
    uint32_t reach = clause_reach(doc, c->action.first);

    if (c->frame == FRAME_EVENT) {
        uint32_t end = c->word + 1 + DAY_TOKENS_MAX;
        return date_in(s, (struct range){c->word + 1, end < in.end ? end : in.end});
    }
    uint32_t date = date_in(s, (struct range){c->action.first, reach_of_date(doc, reach, in.end)});
    if (date == NO_DATE && c->kind == TRIGGER_NOUN)
        date = date_in(s, (struct range){c->word > in.first + 3 ? c->word - 3 : in.first, c->word});
    if (date == NO_DATE && c->trigger.end <= c->action.first)
        date = date_in(s, (struct range){c->trigger.end, c->action.first});
    if (date == NO_DATE)
        date = date_in(s, leading_words(doc, in, c, saying));
    if (date != NO_DATE && tells_when_said(s, c, date))
        date = NO_DATE;
    if (date == NO_DATE)
        date = only_date_to_come(s, (struct range){in.first, before_next_plan(doc, reach, in.end)});
    return date;
}

/* The noun that heads the subject, if it is told of again: "the |debate|"; NO_HEAD for a name. */
static uint32_t event_noun(const struct scene *s, const struct candidate *c)
{
    const struct document *doc = s->doc;

    if (range_empty(c->subject) ||
        !word_among(doc, c->subject.first, " the this that these those "))
        return NO_HEAD;
    uint32_t head = clause_head(doc, c->subject);
    return doc->tokens.at[head].upos == UPOS_NOUN && s->actor_at[head] == NO_ACTOR ? head : NO_HEAD;
}

static bool sentence_tells_of(const struct document *doc, struct range in, uint32_t noun)
{
    for (uint32_t i = in.first; i < in.end && i - in.first < WORDS_NEAR_MAX; i++)
        if (doc->tokens.at[i].upos == UPOS_NOUN &&
            text_equal(word_lemma(doc, i), word_lemma(doc, noun)))
            return true;
    return false;
}

/* "The debate is set for |Friday|. … The debate will last an hour." */
static uint32_t carried_date(const struct scene *s, const struct candidate *c)
{
    const struct document *doc = s->doc;
    uint32_t noun = event_noun(s, c);

    if (noun == NO_HEAD)
        return NO_DATE;
    uint32_t sentence = doc->tokens.at[noun].sentence;
    for (uint32_t n = sentence, back = 0; n > 0 && back < SENTENCES_BACK_MAX; n--, back++) {
        struct range in = words_of_sentence(doc, n - 1);
        if (!sentence_tells_of(doc, in, noun))
            continue;
        uint32_t date = only_date_to_come(s, in);
        if (date != NO_DATE)
            return date;
    }
    return NO_DATE;
}

/* "not due |until| October", "delayed |until| October": done then, and not before. */
static bool waits_until(const struct document *doc, uint32_t until)
{
    uint32_t low = words_near(doc, until).first;

    if (!word_is(doc, until, "until") && !word_is(doc, until, "till"))
        return false;
    for (uint32_t i = until; i-- > low && until - i <= WAIT_TOKENS_MAX;)
        if (word_among(doc, i, " not n't never delayed postponed deferred adjourned ") ||
            word_is(doc, i, "pushed"))
            return true;
    return false;
}

/* Writes a day or period, with no end if `open`; "2022-41", the second half of a year, by the
 * months that it has. */
static void put_value(struct strbuf *b, struct text day, bool open)
{
    static const char *const first[] = {"-01", "-07"}, *const last[] = {"-06", "-12"};
    bool half = day.len == 7 && day.bytes[5] == '4' && (day.bytes[6] == '0' || day.bytes[6] == '1');
    struct text year = {day.bytes, 4};

    strbuf_text(b, half ? year : day);
    if (half)
        strbuf_str(b, first[day.bytes[6] - '0']);
    if (open)
        strbuf_str(b, "/..");
    if (half && !open) {
        strbuf_str(b, "/");
        strbuf_text(b, year);
        strbuf_str(b, last[day.bytes[6] - '0']);
    }
}

/* "by |May 1|" has no start; "from |2022|", of a month or more, no end. */
static enum err write_date(const struct scene *s, const struct candidate *c, struct due *out)
{
    const struct document *doc = s->doc;
    const struct date *d = &s->dates->at[out->date];
    uint32_t first = token_ending_after(doc, d->span.start);
    bool before = (first > 0 && word_among(doc, first - 1, " by before until till within than ") &&
                   !waits_until(doc, first - 1)) ||
                  (c->kind == TRIGGER_NOUN && word_is(doc, c->word, "deadline"));
    bool from = first > 0 && word_among(doc, first - 1, " from starting beginning ");
    struct text day = d->edtf;
    const char *time = memchr(day.bytes, 'T', day.len);
    bool interval = memchr(day.bytes, '/', day.len) != NULL;
    struct strbuf b = strbuf_in(s->arena);
    char last[11];

    if (time && !interval)
        day.len = (uint32_t)(time - day.bytes);
    /* "around 2020" is due in 2020. */
    if (day.len && day.bytes[day.len - 1] == '~')
        day.len--;
    if (before && !interval && d->mod == MOD_END && day_known(d->latest)) {
        day_format(d->latest, last); /* "by the end of May" */
        day = text_of(last);
    }
    if (before && !interval)
        strbuf_str(&b, "../");
    if (before)
        strbuf_text(&b, day);
    else
        put_value(&b, day, from && !interval && day.len < sizeof("2021-05-01") - 1);
    return strbuf_finish(&b, &out->edtf);
}

static uint32_t duration_at(const struct scene *s, struct span token)
{
    uint32_t d = date_ending_after(s->dates, token.start);
    bool there = d < s->dates->count && span_overlaps(s->dates->at[d].span, token) &&
                 s->dates->at[d].type == DATE_DURATION;
    return there ? d : NO_DATE;
}

/* The days of "P90D", "P2W", "P3M"; 0 for what is no whole number of them. */
static struct day after_duration(struct day from, struct text timex)
{
    int32_t n = 0;

    if (timex.len < 3 || timex.bytes[0] != 'P')
        return (struct day){0, 0, 0};
    for (uint32_t i = 1; i + 1 < timex.len; i++) {
        if (timex.bytes[i] < '0' || timex.bytes[i] > '9' || n > 10000)
            return (struct day){0, 0, 0};
        n = 10 * n + (timex.bytes[i] - '0');
    }
    switch (timex.bytes[timex.len - 1]) {
    case 'D':
        return day_add_days(from, n);
    case 'W':
        return day_add_days(from, 7 * n);
    case 'M':
        return day_add_months(from, n);
    case 'Y':
        return day_add_months(from, 12 * n);
    default:
        return (struct day){0, 0, 0};
    }
}

/* Writes a day to the year, month or day, as the unit of the duration has it. */
static void put_day(struct strbuf *b, struct day day, char unit)
{
    char room[11];

    day_format(day, room);
    struct text text = text_of(room);
    text.len = unit == 'Y' ? 4 : unit == 'M' ? 7 : text.len;
    strbuf_text(b, text);
}

/* "has |60 days| to": where the days stand, or NO_DATE. */
static uint32_t days_given(const struct scene *s, const struct candidate *c)
{
    const struct document *doc = s->doc;

    return word_among(doc, c->word, " has have had ") && c->word + 1 < c->action.first
               ? duration_at(s, doc->tokens.at[c->word + 1].span)
               : NO_DATE;
}

/* Due `within` the duration's last day, or over it from today on; nothing, if it is no whole
 * number of days, weeks, months or years. */
static enum err write_duration(const struct scene *s, uint32_t d, bool within, struct due *out)
{
    struct day from = s->doc->reference;
    struct text timex = s->dates->at[d].timex;
    struct day last = day_known(from) ? after_duration(from, timex) : from;
    struct strbuf b = strbuf_in(s->arena);
    char unit = within ? 'D' : timex.bytes[timex.len - 1];

    if (!day_known(last))
        return ERR_OK;
    if (within)
        strbuf_str(&b, "..");
    else
        put_day(&b, from, unit);
    strbuf_str(&b, "/");
    put_day(&b, last, unit);
    out->date = d;
    return strbuf_finish(&b, &out->edtf);
}

/* "within |90 days|" of the article's day, "over |the next four years|", "over |five years|" from
 * it on. */
static enum err read_duration(const struct scene *s, const struct candidate *c, struct due *out)
{
    const struct document *doc = s->doc;
    uint32_t end = clause_reach(doc, c->action.first), given = days_given(s, c);
    enum err e = given == NO_DATE ? ERR_OK : write_duration(s, given, true, out);

    for (uint32_t i = c->action.first; i + 1 < end && e == ERR_OK && out->date == NO_DATE; i++) {
        bool within = word_is(doc, i, "within");
        uint32_t next = i + 1 + word_is(doc, i + 1, "the");
        bool over =
            next < end && (word_among(doc, next, " next coming ")
                               ? word_among(doc, i, " over during in for ")
                               : word_is(doc, i, "over") && doc->tokens.at[next].upos == UPOS_NUM);
        uint32_t d = within || over ? duration_at(s, doc->tokens.at[next].span) : NO_DATE;
        if (d != NO_DATE)
            e = write_duration(s, d, within, out);
    }
    return e;
}

enum err due_read(const struct scene *s, const struct candidate *c, uint32_t saying,
                  struct due *out)
{
    struct due due = {.date = own_date(s, c, saying)};
    enum err e = due.date == NO_DATE ? read_duration(s, c, &due) : write_date(s, c, &due);

    if (e == ERR_OK && due.date == NO_DATE) {
        due.date = carried_date(s, c);
        if (due.date != NO_DATE)
            e = write_date(s, c, &due);
    }
    if (e == ERR_OK)
        *out = due;
    return e;
}
