#include "training/naming.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

#include "pipeline/lexis.h"
#include "pipeline/name_rules.h"
#include "pipeline/tags.h"

enum { HELD_OUT_OF = 10, RARE_BELOW = 2, MARGIN = 30, SENTENCE_BYTES_MAX = 1 << 16 };

/* The label kinds of the corpora (ner/README.md tells what stands behind them). */
static const struct {
    const char *label;
    enum name_class class;
} schemes[] = {
    {"PER", NAME_PERSON}, {"ORG", NAME_ORGANISATION}, {"LOC", NAME_PLACE},
    {"GPE", NAME_PLACE},  {"NORP", NAME_NATIONALITY}, {"MISC", NAME_OTHER},
    {"WORK", NAME_OTHER}, {"EVENT", NAME_OTHER},      {"PROD", NAME_OTHER},
};

static enum name_class class_of_label(struct text label)
{
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
        if (label.len > 2 &&
            text_is((struct text){label.bytes + 2, label.len - 2}, schemes[i].label))
            return schemes[i].class;
    return NAME_NONE;
}

/* "Secretary", and inside the title's phrase also "of" and "State". */
static bool is_title(const struct document *doc, uint32_t i)
{
    const struct wordlist_row *row = word_row(doc, i, &wordlist_roles);
    return (row != NULL && !row_says(row, 0, "past")) ||
           !(doc->tokens.at[i].shape & SHAPE_FIRST_UPPER);
}

/* "Secretary of State John Kerry" is John Kerry here, and a "President" alone is no name. */
static void take_titles_off(struct name_corpus *c)
{
    const struct document *doc = &c->bio.doc;
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        if (!c->begins[i] || c->class[i] != NAME_PERSON || !is_title(doc, i))
            continue;
        c->begins[i] = false;
        c->class[i] = NAME_NONE;
        if (i + 1 < doc->tokens.count && c->class[i + 1] == NAME_PERSON)
            c->begins[i + 1] = true;
    }
}

static bool is_demonym(const struct document *doc, uint32_t i)
{
    const struct wordlist_row *row = word_row(doc, i, &wordlist_countries);
    return (doc->tokens.at[i].shape & SHAPE_FIRST_UPPER) &&
           (row_says(row, 2, "adjective") || row_says(row, 2, "people"));
}

/* A corpus that has no label for nationalities leaves them outside; one that has is believed. */
static void read_labels(struct name_corpus *c)
{
    const struct document *doc = &c->bio.doc;
    bool has_nationalities = c->source == SOURCE_NEWS;
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        struct text label = c->bio.labels[i];
        c->class[i] = (uint8_t)class_of_label(label);
        c->begins[i] = c->class[i] != NAME_NONE && label.bytes[0] == 'B';
        bool unnamed = c->class[i] == NAME_NONE || c->class[i] == NAME_OTHER;
        if (!has_nationalities && unnamed && is_demonym(doc, i)) {
            c->class[i] = NAME_NATIONALITY;
            c->begins[i] = true;
        }
    }
    take_titles_off(c);
}

/* The SHA-256 of the sentence, read as one number, is a multiple of HELD_OUT_OF. */
static bool is_held_out(const struct document *doc, const struct sentence *s)
{
    struct text t = text_slice(doc->text, s->span);
    uint8_t digest[EVP_MAX_MD_SIZE];
    unsigned size = 0, rest = 0;
    if (EVP_Digest(t.bytes, t.len, digest, &size, EVP_sha256(), NULL) != 1)
        abort(); /* a split by something else would train on what is held out */
    for (unsigned i = 0; i < size; i++)
        rest = (rest * 256 + digest[i]) % HELD_OUT_OF;
    return rest == 0;
}

static void keep_part(struct document *doc, enum name_part part)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        bool held_out = is_held_out(doc, &doc->sentences.at[i]);
        if (part == NAME_PART_ALL || held_out == (part == NAME_PART_HELD_OUT))
            doc->sentences.at[kept++] = doc->sentences.at[i];
    }
    doc->sentences.count = kept;
}

/* These corpora are loose sentences, so each is a text of its own. */
static void mark_alone(struct arena *a, struct document *doc, const struct sentence *s,
                       enum err (*mark)(struct arena *, struct document *))
{
    struct sentence own = {s->span, 0, 0, s->token_count};
    struct paragraph around = {s->span, PARAGRAPH_BODY};
    struct document one = {.text = doc->text, .words = doc->words + s->first_token};
    one.paragraphs = (struct paragraphs){&around, 1};
    one.sentences = (struct sentences){&own, 1};
    one.tokens = (struct tokens){doc->tokens.at + s->first_token, s->token_count};
    for (uint32_t i = 0; i < s->token_count; i++) {
        one.tokens.at[i].sentence = 0;
        one.tokens.at[i].name = NAME_NONE;
        one.tokens.at[i].name_begins = false;
    }
    must_succeed(mark(a, &one));
    for (uint32_t i = 0; i < s->token_count; i++)
        one.tokens.at[i].sentence = (uint32_t)(s - doc->sentences.at);
}

void name_corpus_mark(struct arena *a, struct name_corpus *c,
                      enum err (*mark)(struct arena *, struct document *))
{
    for (uint32_t i = 0; i < c->bio.doc.sentences.count; i++)
        mark_alone(a, &c->bio.doc, &c->bio.doc.sentences.at[i], mark);
}

void name_corpus_read(struct arena *a, const char *path, enum name_source source,
                      enum name_part part, struct name_corpus *out)
{
    struct lexicon lexicon = weights_embedded(WEIGHTS_WORDS).lexicon;
    struct document *doc = &out->bio.doc;

    bio_read(a, path, &out->bio);
    out->source = source;
    out->class = must_have(ARENA_ARRAY(a, uint8_t, doc->tokens.count));
    out->begins = must_have(ARENA_ARRAY(a, bool, doc->tokens.count));
    out->listed = must_have(ARENA_ARRAY(a, uint8_t, doc->tokens.count));
    must_succeed(tags_assign(a, doc));
    must_succeed(words_describe(a, &lexicon, doc));
    name_look_up(doc, out->listed);
    read_labels(out);
    keep_part(doc, part);
    name_corpus_mark(a, out, name_rules_mark);
}

struct trainer {
    struct perceptron model;
    struct class_pair pairs[LINEAR_CLASSES_MAX];
    uint32_t classes;
    bool counting;
};

static void choose_classes(struct trainer *t)
{
    t->pairs[t->classes++] = (struct class_pair){NAME_OUTSIDE, NAME_NONE};
    for (int place = NAME_FIRST; place < NAME_PLACE_COUNT; place++)
        for (int class = NAME_PERSON; class < NAME_CLASS_COUNT; class ++)
            if (class != NAME_COUNTRY)
                t->pairs[t->classes++] = (struct class_pair){(uint8_t)place, (uint8_t) class};
}

static struct class_pair gold_pair(const struct name_corpus *c, const struct sentence *s,
                                   uint32_t at)
{
    uint32_t i = s->first_token + at;
    bool goes_on = at + 1 < s->token_count && c->class[i + 1] == c->class[i] && !c->begins[i + 1];
    if (c->class[i] == NAME_NONE)
        return (struct class_pair){NAME_OUTSIDE, NAME_NONE};
    enum name_place place =
        c->begins[i] ? (goes_on ? NAME_FIRST : NAME_ALONE) : (goes_on ? NAME_INSIDE : NAME_LAST);
    return (struct class_pair){(uint8_t)place, c->class[i]};
}

static uint32_t class_index(const struct trainer *t, struct class_pair pair)
{
    for (uint32_t c = 0; c < t->classes; c++)
        if (t->pairs[c].first == pair.first && t->pairs[c].second == pair.second)
            return c;
    return 0;
}

/* The best class that may follow `before`, as in use. */
static uint32_t choose(const struct trainer *t, const int32_t *scores, uint32_t before, bool last)
{
    struct class_pair from = {NAME_OUTSIDE, NAME_NONE};
    uint32_t best = UINT32_MAX;
    if (before > 0)
        from = t->pairs[before - 1];
    for (uint32_t c = 0; c < t->classes; c++) {
        struct class_pair to = t->pairs[c];
        bool opens = to.first == NAME_FIRST || to.first == NAME_INSIDE;
        if ((last && opens) || !name_follows((enum name_place)from.first, from.second,
                                             (enum name_place)to.first, to.second))
            continue;
        if (best == UINT32_MAX || scores[c] > scores[best])
            best = c;
    }
    return best;
}

/* True if the gold label of token `at` may follow the class that was given to the one before. */
static bool gold_can_follow(const struct trainer *t, const struct name_corpus *corpus,
                            const struct sentence *s, uint32_t at, uint32_t before)
{
    struct class_pair from = t->pairs[before], gold;
    if (at == s->token_count)
        return true;
    gold = gold_pair(corpus, s, at);
    return name_follows((enum name_place)from.first, from.second, (enum name_place)gold.first,
                        gold.second);
}

/* Labels one token, and learns from a mistake. Returns the class given. */
static uint32_t decide(struct trainer *t, const struct name_context *c, uint32_t gold)
{
    int32_t scores[LINEAR_CLASSES_MAX];
    struct rows rows;
    name_features(c, &rows);
    if (t->counting) {
        perceptron_see(&t->model, &rows);
        return gold;
    }
    perceptron_score(&t->model, &rows, scores);
    uint32_t given = choose(t, scores, c->before1, c->at + 1 == c->count);
    scores[gold] -= MARGIN; /* right by less is not right enough yet */
    uint32_t got = choose(t, scores, c->before1, c->at + 1 == c->count);
    if (got != gold) {
        perceptron_add(&t->model, &rows, gold, 1);
        perceptron_add(&t->model, &rows, got, -1);
    }
    t->model.clock++;
    return given;
}

static uint32_t learn(struct trainer *t, const struct name_corpus *corpus, const struct sentence *s)
{
    struct name_context c = {.words = corpus->bio.doc.words + s->first_token,
                             .tokens = corpus->bio.doc.tokens.at + s->first_token,
                             .listed = corpus->listed + s->first_token,
                             .count = s->token_count,
                             .casing = sentence_casing(&corpus->bio.doc, s),
                             .source = corpus->source};
    uint32_t mistakes = 0;

    for (c.at = 0; c.at < c.count; c.at++) {
        uint32_t gold = class_index(t, gold_pair(corpus, s, c.at));
        uint32_t got = decide(t, &c, gold);
        mistakes += got != gold;
        /* Where a mistake would make the next gold label impossible, it is taken back. */
        bool kept = gold_can_follow(t, corpus, s, c.at + 1, got);
        c.before2 = c.before1;
        c.before1 = (kept ? got : gold) + 1;
    }
    return mistakes;
}

struct order {
    uint32_t corpus, sentence;
};

static void shuffle(struct order *at, uint32_t count, struct chance *chance)
{
    for (uint32_t i = count; i > 1; i--) {
        uint32_t j = chance_below(chance, i);
        struct order swapped = at[i - 1];
        at[i - 1] = at[j];
        at[j] = swapped;
    }
}

static void train_seed(struct trainer *t, const struct name_corpus *corpora, uint32_t count,
                       const struct name_plan *plan, uint32_t seed)
{
    uint32_t sentences = 0;
    struct chance chance = {seed};
    for (uint32_t i = 0; i < count; i++)
        sentences += corpora[i].bio.doc.sentences.count;
    struct order *order = must_have(calloc(sentences, sizeof(*order)));
    uint32_t filled = 0;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t s = 0; s < corpora[i].bio.doc.sentences.count; s++)
            order[filled++] = (struct order){i, s};

    for (uint32_t epoch = 0; epoch <= plan->epochs; epoch++) {
        uint32_t mistakes = 0;
        t->counting = epoch == 0;
        shuffle(order, sentences, &chance);
        for (uint32_t i = 0; i < sentences; i++) {
            const struct name_corpus *c = &corpora[order[i].corpus];
            mistakes += learn(t, c, &c->bio.doc.sentences.at[order[i].sentence]);
        }
        fprintf(stderr, "names: seed %u epoch %u mistakes %u\n", seed, epoch, mistakes);
    }
    free(order);
}

struct text names_train(const struct name_corpus *corpora, uint32_t count,
                        const struct name_plan *plan)
{
    static struct trainer t;
    struct average average;

    t = (struct trainer){.classes = 0};
    choose_classes(&t);
    average_new(&average, plan->table_bits, t.classes);
    for (uint32_t seed = 1; seed <= plan->seeds; seed++) {
        perceptron_new(&t.model, plan->table_bits, t.classes, RARE_BELOW);
        train_seed(&t, corpora, count, plan, seed);
        average_add(&average, &t.model);
        perceptron_free(&t.model);
    }
    struct text file = weights_build(&average, WEIGHTS_NAMES, t.pairs);
    average_free(&average);
    return file;
}
