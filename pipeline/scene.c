#include "pipeline/scene.h"

#include "pipeline/clause.h"

void found_add(struct found *f, uint32_t actor)
{
    if (actor != NO_ACTOR && f->count < FOUND_MAX && !found_has(f, actor))
        f->at[f->count++] = actor;
}

bool found_has(const struct found *f, uint32_t actor)
{
    for (uint32_t i = 0; i < f->count; i++)
        if (f->at[i] == actor)
            return true;
    return false;
}

static void place_actor(const struct scene *s, uint32_t actor, uint32_t *at, uint32_t *length)
{
    const struct tokens *t = &s->doc->tokens;

    for (uint32_t m = 0; m < s->actors->at[actor].mention_count; m++) {
        struct span span = s->actors->at[actor].mentions[m].span;
        for (uint32_t i = token_ending_after(s->doc, span.start);
             i < t->count && t->at[i].span.start < span.end; i++)
            if (span.end - span.start > length[i]) {
                at[i] = actor;
                length[i] = span.end - span.start;
            }
    }
}

static void place_actors(struct scene *s, uint32_t *length)
{
    for (uint32_t i = 0; i < s->doc->tokens.count; i++)
        s->actor_at[i] = s->doubtful_at[i] = NO_ACTOR;
    for (uint32_t a = 0; a < s->actors->count; a++)
        place_actor(s, a, s->actors->at[a].doubtful ? s->doubtful_at : s->actor_at, length);
}

/* Straight marks open and close in turn, curly ones say which; a paragraph starts anew. */
static void place_quotes(struct scene *s)
{
    const struct document *doc = s->doc;
    uint32_t paragraph = UINT32_MAX;
    bool open = false;

    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        uint32_t in = doc->sentences.at[doc->tokens.at[i].sentence].paragraph;
        if (in != paragraph)
            open = false;
        paragraph = in;
        struct text raw = token_text(doc, i);
        if (word_among(doc, i, " \" `` '' ")) {
            open = text_is(raw, "\xE2\x80\x9C") || text_is(raw, "``")   ? true
                   : text_is(raw, "\xE2\x80\x9D") || text_is(raw, "''") ? false
                                                                        : !open;
            continue;
        }
        s->quoted[i] = open;
    }
}

enum err scene_set(struct arena *a, const struct document *doc, const struct actors *actors,
                   const struct dates *dates, struct scene *out)
{
    struct scene s = {.arena = a, .doc = doc, .actors = actors, .dates = dates};
    uint32_t *length = ARENA_ARRAY(a, uint32_t, doc->tokens.count + 1);

    s.actor_at = ARENA_ARRAY(a, uint32_t, doc->tokens.count + 1);
    s.doubtful_at = ARENA_ARRAY(a, uint32_t, doc->tokens.count + 1);
    s.quoted = ARENA_ARRAY(a, bool, doc->tokens.count + 1);
    s.sex = ARENA_ARRAY(a, enum sex, actors->count + 1);
    if (!length || !s.sex || !s.actor_at || !s.doubtful_at || !s.quoted)
        return ERR_NO_MEMORY;
    place_actors(&s, length);
    sexes_of_persons(doc, actors, s.actor_at, s.sex);
    place_quotes(&s);
    *out = s;
    return ERR_OK;
}

static enum actor_type type_of(const struct scene *s, uint32_t actor)
{
    return s->actors->at[actor].type;
}

uint32_t scene_main(const struct scene *s, enum actor_type type)
{
    for (uint32_t i = 0; i < s->actors->count; i++)
        if (type_of(s, i) == type)
            return i;
    return NO_ACTOR;
}

uint32_t scene_side(const struct scene *s, uint32_t actor)
{
    if (actor == NO_ACTOR)
        return NO_ACTOR;
    const struct actor *a = &s->actors->at[actor];
    return a->type == ACTOR_PERSON && a->affiliation != NO_ACTOR ? a->affiliation : actor;
}

uint32_t scene_last_of(const struct scene *s, uint32_t i, enum actor_type type)
{
    uint32_t stop = i > SCENE_BACK_MAX ? i - SCENE_BACK_MAX : 0;

    for (uint32_t k = i; k > stop; k--)
        if (s->actor_at[k - 1] != NO_ACTOR && type_of(s, s->actor_at[k - 1]) == type)
            return s->actor_at[k - 1];
    return NO_ACTOR;
}

/* "the president", "the minister": the person with that office last spoken of. */
static uint32_t meant_by_office(const struct scene *s, uint32_t head)
{
    struct text word = s->doc->tokens.at[head].norm;
    uint32_t stop = head > SCENE_BACK_MAX ? head - SCENE_BACK_MAX : 0;

    for (uint32_t k = head; k > stop; k--) {
        uint32_t actor = s->actor_at[k - 1];
        if (actor == NO_ACTOR || !s->actors->at[actor].role.bytes)
            continue;
        struct text role = s->actors->at[actor].role;
        if (role.len >= word.len &&
            strncasecmp(role.bytes + role.len - word.len, word.bytes, word.len) == 0)
            return actor;
    }
    return NO_ACTOR;
}

static uint32_t last_or_main_country(const struct scene *s, uint32_t i)
{
    uint32_t best = scene_last_of(s, i, ACTOR_COUNTRY);

    return best == NO_ACTOR ? scene_main(s, ACTOR_COUNTRY) : best;
}

static bool names_body(const struct document *doc, uint32_t i)
{
    return word_among(doc, i,
                      " company firm airline bank ministry agency commission committee group "
                      "party court union club team organization organisation association "
                      "council board department army police network university carrier "
                      "manufacturer automaker carmaker maker corporation foundation studio "
                      "publisher developer institute newspaper body regulator ");
}

/* Whether the name at `first` fills its aside: ", |Volta Motors|, is"; in a list "and" follows. */
static bool fills_aside(const struct scene *s, uint32_t first, uint32_t stop)
{
    const struct document *doc = s->doc;
    uint32_t i = first;

    while (i < stop && s->actor_at[i] == s->actor_at[first] && !word_is(doc, i, ","))
        i++;
    return i + 1 < stop && word_is(doc, i, ",") && !word_among(doc, i + 1, " and or , ");
}

/* "their leader, |Karin Moe|, threatened": whom the aside behind a person's office names. "Norland
 * Motors' main rival, |Volta Motors|, plans": likewise behind any noun, if it only names. */
static uint32_t meant_by_aside(const struct scene *s, uint32_t head, uint32_t end)
{
    const struct document *doc = s->doc;
    uint32_t stop = words_around(doc, head).end;

    if (end + 1 >= stop || !word_is(doc, end, ",") || s->actor_at[end + 1] == NO_ACTOR)
        return NO_ACTOR;
    uint32_t actor = s->actor_at[end + 1];
    bool person = type_of(s, actor) == ACTOR_PERSON;
    bool known = person ? word_row(doc, head, &wordlist_roles) != NULL
                        : word_noun(doc, head) && fills_aside(s, end + 1, stop);
    return known ? actor : NO_ACTOR;
}

/* "the city of |Nordhaven|", "the government of |Peru|": who governs is known by the place. */
static uint32_t governed_place(const struct scene *s, uint32_t head)
{
    const struct document *doc = s->doc;

    if (head + 2 >= words_around(doc, head).end || !word_is(doc, head + 1, "of") ||
        !word_row(doc, head, &wordlist_government_nouns))
        return NO_ACTOR;
    return s->actor_at[head + 2] != NO_ACTOR ? s->actor_at[head + 2] : s->doubtful_at[head + 2];
}

static bool says(const struct document *doc, uint32_t i)
{
    return word_row(doc, i, &wordlist_reporting_verbs) &&
           (word_finite(doc, i) ||
            (doc->tokens.at[i].xpos == XPOS_VBN && !clause_passive(doc, i)) ||
            word_among(doc, i, " adding saying stating announcing noting "));
}

struct range scene_sayer(const struct document *doc, uint32_t verb)
{
    struct range in = words_near(doc, verb);
    struct range subject = clause_subject(doc, verb);
    bool inverted =
        verb > in.first && word_among(doc, verb - 1, " , \" '' ") && verb + 1 < in.end &&
        (word_noun(doc, verb + 1) || doc->tokens.at[verb + 1].upos == UPOS_DET ||
         doc->tokens.at[verb + 1].upos == UPOS_ADJ || doc->tokens.at[verb + 1].name != NAME_NONE);

    return inverted ? clause_phrase_at(doc, verb + 1, in.end) : subject;
}

/* "Both", "the two companies", "the parties": the two who were last named in one sentence, neither
 * of them a person. */
static struct found meant_by_two(const struct scene *s, struct range phrase)
{
    const struct document *doc = s->doc;
    struct found two = {.count = 0};
    bool both = false, noun = false;

    for (uint32_t i = phrase.first; i < phrase.end; i++) {
        both |= word_among(doc, i, " both two ") || (i == phrase.first && word_is(doc, i, "the"));
        noun |= word_among(doc, i, " parties sides companies countries nations governments both ");
        if (s->actor_at[i] != NO_ACTOR && type_of(s, s->actor_at[i]) != ACTOR_GROUP)
            return two;
    }
    bool joint = both && noun;
    uint32_t sentence = doc->tokens.at[phrase.first].sentence;
    uint32_t stop = sentence > 4 ? sentence - 4 : 0;
    for (uint32_t n = sentence + 1; joint && n > stop; n--, two.count = 0) {
        struct range in = words_of_sentence(doc, n - 1);
        for (uint32_t i = in.first; i < in.end && i - in.first < WORDS_NEAR_MAX; i++) {
            uint32_t actor = i < phrase.first ? s->actor_at[i] : NO_ACTOR;
            bool body = actor != NO_ACTOR && type_of(s, actor) != ACTOR_PERSON &&
                        type_of(s, actor) != ACTOR_GROUP;
            if (body && two.count < 2)
                found_add(&two, actor);
        }
        if (two.count == 2)
            return two;
    }
    return two;
}

/* "talks between |Peru|": a party to what is held or made by two, though it does nothing else. */
static uint32_t party_between(const struct scene *s, struct range part, uint32_t head)
{
    const struct document *doc = s->doc;

    if (head + 2 >= part.end || !word_is(doc, head + 1, "between") ||
        !word_among(doc, head,
                    " talks negotiations discussions consultations meeting meetings summit "
                    "agreement accord deal treaty pact contract partnership truce ceasefire "))
        return NO_ACTOR;
    for (uint32_t i = head + 2; i < part.end; i++)
        if (s->doubtful_at[i] != NO_ACTOR)
            return s->doubtful_at[i];
    return NO_ACTOR;
}

/* One part of a joint phrase. */
static void meant_by_part(const struct scene *s, struct range part, uint32_t speaker,
                          struct found *out)
{
    const struct document *doc = s->doc;
    uint32_t head = clause_head(doc, part);
    uint32_t before = out->count;

    if (s->actor_at[head] != NO_ACTOR) {
        found_add(out, s->actor_at[head]);
        return;
    }
    if (s->doubtful_at[head] != NO_ACTOR) {
        found_add(out, s->doubtful_at[head]);
        return;
    }
    if (doc->tokens.at[head].upos == UPOS_PRON) {
        found_add(out, scene_pronoun(s, head, speaker));
        return;
    }
    uint32_t named = meant_by_aside(s, head, part.end);
    if (named == NO_ACTOR)
        named = governed_place(s, head);
    if (named != NO_ACTOR) {
        found_add(out, named);
        return;
    }
    /* "Chelyabinsk's governor" is the governor, if the text names one. */
    bool office = row_says(word_row(doc, head, &wordlist_roles), 0, "head");
    if (office)
        found_add(out, meant_by_office(s, head));
    for (uint32_t i = part.first; i < part.end && out->count == before; i++)
        if (s->actor_at[i] != NO_ACTOR) {
            found_add(out, s->actor_at[i]);
            return;
        }
    found_add(out, party_between(s, part, head));
    if (office)
        return;
    if (word_among(doc, head, " government country nation state administration "))
        found_add(out, last_or_main_country(s, head));
    else if (names_body(doc, head))
        found_add(out, scene_last_of(s, head, ACTOR_ORGANISATION));
    for (uint32_t i = part.first; i < part.end && out->count == before; i++)
        if (doc->tokens.at[i].xpos == XPOS_PRPS)
            found_add(out, scene_pronoun(s, i, speaker));
}

/* Whom the heads of the phrase mean, each by itself. */
static struct found meant_by_parts(const struct scene *s, struct range phrase, uint32_t speaker)
{
    struct found out = {.count = 0};
    uint32_t start = phrase.first;

    for (uint32_t i = phrase.first; i <= phrase.end; i++) {
        bool joint = i < phrase.end && word_among(s->doc, i, " and or , ") &&
                     (s->actor_at[i] == NO_ACTOR || word_is(s->doc, i, ","));
        if (!joint && i < phrase.end)
            continue;
        if (i > start)
            meant_by_part(s, (struct range){start, i}, speaker, &out);
        start = i + 1;
    }
    return out;
}

uint32_t scene_saying(const struct scene *s, uint32_t i)
{
    const struct document *doc = s->doc;
    struct range in = words_near(doc, i);

    for (uint32_t k = i; k > in.first; k--)
        if (says(doc, k - 1) && s->quoted[k - 1] <= s->quoted[i])
            return k - 1;
    for (uint32_t k = i + 1; k < in.end; k++)
        if (says(doc, k) && !s->quoted[k]) {
            /* "… , he said": a comma or quote before its subject, and little behind it. */
            struct range who = scene_sayer(doc, k);
            uint32_t first = range_empty(who) || who.first > k ? k : who.first;
            if (first > in.first && word_among(doc, first - 1, " , \" '' "))
                return k;
        }
    return NO_HEAD;
}

/* "Roy and Diaz said |they| will": all who speak, where they are more than one. */
static struct found meant_by_they(const struct scene *s, struct range phrase, uint32_t speaker)
{
    uint32_t i = phrase.first, verb = NO_HEAD;

    if (phrase.end == i + 1 && speaker != NO_ACTOR && !s->quoted[i] &&
        word_among(s->doc, i, " they both "))
        verb = scene_saying(s, i);
    return verb == NO_HEAD ? (struct found){.count = 0}
                           : meant_by_parts(s, scene_sayer(s->doc, verb), NO_ACTOR);
}

struct found scene_meant(const struct scene *s, struct range phrase, uint32_t speaker)
{
    struct found all = meant_by_they(s, phrase, speaker);
    if (all.count < 2)
        all = meant_by_two(s, phrase);
    return all.count > 1 ? all : meant_by_parts(s, phrase, speaker);
}

static uint32_t first_of(struct found f)
{
    return f.count ? f.at[0] : NO_ACTOR;
}

static uint32_t speaker_of_verb(const struct scene *s, uint32_t verb)
{
    struct range who = scene_sayer(s->doc, verb);
    if (range_empty(who))
        return NO_ACTOR;
    /* Part of it is enough: "Lavrov and his spokesman said". */
    return first_of(scene_meant(s, who, NO_ACTOR));
}

/* "According to X, …", "…, according to X". */
static uint32_t speaker_according(const struct scene *s, uint32_t i)
{
    struct range in = words_near(s->doc, i);

    for (uint32_t k = in.first; k + 2 < in.end; k++)
        if (word_is(s->doc, k, "according") && word_is(s->doc, k + 1, "to")) {
            struct range who = clause_phrase_at(s->doc, k + 2, in.end);
            return range_empty(who) ? NO_ACTOR : first_of(scene_meant(s, who, NO_ACTOR));
        }
    return NO_ACTOR;
}

/* A quotation without "said" in its own sentence: who speaks next to it. */
static uint32_t speaker_near(const struct scene *s, uint32_t sentence)
{
    const struct document *doc = s->doc;
    uint32_t paragraph = doc->sentences.at[sentence].paragraph;
    uint32_t from = sentence > 4 ? sentence - 4 : 0;

    for (uint32_t k = sentence; k > from; k--) {
        struct range in = words_of_sentence(doc, k - 1);
        for (uint32_t i = in.end; i > in.first && in.end - i < WORDS_NEAR_MAX; i--)
            if (says(doc, i - 1) && !s->quoted[i - 1])
                return speaker_of_verb(s, i - 1);
        if (doc->sentences.at[k - 1].paragraph + 1 < paragraph)
            break;
    }
    if (sentence + 1 < doc->sentences.count &&
        doc->sentences.at[sentence + 1].paragraph == paragraph) {
        struct range in = words_of_sentence(doc, sentence + 1);
        for (uint32_t i = in.first; i < in.end && i - in.first < WORDS_NEAR_MAX; i++)
            if (says(doc, i) && !s->quoted[i])
                return speaker_of_verb(s, i);
    }
    return NO_ACTOR;
}

uint32_t scene_speaker(const struct scene *s, uint32_t i)
{
    uint32_t verb = scene_saying(s, i);
    uint32_t who = verb == NO_HEAD ? speaker_according(s, i) : speaker_of_verb(s, verb);

    if (who == NO_ACTOR && s->quoted[i])
        who = speaker_near(s, s->doc->tokens.at[i].sentence);
    return who;
}
