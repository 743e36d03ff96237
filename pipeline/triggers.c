#include "pipeline/triggers.h"

#include "pipeline/clause.h"

const char *const trigger_kind_names[] = {TRIGGER_KINDS(NAMED_STRING)};
const char *const trigger_frame_names[] = {TRIGGER_FRAMES(NAMED_STRING)};

enum {
    KEY_BYTES_MAX = 64,
    INFINITIVE_TOKENS_MAX = 14, /* from the trigger to its "to" */
};

static const struct range nothing = {0, 0};

struct search {
    const struct scene *scene;
    const struct document *doc;
    struct candidate *at;
    uint32_t count;
};

static uint8_t xpos(const struct document *doc, uint32_t i)
{
    return doc->tokens.at[i].xpos;
}

/* The row of the lemma of `i`, standing as `kind`: "plan/noun". */
static const struct wordlist_row *row_of(const struct document *doc, uint32_t i, const char *kind)
{
    char key[KEY_BYTES_MAX];
    struct text lemma = word_lemma(doc, i);
    size_t rest = strlen(kind);

    if (lemma.len + 1 + rest > sizeof(key))
        return NULL;
    memcpy(key, lemma.bytes, lemma.len);
    key[lemma.len] = '/';
    memcpy(key + lemma.len + 1, kind, rest);
    return wordlist_find(&wordlist_commitment_triggers,
                         (struct text){key, lemma.len + 1 + (uint32_t)rest});
}

static enum commitment_type type_of(const struct wordlist_row *row)
{
    for (unsigned t = 0; t < COMMITMENT_TYPE_COUNT; t++)
        if (row_says(row, 0, commitment_type_names[t]))
            return (enum commitment_type)t;
    return COMMITMENT_PLAN;
}

static bool has_frame(const struct wordlist_row *row, const char *frame)
{
    const char *at = row->values[1];
    size_t len = strlen(frame);

    while (at && *at) {
        if (strncmp(at, frame, len) == 0 && (at[len] == ',' || at[len] == '\0'))
            return true;
        at = strchr(at, ',');
        at = at ? at + 1 : NULL;
    }
    return false;
}

static bool negated_before(const struct document *doc, uint32_t i)
{
    uint32_t floor = words_near(doc, i).first;

    for (uint32_t k = i; k > floor && i - k < 4; k--) {
        if (word_among(doc, k - 1, " not n't never no "))
            return true;
        if (!word_verb(doc, k - 1) && doc->tokens.at[k - 1].upos != UPOS_ADV)
            break;
    }
    return false;
}

static struct candidate *put(struct search *f, struct candidate c)
{
    if (f->count == CANDIDATES_MAX || range_empty(c.action))
        return NULL;
    /* One action is undertaken once, by the word nearest to it: "announced plans to |cut|". */
    if (f->count && f->at[f->count - 1].action.first == c.action.first && c.frame != FRAME_EVENT &&
        f->at[f->count - 1].frame != FRAME_EVENT)
        f->count--;
    f->at[f->count] = c;
    return &f->at[f->count++];
}

/* "… and |train| 500 officers": the same trigger, another verb. */
static void put_joined(struct search *f, struct candidate c)
{
    for (unsigned n = 0; n < 3; n++) {
        uint32_t verb = clause_joined_verb(f->doc, c.action);
        if (verb == NO_HEAD)
            return;
        c.frame = FRAME_JOINED;
        c.action = clause_action(f->doc, verb, f->scene->dates);
        if (!put(f, c))
            return;
    }
}

static bool passive_action(const struct document *doc, struct range action)
{
    uint32_t i = action.first;
    if (!word_is(doc, i, "be"))
        return false;
    for (i++; i < action.end && doc->tokens.at[i].upos == UPOS_ADV; i++)
        continue;
    return i < action.end && xpos(doc, i) == XPOS_VBN;
}

static void find_modal(struct search *f, uint32_t i, const struct wordlist_row *row)
{
    const struct document *doc = f->doc;
    struct candidate c = {
        .kind = TRIGGER_MODAL, .frame = FRAME_BARE, .word = i, .type = type_of(row)};
    uint32_t end = words_near(doc, i).end;
    uint32_t verb = clause_main_verb(doc, i, &c.negative);

    /* An inverted "will Russia provide" asks. */
    if (verb == i || xpos(doc, verb) == XPOS_MD)
        return;
    c.trigger = (struct range){i, verb};
    while (c.trigger.end > i + 1 && !c.negative)
        c.trigger.end--;
    if (word_is(doc, verb, "have") && verb + 2 < end && word_is(doc, verb + 1, "to") &&
        word_verb(doc, verb + 2)) {
        c.type = COMMITMENT_OBLIGATION;
        verb += 2;
        c.trigger.end = verb;
    } else if (word_is(doc, verb, "be") && verb + 3 < end && word_is(doc, verb + 2, "to") &&
               row_of(doc, verb + 1, "adj")) {
        return; /* "will be ready to": the adjective is the trigger */
    }
    c.action = clause_action(doc, verb, f->scene->dates);
    c.subject = clause_subject(doc, i);
    c.passive = passive_action(doc, c.action);
    if (c.negative)
        c.type = COMMITMENT_REFUSAL;
    if (put(f, c))
        put_joined(f, c);
}

/* The verb of "to |verb|" behind the trigger, nothing but its object and a date between. */
static uint32_t infinitive_behind(const struct document *doc, uint32_t i, bool over_verbs,
                                  bool *negative)
{
    uint32_t end = words_near(doc, i).end;

    for (uint32_t k = i + 1; k + 1 < end && k - i < INFINITIVE_TOKENS_MAX; k++) {
        if (xpos(doc, k) == XPOS_TO || (word_is(doc, k, "to") && xpos(doc, k + 1) == XPOS_VB)) {
            uint32_t verb = k + 1;
            while (verb + 1 < end && doc->tokens.at[verb].upos == UPOS_ADV)
                verb++;
            *negative |= word_is(doc, k - 1, "not");
            bool verbal = xpos(doc, verb) == XPOS_VB ||
                          (xpos(doc, k) == XPOS_TO &&
                           (xpos(doc, verb) == XPOS_NN || xpos(doc, verb) == XPOS_JJ ||
                            xpos(doc, verb) == XPOS_VBP));
            return verbal ? verb : NO_HEAD;
        }
        /* "The deadline is approaching |for| troops to leave" */
        over_verbs &= !word_is(doc, k, "for");
        if ((word_finite(doc, k) && !over_verbs) || word_among(doc, k, " that , ; : . \" ") ||
            xpos(doc, k) == XPOS_VB)
            break;
    }
    return NO_HEAD;
}

/* "ordered |Khan| to leave": the words between the verb and its "to". */
static struct range object_between(const struct document *doc, uint32_t word, uint32_t verb)
{
    struct range r = {word + 1, verb};
    while (r.end > r.first && !word_is(doc, r.end - 1, "to"))
        r.end--;
    if (r.end > r.first)
        r.end--;
    while (r.end > r.first && word_is(doc, r.end - 1, "not"))
        r.end--;
    while (!range_empty(r) &&
           (word_among(doc, r.first, " for ") || doc->tokens.at[r.first].upos == UPOS_ADV))
        r.first++;
    return r;
}

/* "deadline |for U.S. troops| to leave". */
static struct range for_between(const struct document *doc, uint32_t word, uint32_t verb)
{
    for (uint32_t i = word + 1; i + 1 < verb; i++)
        if (word_is(doc, i, "for"))
            return object_between(doc, i, verb);
    for (uint32_t i = word + 1; i + 1 < verb; i++)
        if (word_among(doc, i, " of by "))
            return object_between(doc, i, verb);
    return nothing;
}

/* "Russia's plan", "its plan", "announced plans", "plans are", else nothing. */
static struct range holder_of_noun(const struct document *doc, uint32_t noun)
{
    uint32_t floor = words_near(doc, noun).first;
    uint32_t i = noun;

    for (; i > floor && noun - i < 6; i--) {
        if (xpos(doc, i - 1) == XPOS_PRPS)
            return (struct range){i - 1, i};
        if (word_among(doc, i - 1, " 's ' "))
            return clause_phrase_before(doc, floor, i - 1);
        if (word_verb(doc, i - 1) && xpos(doc, i - 1) != XPOS_VBN && xpos(doc, i - 1) != XPOS_VBG)
            break;
        if (xpos(doc, i - 1) == XPOS_TO || doc->tokens.at[i - 1].upos == UPOS_PUNCT)
            return nothing;
    }
    return i > floor && word_verb(doc, i - 1) ? clause_subject(doc, i - 1) : nothing;
}

/* Widens the trigger over what makes it: "are expected to", "stand ready", "has refused". */
static struct range trigger_words(const struct document *doc, uint32_t word, uint32_t verb)
{
    struct range r = {clause_group_start(doc, word), word + 1};
    uint32_t floor = words_near(doc, word).first;

    if (r.first == word && word > floor && word_among(doc, word - 1, " stand stands stood "))
        r.first--;
    if (verb == word + 2)
        r.end = verb;
    if (r.end - r.first > 6)
        r.first = word;
    return r;
}

static void find_infinitive(struct search *f, uint32_t i, enum trigger_kind kind,
                            const struct wordlist_row *row)
{
    const struct document *doc = f->doc;
    struct candidate c = {.kind = kind, .frame = FRAME_INF, .word = i, .type = type_of(row)};
    c.negative = row_says(row, 2, "negative");
    bool not_to = false;
    uint32_t verb =
        infinitive_behind(doc, i, kind == TRIGGER_NOUN && has_frame(row, "for"), &not_to);

    if (verb == NO_HEAD)
        return;
    c.negative |=
        not_to || negated_before(doc, kind == TRIGGER_NOUN ? i : clause_group_start(doc, i));
    c.trigger = kind == TRIGGER_NOUN ? (struct range){i, i + 1} : trigger_words(doc, i, verb);
    c.action = clause_action(doc, verb, f->scene->dates);
    c.passive = passive_action(doc, c.action);
    struct range object = object_between(doc, i, verb);
    bool order = c.type == COMMITMENT_OBLIGATION ||
                 (kind == TRIGGER_VERB && word_among(doc, i, " invited invites "));
    if (kind == TRIGGER_NOUN) {
        c.subject = for_between(doc, i, verb);
        if (range_empty(c.subject))
            c.subject = holder_of_noun(doc, i);
    } else if (order && kind == TRIGGER_VERB && !clause_passive(doc, i)) {
        c.controlled = true;
        c.subject = object;
    } else {
        c.subject = clause_subject(doc, i);
    }
    if (put(f, c))
        put_joined(f, c);
}

static bool begins_phrase(const struct document *doc, uint32_t i)
{
    const struct token *t = &doc->tokens.at[i];
    return t->upos == UPOS_DET || t->upos == UPOS_NOUN || t->upos == UPOS_PROPN ||
           t->upos == UPOS_ADJ || t->upos == UPOS_NUM || t->xpos == XPOS_PRPS ||
           t->upos == UPOS_SYM || t->xpos == XPOS_VBG;
}

/* "pledged |$5 million|", "committed to |peace|", "agreement on |trade|". */
static bool find_phrase(struct search *f, uint32_t i, enum trigger_kind kind,
                        const struct wordlist_row *row)
{
    const struct document *doc = f->doc;
    uint32_t end = words_near(doc, i).end;
    uint32_t at = i + 1;
    struct candidate c = {.kind = kind, .frame = FRAME_OBJ, .word = i, .type = type_of(row)};

    if (at >= end)
        return false;
    if (!(kind == TRIGGER_VERB && has_frame(row, "obj") && begins_phrase(doc, at))) {
        /* "an agreement |with Sukhoi| for …" */
        if (kind == TRIGGER_NOUN && word_among(doc, at, " with from ") && at + 1 < end) {
            uint32_t behind = clause_phrase_at(doc, at + 1, end).end;
            if (behind < end && word_is(doc, behind, "for"))
                at = behind;
        }
        static const char *const joints[] = {"of", "for", "on", "to", "from", "at"};
        bool joint = false;
        for (unsigned k = 0; k < sizeof(joints) / sizeof(*joints); k++)
            joint |= word_is(doc, at, joints[k]) && has_frame(row, joints[k]);
        if (!joint || ++at >= end || !begins_phrase(doc, at))
            return false;
        c.frame = FRAME_PHRASE;
    }
    /* A noun that is a trigger itself speaks for the phrase: "announced |plans| to cut". */
    struct range object = clause_phrase_at(doc, at, end);
    for (uint32_t k = object.first; k < object.end; k++)
        if (row_of(doc, k, "noun") && doc->tokens.at[k].upos == UPOS_NOUN)
            return false;
    c.negative = row_says(row, 2, "negative");
    c.action = clause_action(doc, at, f->scene->dates);
    c.trigger = kind == TRIGGER_NOUN ? (struct range){i, i + 1} : trigger_words(doc, i, i);
    c.subject = kind == TRIGGER_NOUN ? holder_of_noun(doc, i) : clause_subject(doc, i);
    return put(f, c) != NULL;
}

/* The first date that ends behind byte `at`. */
static uint32_t date_index(const struct dates *dates, uint32_t at)
{
    uint32_t low = 0, high = dates->count;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (dates->at[mid].span.end <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool date_near(const struct search *f, struct range r)
{
    const struct dates *dates = f->scene->dates;
    struct span s = words_span(f->doc, r);
    uint32_t d = date_index(dates, s.start);

    return d < dates->count && dates->at[d].span.start < s.end;
}

/* "|First flight| is scheduled for March", "the |elections| scheduled for May". */
static void find_event(struct search *f, uint32_t i, enum trigger_kind kind,
                       const struct wordlist_row *row)
{
    const struct document *doc = f->doc;
    uint32_t end = words_near(doc, i).end;
    struct range behind = {i + 1, i + 8 < end ? i + 8 : end};
    struct candidate c = {.kind = kind, .frame = FRAME_EVENT, .word = i, .type = type_of(row)};

    if (range_empty(behind) || !date_near(f, behind) ||
        !word_among(doc, i + 1,
                    " for in on at to by "
                    "until this next later "
                    "early "))
        return;
    bool bare = xpos(doc, i) == XPOS_VBN && !clause_passive(doc, i) &&
                i > words_near(doc, i).first && (word_noun(doc, i - 1) || word_is(doc, i - 1, ","));
    uint32_t floor = words_near(doc, i).first;
    c.subject = bare ? clause_phrase_before(doc, floor, word_is(doc, i - 1, ",") ? i - 1 : i)
                     : clause_subject(doc, i);
    if (range_empty(c.subject))
        return;
    uint32_t noun = i + 2;
    if (word_is(doc, i + 1, "for") && noun < end && word_noun(doc, noun) &&
        !date_near(f, (struct range){noun, noun + 1}))
        c.action = (struct range){noun, noun + 1};
    else
        c.action = c.subject;
    while (c.action.end - c.action.first > 1 && doc->tokens.at[c.action.first].upos == UPOS_DET)
        c.action.first++;
    c.trigger = trigger_words(doc, i, i);
    c.passive = true;
    put(f, c);
}

/* "is to |leave|", "were to". */
static void find_be_to(struct search *f, uint32_t i)
{
    const struct document *doc = f->doc;
    uint32_t end = words_near(doc, i).end;
    struct candidate c = {
        .kind = TRIGGER_BE_TO, .frame = FRAME_INF, .word = i, .type = COMMITMENT_PLAN};
    uint32_t to = i + 1;

    while (to < end && doc->tokens.at[to].upos == UPOS_ADV)
        to++;
    if (to + 1 >= end || xpos(doc, to) != XPOS_TO || xpos(doc, to + 1) != XPOS_VB)
        return;
    c.negative = to > i + 1 && word_among(doc, to - 1, " not n't ");
    c.trigger = (struct range){i, to + 1};
    c.action = clause_action(doc, to + 1, f->scene->dates);
    c.passive = passive_action(doc, c.action);
    c.subject = clause_subject(doc, i);
    if (put(f, c))
        put_joined(f, c);
}

/* "has to |leave|". */
static void find_have_to(struct search *f, uint32_t i)
{
    const struct document *doc = f->doc;
    uint32_t end = words_near(doc, i).end;

    if (i + 2 >= end || !word_is(doc, i + 1, "to") || xpos(doc, i + 2) != XPOS_VB ||
        (i > 0 && doc->tokens.at[i - 1].xpos == XPOS_MD))
        return;
    struct candidate c = {.kind = TRIGGER_MODAL,
                          .frame = FRAME_INF,
                          .word = i,
                          .type = COMMITMENT_OBLIGATION,
                          .trigger = {i, i + 2}};
    c.action = clause_action(doc, i + 2, f->scene->dates);
    c.subject = clause_subject(doc, i);
    put(f, c);
}

static void find_content(struct search *f, uint32_t i, enum trigger_kind kind)
{
    const struct wordlist_row *row = row_of(f->doc, i, trigger_kind_names[kind]);
    uint32_t before = f->count;

    if (!row)
        return;
    if (has_frame(row, "inf"))
        find_infinitive(f, i, kind, row);
    if (f->count == before && has_frame(row, "event"))
        find_event(f, i, kind, row);
    if (f->count == before)
        find_phrase(f, i, kind, row);
}

/* "a system, |to be| released in May". */
static void find_to_be(struct search *f, uint32_t i)
{
    const struct document *doc = f->doc;
    uint32_t end = words_near(doc, i).end;
    uint32_t floor = words_near(doc, i).first;

    if (i + 2 >= end || i == floor || !word_is(doc, i + 1, "be") || xpos(doc, i + 2) != XPOS_VBN ||
        !(word_is(doc, i - 1, ",") || word_noun(doc, i - 1)))
        return;
    struct candidate c = {.kind = TRIGGER_BE_TO,
                          .frame = FRAME_PHRASE,
                          .word = i,
                          .type = COMMITMENT_PLAN,
                          .trigger = {i, i + 2},
                          .passive = true};
    c.action = clause_action(doc, i + 2, f->scene->dates);
    c.subject = clause_phrase_before(doc, floor, word_is(doc, i - 1, ",") ? i - 1 : i);
    put(f, c);
}

/* "has 60 days |to respond|". */
static void find_days_to(struct search *f, uint32_t i)
{
    const struct document *doc = f->doc;
    uint32_t end = words_near(doc, i).end;

    if (i + 4 >= end || doc->tokens.at[i + 1].upos != UPOS_NUM ||
        !word_among(doc, i + 2, " days weeks months hours years day week month ") ||
        !word_is(doc, i + 3, "to") || xpos(doc, i + 4) != XPOS_VB)
        return;
    struct candidate c = {.kind = TRIGGER_MODAL,
                          .frame = FRAME_PHRASE,
                          .word = i,
                          .type = COMMITMENT_OBLIGATION,
                          .trigger = {i, i + 3}};
    c.action = clause_action(doc, i + 4, f->scene->dates);
    c.subject = clause_subject(doc, i);
    put(f, c);
}

static bool is_lemma(const struct document *doc, uint32_t i, const char *lemma)
{
    return text_is(word_lemma(doc, i), lemma);
}

static void find_verb(struct search *f, uint32_t i)
{
    const struct document *doc = f->doc;
    uint32_t before = f->count;

    if (xpos(doc, i) == XPOS_MD) {
        const struct wordlist_row *row = row_of(doc, i, "modal");
        if (row)
            find_modal(f, i, row);
    } else if (is_lemma(doc, i, "be")) {
        if (word_finite(doc, i))
            find_be_to(f, i);
    } else if (is_lemma(doc, i, "have")) {
        find_have_to(f, i);
        find_days_to(f, i);
    } else {
        find_content(f, i, TRIGGER_VERB);
        if (f->count == before && xpos(doc, i) == XPOS_VBN)
            find_content(f, i, TRIGGER_ADJ);
    }
}

/* True if the last candidate found has already taken the words at `i`. */
static bool inside_last(const struct search *f, uint32_t i)
{
    return f->count && f->at[f->count - 1].trigger.first <= i &&
           i <= f->at[f->count - 1].action.first;
}

static void find_at(struct search *f, uint32_t i)
{
    uint8_t upos = f->doc->tokens.at[i].upos;

    if (upos == UPOS_AUX || upos == UPOS_VERB)
        find_verb(f, i);
    else if (upos == UPOS_ADJ)
        find_content(f, i, TRIGGER_ADJ);
    else if (upos == UPOS_NOUN)
        find_content(f, i, TRIGGER_NOUN);
    else if (xpos(f->doc, i) == XPOS_TO && !inside_last(f, i))
        find_to_be(f, i);
}

enum err triggers_find(const struct scene *s, struct candidates *out)
{
    const struct document *doc = s->doc;
    uint32_t room =
        3 * (size_t)doc->tokens.count < CANDIDATES_MAX ? 3 * doc->tokens.count + 1 : CANDIDATES_MAX;
    struct search f = {.scene = s, .doc = doc, .at = ARENA_ARRAY(s->arena, struct candidate, room)};

    if (!f.at)
        return ERR_NO_MEMORY;
    for (uint32_t n = 0; n < doc->sentences.count; n++) {
        if (doc->paragraphs.at[doc->sentences.at[n].paragraph].kind != PARAGRAPH_BODY)
            continue;
        struct range in = words_of_sentence(doc, n);
        for (uint32_t i = in.first; i < in.end && f.count < room; i++)
            find_at(&f, i);
    }
    *out = (struct candidates){f.at, f.count};
    return ERR_OK;
}
