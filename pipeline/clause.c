#include "pipeline/clause.h"

enum {
    PHRASE_TOKENS_MAX = 40,
    ASIDE_TOKENS_MAX = 30,
    ACTION_TOKENS_MAX = 60,
    AHEAD_TOKENS_MAX = 10,
    LIST_NAMES_MAX = 16,
};

static const struct range nothing = {0, 0};

static uint8_t xpos(const struct document *doc, uint32_t i)
{
    return doc->tokens.at[i].xpos;
}

static uint8_t upos(const struct document *doc, uint32_t i)
{
    return doc->tokens.at[i].upos;
}

static bool is_quote(const struct document *doc, uint32_t i)
{
    return word_among(doc, i, " \" `` '' ");
}

static bool is_relative(const struct document *doc, uint32_t i)
{
    uint8_t x = xpos(doc, i);
    return x == XPOS_WDT || x == XPOS_WP || x == XPOS_WPS;
}

static bool is_negation(const struct document *doc, uint32_t i)
{
    return word_among(doc, i, " not n't never ");
}

static bool inside_group(const struct document *doc, uint32_t i)
{
    return upos(doc, i) == UPOS_AUX || upos(doc, i) == UPOS_ADV || is_negation(doc, i);
}

uint32_t clause_group_start(const struct document *doc, uint32_t verb)
{
    uint32_t floor = words_near(doc, verb).first;
    uint32_t first = verb;

    for (uint32_t i = verb; i > floor && inside_group(doc, i - 1); i--)
        if (upos(doc, i - 1) == UPOS_AUX)
            first = i - 1;
    return first;
}

uint32_t clause_main_verb(const struct document *doc, uint32_t first, bool *negated)
{
    uint32_t end = words_near(doc, first).end;
    uint32_t i = first + 1;

    while (i < end && (upos(doc, i) == UPOS_ADV || is_negation(doc, i) ||
                       word_among(doc, i, " no longer also "))) {
        *negated |= is_negation(doc, i) ||
                    (word_is(doc, i, "no") && i + 1 < end && word_is(doc, i + 1, "longer"));
        i++;
    }
    return i < end && word_verb(doc, i) ? i : first;
}

bool clause_passive(const struct document *doc, uint32_t verb)
{
    uint32_t floor = words_near(doc, verb).first;

    if (xpos(doc, verb) != XPOS_VBN && xpos(doc, verb) != XPOS_VBD && xpos(doc, verb) != XPOS_JJ)
        return false;
    for (uint32_t i = verb; i > floor && inside_group(doc, i - 1); i--)
        if (word_among(doc, i - 1, " is are was were be been being 's 're "))
            return true;
    return false;
}

/* What cannot stand inside a noun phrase. */
static bool bounds_phrase(const struct document *doc, uint32_t i)
{
    if (doc->tokens.at[i].name != NAME_NONE)
        return false;
    if (word_finite(doc, i) || is_relative(doc, i) || is_quote(doc, i) || xpos(doc, i) == XPOS_VB)
        return true;
    uint8_t u = upos(doc, i);
    return u == UPOS_SCONJ || u == UPOS_PUNCT
               ? !word_among(doc, i, " - ' ")
               : xpos(doc, i) == XPOS_TO || xpos(doc, i) == XPOS_WRB || u == UPOS_INTJ ||
                     word_among(doc, i, " that but yet if although because ");
}

static bool is_day_word(const struct document *doc, uint32_t i)
{
    return word_among(doc, i,
                      " monday tuesday wednesday thursday friday saturday sunday today "
                      "yesterday tomorrow earlier later meanwhile however also now then "
                      "currently recently ");
}

/* "In Washington |officials|", "Friday |the company|": what stands before the phrase itself. */
static struct range without_lead(const struct document *doc, struct range r)
{
    while (!range_empty(r) && (is_day_word(doc, r.first) || upos(doc, r.first) == UPOS_ADV ||
                               word_among(doc, r.first, " and or ")))
        r.first++;
    if (range_empty(r) || upos(doc, r.first) != UPOS_ADP || word_is(doc, r.first, "of"))
        return r;
    for (uint32_t i = r.first + 1; i < r.end; i++) {
        bool begins = upos(doc, i) == UPOS_DET || xpos(doc, i) == XPOS_PRP ||
                      (doc->tokens.at[i].name != NAME_NONE && doc->tokens.at[i].name_begins);
        if (begins && i > r.first + 1 && word_noun(doc, i - 1))
            return (struct range){i, r.end};
    }
    return r;
}

/* "bought planes and |Pakistan| will": an object before "and" is no part of the subject. */
static struct range without_object(const struct document *doc, uint32_t floor, struct range r)
{
    if (r.first <= floor || !word_finite(doc, r.first - 1) ||
        word_row(doc, r.first - 1, &wordlist_reporting_verbs))
        return r;
    for (uint32_t i = r.end; i > r.first; i--)
        if (word_among(doc, i - 1, " and or "))
            return (struct range){i, r.end};
    return r;
}

/* The first token of the name that ends before the comma at `comma`, its article included; `comma`
 * if there is none, or it hangs on a preposition: "in |Oslo|, Peru and Chile". */
static uint32_t listed_before(const struct document *doc, uint32_t floor, uint32_t comma)
{
    uint32_t first = comma;

    while (first > floor && doc->tokens.at[first - 1].name != NAME_NONE)
        first--;
    if (first == comma)
        return comma;
    if (first > floor && upos(doc, first - 1) == UPOS_DET)
        first--;
    return first > floor && upos(doc, first - 1) == UPOS_ADP ? comma : first;
}

/* "|the Bank of Japan, the Fed,| and the Bank of England": names in a list, back to its first. */
static struct range with_list(const struct document *doc, uint32_t floor, struct range r)
{
    bool joint = false;

    if (r.first > floor && word_among(doc, r.first - 1, " and "))
        r.first--;
    for (uint32_t i = r.first; i < r.end && !joint; i++)
        joint = word_among(doc, i, " and ");
    for (uint32_t n = 0; joint && n < LIST_NAMES_MAX; n++) {
        if (r.first <= floor || !word_is(doc, r.first - 1, ","))
            break;
        uint32_t first = listed_before(doc, floor, r.first - 1);
        if (first == r.first - 1)
            break;
        r.first = first;
    }
    return r;
}

static struct range phrase_before(const struct document *doc, uint32_t floor, uint32_t end)
{
    uint32_t first = end;

    while (first > floor && end - first < PHRASE_TOKENS_MAX) {
        if (word_among(doc, first - 1, " ) ")) {
            uint32_t open = first - 1;
            while (open > floor && !word_is(doc, open, "("))
                open--;
            if (open == floor)
                break;
            first = open;
            continue;
        }
        if (bounds_phrase(doc, first - 1))
            break;
        first--;
    }
    struct range r = without_lead(doc, (struct range){first, end});
    return without_object(doc, floor, r);
}

struct range clause_phrase_before(const struct document *doc, uint32_t floor, uint32_t end)
{
    struct range r = phrase_before(doc, floor, end);
    bool names = !range_empty(r) && doc->tokens.at[r.end - 1].name != NAME_NONE;

    return names ? with_list(doc, floor, r) : r;
}

/* "Khan, |who| will": from the pronoun to the end of what it stands for. */
static uint32_t antecedent_end(const struct document *doc, uint32_t floor, uint32_t i)
{
    while (i > floor && (word_among(doc, i - 1, " , ") || upos(doc, i - 1) == UPOS_ADP))
        i--;
    return i;
}

/* "62,000 at |GM|, which": a relative clause belongs to what stands next to it. */
static struct range nearest_part(const struct document *doc, struct range r)
{
    for (uint32_t i = r.end; i > r.first + 1; i--)
        if (upos(doc, i - 1) == UPOS_ADP && !word_is(doc, i - 1, "of") &&
            doc->tokens.at[i - 1].name == NAME_NONE && i < r.end)
            return (struct range){i, r.end};
    return r;
}

/* "Lavrov, Russia's minister, |will": the token behind the phrase before the aside, or `i`. */
static uint32_t before_aside(const struct document *doc, uint32_t floor, uint32_t i)
{
    uint32_t stop = i > floor + ASIDE_TOKENS_MAX ? i - ASIDE_TOKENS_MAX : floor;

    for (uint32_t k = i - 1; k > stop; k--)
        if (word_is(doc, k - 1, ",") && k - 1 > floor && word_noun(doc, k - 2))
            return k - 1;
    return i;
}

/* The finite verb before token `i` to which a joined verb belongs, or NO_HEAD. */
static uint32_t finite_before(const struct document *doc, uint32_t floor, uint32_t i)
{
    while (i > floor) {
        i--;
        if (word_finite(doc, i))
            return i;
    }
    return NO_HEAD;
}

struct range clause_subject(const struct document *doc, uint32_t verb)
{
    uint32_t floor = words_near(doc, verb).first;
    uint32_t i = clause_group_start(doc, verb);

    /* Each turn moves left, so there are at most as many as there are tokens. */
    while (i > floor) {
        while (i > floor && (upos(doc, i - 1) == UPOS_ADV || is_negation(doc, i - 1)))
            i--;
        if (i == floor)
            break;
        uint32_t p = i - 1;
        if (is_relative(doc, p) ||
            (word_is(doc, p, "that") && p > floor && word_noun(doc, p - 1))) {
            uint32_t end = antecedent_end(doc, floor, p);
            return nearest_part(doc, clause_phrase_before(doc, floor, end));
        }
        if (word_is(doc, p, ",")) {
            uint32_t end = before_aside(doc, floor, p);
            if (end < p)
                return clause_phrase_before(doc, floor, end);
        }
        if (xpos(doc, p) == XPOS_PRP)
            return (struct range){p, i};
        struct range r = clause_phrase_before(doc, floor, i);
        if (!range_empty(r) && !word_among(doc, p, " and or but , "))
            return r;
        /* "We |stand| ready": a verb that is no auxiliary stands before an adjective. */
        uint32_t before = word_finite(doc, p) ? p : finite_before(doc, floor, p);
        if (before == NO_HEAD)
            break;
        i = clause_group_start(doc, before);
    }
    return nothing;
}

struct range clause_phrase_at(const struct document *doc, uint32_t i, uint32_t end)
{
    struct range r = {i, i};

    while (r.end < end && r.end - r.first < PHRASE_TOKENS_MAX && !bounds_phrase(doc, r.end) &&
           (upos(doc, r.end) != UPOS_ADP || word_is(doc, r.end, "of") ||
            doc->tokens.at[r.end].name != NAME_NONE) &&
           !(xpos(doc, r.end) == XPOS_VB))
        r.end++;
    return r;
}

uint32_t clause_head(const struct document *doc, struct range phrase)
{
    uint32_t head = phrase.end - 1;
    bool found = false;

    for (uint32_t i = phrase.first; i < phrase.end; i++) {
        bool named = doc->tokens.at[i].name != NAME_NONE;
        if (found && !named && (upos(doc, i) == UPOS_ADP || word_among(doc, i, " , ( and or ")))
            break;
        if (word_noun(doc, i) || upos(doc, i) == UPOS_PRON || named) {
            if (xpos(doc, i) == XPOS_PRPS)
                continue;
            head = i;
            found = true;
        }
    }
    return head;
}

/* True if a finite verb comes before the next mark or the end: a clause, no phrase. */
static bool clause_follows(const struct document *doc, uint32_t i, uint32_t end)
{
    for (uint32_t k = i; k < end && k < i + AHEAD_TOKENS_MAX; k++) {
        if (word_among(doc, k, " , ; : . ") || is_quote(doc, k) || is_relative(doc, k))
            return false;
        if (word_finite(doc, k))
            return true;
    }
    return false;
}

static bool opens_side_clause(const struct document *doc, uint32_t i, uint32_t end)
{
    if (word_among(doc, i, " if unless because although though while whereas once "))
        return true;
    if (word_among(doc, i, " following amid despite according pending "))
        return upos(doc, i) != UPOS_VERB || word_is(doc, i, "according") ||
               xpos(doc, i) == XPOS_VBG;
    return word_among(doc, i, " when after before until since as where ") &&
           clause_follows(doc, i + 1, end);
}

/* What a comma may not have behind it if the action is to go on. */
static bool comma_ends(const struct document *doc, uint32_t comma, uint32_t end)
{
    uint32_t i = comma + 1;

    if (i >= end || is_quote(doc, i))
        return true;
    if (word_among(doc, i, " including such and or "))
        return (word_among(doc, i, " and or ")) &&
               (clause_follows(doc, i + 1, end) || (i + 1 < end && word_verb(doc, i + 1)));
    if (is_relative(doc, i) || upos(doc, i) == UPOS_ADP || upos(doc, i) == UPOS_SCONJ ||
        upos(doc, i) == UPOS_ADV || word_among(doc, i, " but yet so nor "))
        return true;
    if (xpos(doc, i) == XPOS_VBG || xpos(doc, i) == XPOS_VBN || word_finite(doc, i))
        return true;
    return clause_follows(doc, i, end);
}

static bool joint_ends(const struct document *doc, uint32_t i, uint32_t end)
{
    if (i + 1 >= end)
        return true;
    uint32_t next = i + 1;
    while (next + 1 < end && upos(doc, next) == UPOS_ADV)
        next++;
    if (xpos(doc, next) == XPOS_TO && next + 1 < end && xpos(doc, next + 1) == XPOS_VB)
        return true;
    return word_verb(doc, next) ? xpos(doc, next) != XPOS_VBG && xpos(doc, next) != XPOS_VBN
                                : clause_follows(doc, next, end);
}

static bool ends_action(const struct document *doc, uint32_t i, uint32_t end, bool quote_open)
{
    if (is_quote(doc, i))
        return !quote_open && (i + 1 >= end || !(doc->tokens.at[i].shape & SHAPE_SPACE_BEFORE));
    if (word_among(doc, i, " ; : -- [...] ... "))
        return true;
    if (doc->tokens.at[i].norm.len == 1 && word_is(doc, i, "-"))
        return (doc->tokens.at[i].shape & SHAPE_SPACE_BEFORE) && i + 1 < end &&
               (doc->tokens.at[i + 1].shape & SHAPE_SPACE_BEFORE);
    if (word_is(doc, i, ","))
        return comma_ends(doc, i, end);
    if (word_among(doc, i, " and or but "))
        return joint_ends(doc, i, end);
    if (is_relative(doc, i) && word_is(doc, i, "who"))
        return false;
    return opens_side_clause(doc, i, end);
}

uint32_t clause_reach(const struct document *doc, uint32_t verb)
{
    uint32_t end = words_near(doc, verb).end;
    bool quote_open = false;
    uint32_t i = verb + 1;

    for (; i < end && i - verb < ACTION_TOKENS_MAX; i++) {
        if (ends_action(doc, i, end, quote_open))
            break;
        if (is_quote(doc, i))
            quote_open = !quote_open;
    }
    return i;
}

/* The date that ends at byte `end` or covers it, or NULL. */
static const struct date *date_ending(const struct dates *dates, struct span last)
{
    uint32_t low = date_ending_after(dates, last.start);
    return low < dates->count && span_overlaps(dates->at[low].span, last) ? &dates->at[low] : NULL;
}

static bool trails(const struct document *doc, uint32_t i)
{
    return (upos(doc, i) == UPOS_PUNCT && !word_among(doc, i, " ) % ")) ||
           word_among(doc, i,
                      " and or but even only just soon immediately later today tomorrow starting "
                      "beginning early late ");
}

/* "|within| 90 days": a duration that sets a day. */
static bool within(const struct document *doc, uint32_t first, uint32_t start, uint32_t last)
{
    while (last > first && doc->tokens.at[last].span.start > start)
        last--;
    return last > first && word_among(doc, last - 1, " within in after ");
}

/* Cuts "… by May 1", "… next month" and what else trails. */
static struct range without_date(const struct document *doc, struct range r,
                                 const struct dates *dates)
{
    while (r.end > r.first + 1) {
        uint32_t last = r.end - 1;
        const struct date *d = date_ending(dates, doc->tokens.at[last].span);
        if (trails(doc, last)) {
            r.end--;
            continue;
        }
        if (!d || (d->type == DATE_DURATION && !within(doc, r.first, d->span.start, last)))
            break;
        r.end--; /* at least this one: a date may begin inside a token */
        while (r.end > r.first + 1 && doc->tokens.at[r.end - 1].span.start >= d->span.start)
            r.end--;
        while (r.end > r.first + 1 &&
               word_among(doc, r.end - 1,
                          " in on by at before until from during the of through "
                          "around within till no later than starting beginning "
                          "early late sometime for "))
            r.end--;
    }
    return r;
}

struct range clause_action(const struct document *doc, uint32_t verb, const struct dates *dates)
{
    struct range r = {verb, clause_reach(doc, verb)};
    return without_date(doc, r, dates);
}

uint32_t clause_joined_verb(const struct document *doc, struct range action)
{
    uint32_t end = words_near(doc, action.first).end;
    uint32_t i = clause_reach(doc, action.first);

    if (i < end && word_is(doc, i, ","))
        i++;
    if (i >= end || !word_among(doc, i, " and or "))
        return NO_HEAD;
    for (i++; i < end && (upos(doc, i) == UPOS_ADV || xpos(doc, i) == XPOS_TO); i++)
        continue;
    return i < end && xpos(doc, i) == xpos(doc, action.first) && xpos(doc, i) == XPOS_VB ? i
                                                                                         : NO_HEAD;
}

struct range clause_condition(const struct document *doc, uint32_t verb)
{
    struct range s = words_near(doc, verb);

    for (uint32_t i = s.first; i < s.end; i++) {
        bool opens = word_among(doc, i, " if unless provided ") ||
                     (word_among(doc, i, " subject conditional contingent ") && i + 1 < s.end &&
                      word_among(doc, i + 1, " to on upon "));
        if (!opens || (i > s.first && word_among(doc, i - 1, " even as asked wonder see ")) ||
            (word_is(doc, i, "provided") && !(i + 1 < s.end && word_is(doc, i + 1, "that"))))
            continue;
        uint32_t end = i + 1;
        while (end < s.end && !word_among(doc, end, " , ; . ") && !is_quote(doc, end))
            end++;
        return (struct range){i, end};
    }
    return nothing;
}
