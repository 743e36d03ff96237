#include "pipeline/mentions.h"

#include "pipeline/dateline.h"

enum { GROUP_TOKENS_MAX = 8 };

struct finder {
    const struct document *doc;
    struct range dateline; /* nobody acts there */
    struct mention_draft *at;
    uint32_t count;
};

const struct wordlist_row *mention_country(const struct document *doc, struct range r)
{
    uint32_t n = 0;
    const struct wordlist_row *row = wordlist_longest(&wordlist_countries, doc, r.first, &n);
    return row && n == r.end - r.first ? row : NULL;
}

uint32_t mention_top(const struct document *doc, struct range r)
{
    for (uint32_t i = r.end; i > r.first; i--) {
        uint32_t head = doc->tokens.at[i - 1].head;
        if (head == NO_HEAD || !range_holds(r, head))
            return i - 1;
    }
    return r.end - 1;
}

/* A verb that can have the words before it as its subject: no participle that only describes. */
static bool verb_follows(const struct document *doc, uint32_t i, uint32_t end)
{
    while (i < end && (doc->tokens.at[i].upos == UPOS_ADV || word_among(doc, i, " n't not ")))
        i++;
    return i < end && word_finite(doc, i);
}

/* Behind ", which …," or ", the bank's owner," the verb may still come. */
static uint32_t behind_aside(const struct document *doc, uint32_t i, uint32_t end)
{
    uint32_t stop = i + 25 < end ? i + 25 : end;

    if (i >= end || !word_is(doc, i, ","))
        return i;
    for (uint32_t k = i + 1; k < stop; k++)
        if (word_is(doc, k, ","))
            return k + 1;
    return i;
}

static bool under_preposition(const struct document *doc, uint32_t first, uint32_t floor)
{
    while (first > floor &&
           (word_among(doc, first - 1, " the a an ") || doc->tokens.at[first - 1].upos == UPOS_ADJ))
        first--;
    return first > floor && doc->tokens.at[first - 1].upos == UPOS_ADP;
}

/* "by Russia", "with Russia", "to Pakistan": it does or receives. */
static bool takes_part(const struct document *doc, uint32_t first, uint32_t floor)
{
    while (first > floor && word_among(doc, first - 1, " the "))
        first--;
    return first > floor && word_among(doc, first - 1, " by with between against ");
}

/* "Russia and Pakistan will": the end of what is joined with r. */
static uint32_t behind_joined(const struct document *doc, uint32_t i, uint32_t end)
{
    if (i + 1 < end && word_among(doc, i, " and or ") &&
        (doc->tokens.at[i + 1].name != NAME_NONE || word_is(doc, i + 1, "the"))) {
        i++;
        while (i < end &&
               (doc->tokens.at[i].name != NAME_NONE || word_is(doc, i, "the") || word_noun(doc, i)))
            i++;
    }
    return i;
}

static bool acts(const struct document *doc, struct range r)
{
    struct range s = words_around(doc, r.first);

    /* "|The city of| Nordhaven will": what stands before the noun tells. */
    uint32_t noun = word_governing(doc, r.first);
    if (noun != NO_HEAD)
        r.first = noun;
    while (noun != NO_HEAD && r.first > s.first && doc->tokens.at[r.first - 1].upos == UPOS_DET)
        r.first--;
    if (takes_part(doc, r.first, s.first))
        return true;
    if (under_preposition(doc, r.first, s.first))
        return false;
    uint32_t next = behind_joined(doc, r.end, s.end);
    if (verb_follows(doc, next, s.end) || verb_follows(doc, behind_aside(doc, next, s.end), s.end))
        return true;
    /* "… , Russia said", "said Russia": speech may stand in front. */
    return r.first > s.first && word_row(doc, r.first - 1, &wordlist_reporting_verbs) &&
           word_finite(doc, r.first - 1);
}

static struct mention_draft *add(struct finder *f, enum mention_source source, struct range words)
{
    struct mention_draft *m = &f->at[f->count++];
    *m = (struct mention_draft){.source = source, .words = words, .full = words};
    m->office.holder_word = NO_HEAD;
    m->in_dateline = range_holds(f->dateline, words.first);
    m->acts = !m->in_dateline && acts(f->doc, words);
    return m;
}

static bool heads_group(const struct document *doc, uint32_t i)
{
    bool opens = i == words_around(doc, i).first; /* "|Officials| said" */
    return word_row(doc, i, &wordlist_groups) && doc->tokens.at[i].name == NAME_NONE &&
           (opens || !word_capital(doc, i));
}

static bool heads_body(const struct document *doc, uint32_t i)
{
    const struct wordlist_row *row = word_row(doc, i, &wordlist_organisations);
    return row_says(row, 0, "head") && row_says(row, 1, "body") &&
           doc->tokens.at[i].name == NAME_NONE;
}

static bool describes(const struct document *doc, uint32_t i)
{
    const struct token *t = &doc->tokens.at[i];
    return t->upos == UPOS_ADJ || word_noun(doc, i) ||
           (word_is(doc, i, "-") && !(t->shape & SHAPE_SPACE_BEFORE));
}

/* "|Russian| government": the head that the nationality at r belongs to, within few words. */
static uint32_t head_behind(const struct document *doc, struct range r, uint32_t end)
{
    uint32_t stop = r.end + 4 < end ? r.end + 4 : end;

    for (uint32_t i = r.end; i < stop && doc->tokens.at[i].name == NAME_NONE; i++) {
        bool last = i + 1 == end || !describes(doc, i + 1);
        if (last)
            return heads_group(doc, i) || heads_body(doc, i) ? i : end;
        if (!describes(doc, i))
            break;
    }
    return end;
}

/* "Russian troops", "Cuba's government", "NATO members": described by what they belong to. */
static void belonging(struct finder *f, struct range holder)
{
    const struct document *doc = f->doc;
    struct range s = words_around(doc, holder.first);
    struct range from = holder;
    if (from.end < s.end && word_is(doc, from.end, "'s"))
        from.end++;
    uint32_t head = head_behind(doc, from, s.end);

    if (head == s.end)
        return;
    const struct wordlist_row *country = mention_country(doc, holder);
    struct range words = {holder.first, head + 1};
    if (country && word_among(doc, head, " government administration ") && head == from.end) {
        add(f, FROM_COUNTRY, words)->country = country;
        return;
    }
    if (country && from.end > holder.end)
        words.first = from.end;
    struct mention_draft *m = add(f, heads_group(doc, head) ? FROM_GROUP : FROM_DESCRIBED, words);
    m->office.holder = holder;
    m->full.first = holder.first;
}

static bool heads_office(const struct document *doc, uint32_t i)
{
    const struct wordlist_row *row = word_row(doc, i, &wordlist_roles);
    return row_says(row, 0, "head") || row_says(row, 0, "short");
}

/* The name alone: "Amy Berg |of Minnesota|" ends before "of", "|President of the| European Council"
 * begins behind it. */
static struct range name_alone(const struct document *doc, struct range r)
{
    uint32_t of = r.first + 1;

    while (of < r.end && !word_is(doc, of, "of"))
        of++;
    if (of + 1 >= r.end)
        return r;
    if (doc->tokens.at[r.first].name == NAME_PERSON)
        return (struct range){r.first, of};
    if (doc->tokens.at[r.first].name != NAME_ORGANISATION || !heads_office(doc, of - 1))
        return r;
    of += word_is(doc, of + 1, "the") ? 2 : 1;
    return of < r.end ? (struct range){of, r.end} : r;
}

/* "astronauts Bob Behnken and |Doug Hurley|": an office said of several is each one's. */
static void share_office(const struct finder *f, struct mention_draft *m)
{
    const struct document *doc = f->doc;
    const struct mention_draft *other = m > f->at ? m - 1 : NULL;

    if (!other || other->source != FROM_PERSON || !range_empty(m->office.role) ||
        other->words.end + 1 != m->words.first || !word_among(doc, other->words.end, " and , & "))
        return;
    struct range role = other->office.role;
    if (range_empty(role) || role.end > other->words.first ||
        doc->tokens.at[role.end - 1].xpos != XPOS_NNS)
        return;
    m->office.role = role;
    if (range_empty(m->office.holder))
        m->office.holder = other->office.holder;
}

/* "BANDA ACEH, Indonesia (|AP|) -": places stand there, and who only passes the report on. */
static bool passes_on(const struct finder *f, struct range r)
{
    uint8_t class = f->doc->tokens.at[r.first].name;
    return range_holds(f->dateline, r.first) &&
           (class == NAME_ORGANISATION || class == NAME_PERSON);
}

static void named(struct finder *f, struct range r)
{
    const struct document *doc = f->doc;
    r = name_alone(doc, r);
    const struct wordlist_row *country = mention_country(doc, r);
    struct mention_draft *m;

    switch ((enum name_class)doc->tokens.at[r.first].name) {
    case NAME_PERSON:
        m = add(f, FROM_PERSON, r);
        m->office = office_of(doc, r);
        m->full = m->office.full;
        share_office(f, m);
        break;
    case NAME_COUNTRY:
        add(f, FROM_COUNTRY, r)->country = country;
        belonging(f, r);
        break;
    case NAME_PLACE:
        add(f, country ? FROM_SEAT : FROM_PLACE, r)->country = country;
        break;
    case NAME_ORGANISATION: {
        uint32_t n = 0;
        const struct wordlist_row *row =
            wordlist_longest(&wordlist_organisations, doc, r.first, &n);
        m = add(f,
                row_says(row, 1, "group") && n == r.end - r.first ? FROM_GROUP : FROM_ORGANISATION,
                r);
        m->office.holder = side_of_body(doc, r);
        belonging(f, r);
        break;
    }
    case NAME_NATIONALITY:
        belonging(f, r);
        break;
    case NAME_NONE:
    case NAME_OTHER:
    case NAME_CLASS_COUNT:
        break;
    }
}

/* "owners |of the phone|", "families |of the victims|": the end of what says whose the group at
 * `head` is. */
static uint32_t of_whom(const struct document *doc, uint32_t head)
{
    uint32_t end = words_around(doc, head).end, i = head + 2;

    if (i >= end || !word_is(doc, head + 1, "of"))
        return head + 1;
    while (i < end && i - head < GROUP_TOKENS_MAX &&
           (describes(doc, i) || doc->tokens.at[i].upos == UPOS_DET ||
            doc->tokens.at[i].upos == UPOS_NUM || doc->tokens.at[i].xpos == XPOS_PRPS ||
            doc->tokens.at[i].name != NAME_NONE || word_is(doc, i, "'s")))
        i++;
    return word_noun(doc, i - 1) || doc->tokens.at[i - 1].name != NAME_NONE ? i : head + 1;
}

/* "|company| executives": what stands for the body that a group is of, or NO_HEAD. */
static uint32_t words_of_holder(const struct document *doc, uint32_t first, uint32_t head)
{
    for (uint32_t i = first; i < head; i++)
        if (word_among(doc, i, " company union party bank airline ministry "))
            return i;
    return word_among(doc, head, " employees executives ") ? head : NO_HEAD;
}

/* "foreign troops", "22,000 employees" without a name in it. */
static void described(struct finder *f, uint32_t head, uint32_t floor)
{
    const struct document *doc = f->doc;
    struct range r = {head, head + 1};

    while (r.first > floor && r.end - r.first < GROUP_TOKENS_MAX && describes(doc, r.first - 1)) {
        if (doc->tokens.at[r.first - 1].name != NAME_NONE)
            return;
        r.first--;
    }
    /* "|children's| hospitals" */
    if (r.first > floor + 1 && word_is(doc, r.first - 1, "'s") && word_noun(doc, r.first - 2) &&
        !word_capital(doc, r.first - 2))
        r.first -= 2;
    if (r.first > floor && doc->tokens.at[r.first - 1].upos == UPOS_NUM)
        r.first--;
    r.end = of_whom(doc, head);
    struct mention_draft *m = add(f, FROM_GROUP, r);
    m->office.holder = side_of_group(doc, head);
    m->office.holder_word = words_of_holder(doc, r.first, head);
}

/* "Police said", "the army": a body that needs no name, as there is one in each place. */
static bool known_body(const struct document *doc, uint32_t i, uint32_t floor)
{
    const struct wordlist_row *row = word_row(doc, i, &wordlist_organisations);
    bool alone = i == floor || (doc->tokens.at[i - 1].name == NAME_NONE && !describes(doc, i - 1) &&
                                !word_among(doc, i - 1, " 's ' "));

    return alone && row_says(row, 2, "home") && doc->tokens.at[i].name == NAME_NONE &&
           (i == floor || !word_capital(doc, i)) && word_noun(doc, i) &&
           (i + 1 >= doc->tokens.count || !describes(doc, i + 1));
}

enum err mentions_find(struct arena *a, const struct document *doc, struct mention_drafts *out)
{
    struct finder f = {.doc = doc, .dateline = dateline_words(doc)};

    /* A token gives at most two: its name, and the group it describes. */
    f.at = ARENA_ARRAY(a, struct mention_draft, 2 * (size_t)doc->tokens.count + 1);
    if (!f.at)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        const struct token *t = &doc->tokens.at[i];
        const struct sentence *in = &doc->sentences.at[t->sentence];
        uint32_t end = in->first_token + in->token_count;
        if (doc->paragraphs.at[in->paragraph].kind == PARAGRAPH_CREDIT)
            continue;
        if (t->name != NAME_NONE && t->name_begins) {
            struct range r = {i, i + 1};
            while (r.end < end && doc->tokens.at[r.end].name != NAME_NONE &&
                   !doc->tokens.at[r.end].name_begins)
                r.end++;
            if (!passes_on(&f, r))
                named(&f, r);
        } else if (known_body(doc, i, in->first_token)) {
            add(&f, FROM_DESCRIBED, (struct range){i, i + 1});
        } else if (heads_group(doc, i) && t->xpos == XPOS_NNS) {
            described(&f, i, in->first_token);
        }
    }
    *out = (struct mention_drafts){f.at, f.count};
    return ERR_OK;
}
