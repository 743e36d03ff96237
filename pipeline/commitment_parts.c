#include "pipeline/commitment_parts.h"

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

/* "|Farmers| will receive seed", "|Farmers| will be compensated": the subject has it done to him.
 */
static bool subject_receives(const struct document *doc, const struct candidate *c)
{
    const struct wordlist_row *verb = receiver_row(doc, c);

    return !range_empty(c->subject) &&
           (row_lists(verb, 0, "subject") ||
            (c->passive && (row_lists(verb, 0, "object") || row_lists(verb, 0, "target"))));
}

static uint32_t named_before(const struct scene *s, uint32_t i, const struct found *other,
                             bool company)
{
    uint32_t floor = words_near(s->doc, i).first;

    for (uint32_t k = floor; k < i; k++) {
        uint32_t actor = s->actor_at[k];
        if (actor == NO_ACTOR || found_has(other, actor))
            continue;
        enum actor_type type = s->actors->at[actor].type;
        if (type != ACTOR_PERSON && (!company || type == ACTOR_ORGANISATION))
            return actor;
    }
    return NO_ACTOR;
}

/* "The |airline| will fly to Lima": no country can be meant. */
static bool subject_is_company(const struct document *doc, const struct candidate *c)
{
    if (range_empty(c->subject))
        return false;
    uint32_t head = clause_head(doc, c->subject);
    return doc->tokens.at[head].upos == UPOS_NOUN &&
           row_says(word_row(doc, head, &wordlist_organisations), 1, "company");
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
    bool company = subject_is_company(s->doc, c);
    guess = named_before(s, c->action.first, other, company);
    if (guess == NO_ACTOR)
        guess = main_of(s, ACTOR_ORGANISATION, other);
    if (guess == NO_ACTOR && !company)
        guess = main_of(s, ACTOR_COUNTRY, other);
    /* "Karin Moe said |they| will strike": a word that means somebody else than who speaks. */
    bool other_meant =
        !range_empty(c->subject) && s->doc->tokens.at[c->subject.first].upos == UPOS_PRON;
    return guess == NO_ACTOR && p->speaker != NO_ACTOR && !other_meant &&
                   !found_has(other, p->speaker)
               ? p->speaker
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
        bool joined =
            p->receivers.count > before && i + 1 < end && word_among(s->doc, i, " , and or ");
        if (!joined)
            return;
        i++;
        while (i + 1 < end && word_among(s->doc, i, " and or the "))
            i++;
        if (s->actor_at[i] == NO_ACTOR && s->doubtful_at[i] == NO_ACTOR)
            return;
    }
}

static bool is_place(const struct scene *s, uint32_t i)
{
    uint32_t actor = i < s->doc->tokens.count ? s->actor_at[i] : NO_ACTOR;
    return actor != NO_ACTOR && (s->actors->at[actor].type == ACTOR_COUNTRY ||
                                 s->actors->at[actor].type == ACTOR_PLACE_GOVERNMENT);
}

/* The preposition at `i` has whom it is done to behind it: but "fly |to| Peru" does nothing to it.
 */
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

/* "give |farmers| seed": another thing stands behind the one at `head`. */
static bool two_objects(const struct document *doc, uint32_t head, uint32_t end)
{
    for (uint32_t i = head + 1; i < end && i < head + BEHIND_TOKENS_MAX; i++)
        if (doc->tokens.at[i].upos == UPOS_DET || doc->tokens.at[i].upos == UPOS_NUM ||
            doc->tokens.at[i].upos == UPOS_SYM || (i == head + 1 && word_noun(doc, i)))
            return true;
    return false;
}

/* "lend |Ukraine| 9 billion euros": a name in front of a sum is a phrase by itself. */
static struct range name_or_phrase(const struct document *doc, struct range object)
{
    struct range r = {object.first, object.first};

    while (r.end < object.end && doc->tokens.at[r.end].name != NAME_NONE)
        r.end++;
    bool sum = !range_empty(r) && r.end < object.end && doc->tokens.at[r.end].upos == UPOS_NUM;
    return sum ? r : clause_phrase_at(doc, object.first, object.end);
}

/* "help |farmers|", "give |farmers| seed", "help |each other|", "buy |Boeing|'s jets". */
static void read_object(const struct scene *s, const struct candidate *c,
                        const struct wordlist_row *verb, struct parts *p)
{
    const struct document *doc = s->doc;
    uint32_t word = parts_action_word(doc, c->action);
    struct range object = {word + 1, c->action.end};

    if (c->passive || range_empty(object))
        return;
    if (word_among(doc, object.first, " each one ")) {
        for (uint32_t k = 0; k < p->bound.count; k++)
            found_add(&p->receivers, p->bound.at[k]);
    } else if (row_lists(verb, 0, "from")) {
        found_add(&p->receivers, owner_in(s, object));
    } else if (row_lists(verb, 0, "object") || row_lists(verb, 0, "target")) {
        struct range first = name_or_phrase(doc, object);
        if (!row_lists(verb, 0, "to"))
            add_receivers(s, object.first, object.end, true, p);
        else if (!range_empty(first) && two_objects(doc, clause_head(doc, first), object.end))
            add_receivers(s, first.first, first.end, true, p);
    }
}

/* "assured |Peru| that it would", "promised |Peru| to rebuild": to whom the word is given. */
static void read_promised(const struct scene *s, const struct candidate *c, struct parts *p)
{
    const struct document *doc = s->doc;
    uint32_t verb = c->kind == TRIGGER_VERB ? c->word : p->saying;

    if (verb == NO_HEAD || !word_among(doc, verb,
                                       " assure assures assured promise promises "
                                       "promised guaranteed offered "))
        return;
    uint32_t at = verb + 1, end = at;
    while (end < c->action.first && doc->tokens.at[end].xpos != XPOS_PRP)
        end++;
    if (end > at && !clause_passive(doc, verb))
        add_receivers(s, at, end, false, p);
}

/* "send aid |to Pakistan|", "buy gas |from Russia|"; if nobody stands there, the object. */
static void read_receivers(const struct scene *s, const struct candidate *c, struct parts *p)
{
    const struct document *doc = s->doc;
    const struct wordlist_row *verb = receiver_row(doc, c);
    uint32_t before = p->receivers.count;

    for (uint32_t i = parts_action_word(doc, c->action) + 1; i + 1 < c->action.end; i++)
        if (leads_to_receiver(s, i, verb))
            add_receivers(s, i + 1, c->action.end, false, p);
    if (verb && (p->receivers.count == before || !row_lists(verb, 0, "to")))
        read_object(s, c, verb, p);
}

/* "|She| promised to pay", where two may be meant: somebody, and no guess tells who. */
static bool is_he(const struct document *doc, struct range subject)
{
    return subject.end == subject.first + 1 && word_among(doc, subject.first, " he she ");
}

enum err parts_read(const struct scene *s, const struct candidate *c, struct parts *out)
{
    struct parts p = {.speaker = NO_ACTOR, .saying = scene_saying(s, c->word)};

    if (p.saying == c->word || (p.saying != NO_HEAD && range_holds(c->trigger, p.saying)))
        p.saying = NO_HEAD;
    p.speaker = scene_speaker(s, c->word);
    if (trigger_speaks(s->doc, c) && !range_empty(c->subject)) {
        struct found f = scene_meant(s, c->subject, NO_ACTOR);
        if (f.count)
            p.speaker = f.at[0];
    }
    read_bound(s, c, &p);
    read_promised(s, c, &p);
    read_receivers(s, c, &p);
    if (!p.bound.count) {
        p.bound_guessed = true;
        if (!is_he(s->doc, c->subject))
            found_add(&p.bound, guess_bound(s, c, &p));
    }
    p.condition = clause_condition(s->doc, c->word);
    enum err e = due_read(s, c, p.saying, &p.due);
    if (e != ERR_OK)
        return e;
    *out = p;
    return ERR_OK;
}
