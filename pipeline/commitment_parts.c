#include "pipeline/commitment_parts.h"

#include "base/strbuf.h"
#include "pipeline/clause.h"

enum { BEHIND_TOKENS_MAX = 8 };

/* Verbs whose subject speaks: "pledged", "vowed", "announced". */
static bool trigger_speaks(const struct document *doc, const struct candidate *c)
{
    if (c->kind != TRIGGER_VERB || c->controlled || clause_passive(doc, c->word))
        return false;
    return word_row(doc, c->word, &wordlist_reporting_verbs) || c->type == COMMITMENT_PLEDGE ||
           c->type == COMMITMENT_THREAT;
}

uint32_t parts_action_word(const struct document *doc, struct range action)
{
    uint32_t i = action.first;

    if (!word_among(doc, i, " be have "))
        return i;
    for (uint32_t k = i + 1; k < action.end && k < i + 4; k++) {
        if (word_verb(doc, k) && !word_is(doc, k, "been"))
            return k;
        if (doc->tokens.at[k].upos != UPOS_ADV && !word_is(doc, k, "been"))
            break;
    }
    return i;
}

/* "be built |by Airbus|". */
static struct found agent_of(const struct scene *s, struct range action, uint32_t speaker)
{
    const struct document *doc = s->doc;

    for (uint32_t i = action.first; i + 1 < action.end; i++)
        if (word_is(doc, i, "by")) {
            struct range who = clause_phrase_at(doc, i + 1, action.end);
            struct found f = {.count = 0};
            if (!range_empty(who) && s->actor_at[clause_head(doc, who)] != NO_ACTOR)
                f = scene_meant(s, who, speaker);
            if (f.count)
                return f;
        }
    return (struct found){.count = 0};
}

static const struct wordlist_row *receiver_row(const struct document *doc,
                                              const struct candidate *c)
{
    uint32_t word = parts_action_word(doc, c->action);
    return wordlist_find(&wordlist_receiver_verbs, word_lemma(doc, word));
}

/* "|Farmers| will receive seed", "|Farmers| will be compensated": the subject has it done to him. */
static bool subject_receives(const struct document *doc, const struct candidate *c)
{
    const struct wordlist_row *verb = receiver_row(doc, c);

    return !range_empty(c->subject) &&
           (row_lists(verb, 0, "subject") ||
            (c->passive && (row_lists(verb, 0, "object") || row_lists(verb, 0, "target"))));
}

static uint32_t named_before(const struct scene *s, uint32_t i, const struct found *other)
{
    uint32_t floor = words_near(s->doc, i).first;

    for (uint32_t k = floor; k < i; k++)
        if (s->actor_at[k] != NO_ACTOR && s->actors->at[s->actor_at[k]].type != ACTOR_PERSON &&
            !found_has(other, s->actor_at[k]))
            return s->actor_at[k];
    return NO_ACTOR;
}

static uint32_t main_of(const struct scene *s, enum actor_type type, const struct found *other)
{
    uint32_t guess = scene_main(s, type);
    return guess != NO_ACTOR && found_has(other, guess) ? NO_ACTOR : guess;
}

/* "The plant will be closed": the side of who says so, who is named before, whose text it is; not
 * one of those who receive. */
static uint32_t guess_bound(const struct scene *s, const struct candidate *c, const struct parts *p)
{
    const struct found *other = &p->receivers;
    uint32_t guess = scene_side(s, p->speaker);

    if (guess != NO_ACTOR && s->actors->at[guess].type != ACTOR_PERSON && !found_has(other, guess))
        return guess;
    guess = named_before(s, c->action.first, other);
    if (guess == NO_ACTOR)
        guess = main_of(s, ACTOR_ORGANISATION, other);
    if (guess == NO_ACTOR)
        guess = main_of(s, ACTOR_COUNTRY, other);
    return guess == NO_ACTOR && p->speaker != NO_ACTOR && !found_has(other, p->speaker) ? p->speaker
                                                                                        : guess;
}

/* "signed a deal |with Sukhoi|": who agrees is bound with whom. */
static void read_partners(const struct scene *s, const struct candidate *c, struct parts *p)
{
    uint32_t end = words_near(s->doc, c->word).end;

    for (uint32_t i = c->word + 1; i + 1 < end && i < c->word + BEHIND_TOKENS_MAX; i++) {
        if (word_finite(s->doc, i))
            return;
        if (!word_is(s->doc, i, "with"))
            continue;
        struct range who = clause_phrase_at(s->doc, i + 1, end);
        struct found f = {.count = 0};
        if (!range_empty(who))
            f = scene_meant(s, who, p->speaker);
        for (uint32_t k = 0; k < f.count; k++)
            found_add(&p->bound, f.at[k]);
        return;
    }
}

static void read_bound(const struct scene *s, const struct candidate *c, struct parts *p)
{
    struct found subject = {.count = 0};

    if (!range_empty(c->subject))
        subject = scene_meant(s, c->subject, p->speaker);
    if (c->passive)
        p->bound = agent_of(s, c->action, p->speaker);
    if (subject_receives(s->doc, c))
        p->receivers = subject;
    else if (!p->bound.count)
        p->bound = subject;
    if (c->type == COMMITMENT_AGREEMENT)
        read_partners(s, c, p);
    if (p->bound.count)
        return;
    p->bound_guessed = true;
    found_add(&p->bound, guess_bound(s, c, p));
}

/* Whose the phrase's head is: "|Boeing|'s larger planes", "the government and people of |Iraq|". */
static uint32_t owner_in(const struct scene *s, struct range who)
{
    const struct document *doc = s->doc;

    for (uint32_t i = who.first; i + 1 < who.end; i++) {
        if (word_among(doc, i + 1, " 's ' ") && s->actor_at[i] != NO_ACTOR)
            return s->actor_at[i];
        bool named = i + 2 < who.end && word_is(doc, i + 1, "the");
        if (word_is(doc, i, "of") && s->actor_at[i + 1 + named] != NO_ACTOR)
            return s->actor_at[i + 1 + named];
    }
    return NO_ACTOR;
}

/* Adds whom the phrase that begins at `i` means by its head, nobody for "Intel processors"; returns
 * its end. `owned`: what somebody owns may stand for him. */
static uint32_t add_receiver(const struct scene *s, uint32_t i, uint32_t end, bool owned,
                             struct parts *p)
{
    struct range who = clause_phrase_at(s->doc, i, end);

    if (range_empty(who))
        return i;
    uint32_t head = clause_head(s->doc, who);
    bool meant = s->actor_at[head] != NO_ACTOR || s->doubtful_at[head] != NO_ACTOR ||
                 s->doc->tokens.at[head].xpos == XPOS_PRP;
    struct found f = {.count = 0};
    if (meant)
        f = scene_meant(s, who, p->speaker);
    else if (owned)
        found_add(&f, owner_in(s, who));
    for (uint32_t k = 0; k < f.count; k++)
        if (!found_has(&p->bound, f.at[k]))
            found_add(&p->receivers, f.at[k]);
    return who.end;
}

/* "|Sberbank, VTB Group and Gazprombank|": all who are joined. */
static void add_receivers(const struct scene *s, uint32_t i, uint32_t end, bool owned,
                          struct parts *p)
{
    for (uint32_t n = 0; n < FOUND_MAX; n++) {
        uint32_t before = p->receivers.count;
        i = add_receiver(s, i, end, owned, p);
        bool joined = p->receivers.count > before && i + 1 < end &&
                      word_among(s->doc, i, " , and or ");
        if (!joined)
            return;
        i++;
        while (i + 1 < end && word_among(s->doc, i, " and or the "))
            i++;
        if (s->actor_at[i] == NO_ACTOR)
            return;
    }
}

static bool is_place(const struct scene *s, uint32_t i)
{
    uint32_t actor = i < s->doc->tokens.count ? s->actor_at[i] : NO_ACTOR;
    return actor != NO_ACTOR && (s->actors->at[actor].type == ACTOR_COUNTRY ||
                                 s->actors->at[actor].type == ACTOR_PLACE_GOVERNMENT);
}

/* The preposition at `i` has whom it is done to behind it: but "fly |to| Peru" does nothing to it. */
static bool leads_to_receiver(const struct scene *s, uint32_t i, const struct wordlist_row *verb)
{
    const struct document *doc = s->doc;

    if (word_is(doc, i, "to"))
        return doc->tokens.at[i].xpos != XPOS_TO && !row_lists(verb, 0, "place") &&
               (row_lists(verb, 0, "to") ||
                !(is_place(s, i + 1) || (word_is(doc, i + 1, "the") && is_place(s, i + 2))));
    if (word_is(doc, i, "from"))
        return row_lists(verb, 0, "from");
    return word_among(doc, i, " for against toward towards with ");
}

/* "send aid |to Pakistan|", "help |farmers|", "buy gas |from Russia|", "help |each other|". */
static void read_receivers(const struct scene *s, const struct candidate *c, struct parts *p)
{
    const struct document *doc = s->doc;
    uint32_t word = parts_action_word(doc, c->action);
    const struct wordlist_row *verb = receiver_row(doc, c);
    bool object = row_lists(verb, 0, "object") || row_lists(verb, 0, "target");
    bool from = row_lists(verb, 0, "from");

    if ((object || from) && !c->passive && word + 1 < c->action.end) {
        if (word_among(doc, word + 1, " each one "))
            for (uint32_t k = 0; k < p->bound.count; k++)
                found_add(&p->receivers, p->bound.at[k]);
        else if (object)
            add_receivers(s, word + 1, c->action.end, true, p);
        else
            found_add(&p->receivers, owner_in(s, (struct range){word + 1, c->action.end}));
    }
    for (uint32_t i = word + 1; i + 1 < c->action.end; i++)
        if (leads_to_receiver(s, i, verb))
            add_receivers(s, i + 1, c->action.end, false, p);
}

static bool before_reference(const struct scene *s, const struct date *d)
{
    return day_known(s->doc->reference) && day_known(d->latest) &&
           day_serial(d->latest) < day_serial(s->doc->reference);
}

static uint32_t duration_at(const struct scene *s, struct span token)
{
    uint32_t d = date_ending_after(s->dates, token.start);
    bool there = d < s->dates->count && span_overlaps(s->dates->at[d].span, token) &&
                 s->dates->at[d].type == DATE_DURATION;
    return there ? d : NO_DATE;
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

static uint32_t token_at(const struct document *doc, uint32_t from, uint32_t byte)
{
    while (from < doc->tokens.count && doc->tokens.at[from].span.end <= byte)
        from++;
    return from;
}

/* ", the A350, |in 2013|": a date may follow what the action is trimmed to, before the next verb.
 */
static uint32_t reach_of_date(const struct document *doc, uint32_t reach, uint32_t end)
{
    uint32_t i = reach;

    while (i < end && i < reach + BEHIND_TOKENS_MAX && !word_finite(doc, i) &&
           doc->tokens.at[i].upos != UPOS_VERB && !word_among(doc, i, " ; : \" "))
        i++;
    return i;
}

/* "|Later this month|, the parties are expected to …": no verb stands before the subject's own. */
static struct range leading_words(const struct document *doc, struct range in,
                                  const struct candidate *c, uint32_t saying)
{
    struct range lead = {in.first, in.first};
    uint32_t stop = c->trigger.first < in.first + 2 * BEHIND_TOKENS_MAX
                        ? c->trigger.first
                        : in.first + 2 * BEHIND_TOKENS_MAX;

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

/* The date of the action: in and behind it, before the noun ("a May 1 deadline"), or at the start
 * of the sentence ("Later this month, … will"). */
static uint32_t find_due(const struct scene *s, const struct candidate *c, uint32_t saying)
{
    const struct document *doc = s->doc;
    struct range in = words_near(doc, c->word);
    uint32_t reach = clause_reach(doc, c->action.first);
    uint32_t date = NO_DATE;

    if (c->frame == FRAME_EVENT) {
        uint32_t end = c->word + 1 + BEHIND_TOKENS_MAX;
        return date_in(s, (struct range){c->word + 1, end < in.end ? end : in.end});
    }
    date = date_in(s, (struct range){c->action.first, reach_of_date(doc, reach, in.end)});
    if (date == NO_DATE && c->kind == TRIGGER_NOUN)
        date = date_in(s, (struct range){c->word > in.first + 3 ? c->word - 3 : in.first, c->word});
    if (date == NO_DATE && c->trigger.end <= c->action.first)
        date = date_in(s, (struct range){c->trigger.end, c->action.first});
    if (date == NO_DATE)
        date = date_in(s, leading_words(doc, in, c, saying));
    if (date == NO_DATE)
        date = only_date_to_come(s, (struct range){in.first, before_next_plan(doc, reach, in.end)});
    return date;
}

/* "by May 1" leaves the start open: "../2021-05-01". */
static enum err write_due(const struct scene *s, const struct candidate *c, struct parts *p)
{
    const struct date *d = &s->dates->at[p->due_date];
    uint32_t first = token_at(s->doc, words_near(s->doc, c->word).first, d->span.start);
    bool open = first > 0 && word_among(s->doc, first - 1, " by before until till within than ");
    struct strbuf b = strbuf_in(s->arena);

    open |= c->kind == TRIGGER_NOUN && word_is(s->doc, c->word, "deadline");
    if (open && !text_starts(d->edtf, "..") && !memchr(d->edtf.bytes, '/', d->edtf.len))
        strbuf_str(&b, "../");
    struct text day = d->edtf;
    const char *time = memchr(day.bytes, 'T', day.len);
    if (time && !memchr(day.bytes, '/', day.len))
        day.len = (uint32_t)(time - day.bytes);
    /* "around 2020" is due in 2020. */
    if (day.len && day.bytes[day.len - 1] == '~')
        day.len--;
    strbuf_text(&b, day);
    return strbuf_finish(&b, &p->due);
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

/* "within 90 days" of the article's day. */
static enum err read_within(const struct scene *s, const struct candidate *c, struct parts *p)
{
    const struct document *doc = s->doc;
    uint32_t end = clause_reach(doc, c->action.first);

    for (uint32_t i = c->action.first; i + 1 < end; i++) {
        if (!word_is(doc, i, "within"))
            continue;
        uint32_t d = duration_at(s, doc->tokens.at[i + 1].span);
        struct day due = d == NO_DATE ? (struct day){0, 0, 0}
                                      : after_duration(doc->reference, s->dates->at[d].timex);
        if (!day_known(doc->reference) || !day_known(due))
            continue;
        char day[11];
        struct strbuf b = strbuf_in(s->arena);
        day_format(due, day);
        strbuf_str(&b, "../");
        strbuf_str(&b, day);
        p->due_date = d;
        return strbuf_finish(&b, &p->due);
    }
    return ERR_OK;
}

enum err parts_read(const struct scene *s, const struct candidate *c, struct parts *out)
{
    struct parts p = {.speaker = NO_ACTOR, .saying = scene_saying(s, c->word), .due_date = NO_DATE};

    if (p.saying == c->word || (p.saying != NO_HEAD && range_holds(c->trigger, p.saying)))
        p.saying = NO_HEAD;
    p.speaker = scene_speaker(s, c->word);
    if (trigger_speaks(s->doc, c) && !range_empty(c->subject)) {
        struct found f = scene_meant(s, c->subject, NO_ACTOR);
        if (f.count)
            p.speaker = f.at[0];
    }
    read_bound(s, c, &p);
    read_receivers(s, c, &p);
    p.condition = clause_condition(s->doc, c->word);
    p.due_date = find_due(s, c, p.saying);
    enum err e = p.due_date == NO_DATE ? read_within(s, c, &p) : write_due(s, c, &p);
    if (e != ERR_OK)
        return e;
    *out = p;
    return ERR_OK;
}
