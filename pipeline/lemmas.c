#include "pipeline/lemmas.h"

#include "pipeline/wordlist.h"

/* Columns of data/lemmas.tsv. */
enum { NOT_LISTED, AS_VERB, AS_NOUN, AS_ADJECTIVE, AS_OTHER };

struct rule {
    const char *suffix;  /* the form ends in it */
    const char *instead; /* what takes its place */
    uint32_t longer;     /* the form has more bytes than this */
};

/* The first rule that fits decides. "+" leaves the stem to restored(). */
static const struct rule noun_rules[] = {
    {"sses", "ss", 4},   {"ss", "ss", 0},     {"ruses", "rus", 6}, {"puses", "pus", 6},
    {"nuses", "nus", 6}, {"tuses", "tus", 6}, {"luses", "lus", 6}, {"suses", "sus", 6},
    {"ies", "y", 4},     {"ches", "ch", 4},   {"shes", "sh", 4},   {"xes", "x", 3},
    {"us", "us", 0},     {"is", "is", 0},     {"s", "", 2},
};

static const struct rule third_person_rules[] = {
    {"sses", "ss", 4}, {"ss", "ss", 0},   {"ies", "y", 4}, {"ches", "ch", 4}, {"shes", "sh", 4},
    {"xes", "x", 3},   {"zzes", "zz", 4}, {"oes", "o", 3}, {"s", "", 2},
};

static const struct rule past_rules[] = {{"ied", "y", 4}, {"eed", "ee", 3}, {"ed", "+", 3}};
static const struct rule gerund_rules[] = {{"ing", "+", 4}};
static const struct rule comparative_rules[] = {{"ier", "y", 4}, {"er", "+", 4}};
static const struct rule superlative_rules[] = {{"iest", "y", 5}, {"est", "+", 5}};

/* Stems of more than one syllable that lost an "e": "continu", "decid". The longest ending wins. */
static const char *const lost_e[] = {
    "at", "ot", "ut", "id", "ad", "od", "ud", "ed", "ar", "ir", "ur", "yr", "in", "um", "ak",
    "ik", "ok", "uk", "ib", "ob", "il", "ul", "ol", "ap", "yp", "ip", "im", "iz", "yz", "op",
};

/* Stems with such endings that did not: "avoid", "develop". */
static const char *const kept[] = {
    "ead", "oad", "eed", "oid",  "aid",   "oat",  "eat",  "out",  "oot", "ain", "oin", "ein",
    "air", "ear", "oar", "our",  "ail",   "oil",  "oul",  "aul",  "oul", "eak", "oak", "ook",
    "eek", "eil", "aim", "elop", "allop", "itor", "ruin", "amin", "aul", "eap", "oap", "oop",
    "aut", "uit", "eal", "ool",  "oud",   "aud",  "ood",  "oof",  "eeb", "eum",
};

static bool is_vowel(char c)
{
    return c != '\0' && strchr("aeiouy", c) != NULL;
}

static bool ends_in_any(struct text t, const char *const *endings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_ends(t, endings[i]))
            return true;
    return false;
}

/* Groups of vowels: about the number of syllables. */
static uint32_t syllables(struct text t)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < t.len; i++)
        count += is_vowel(t.bytes[i]) && (i == 0 || !is_vowel(t.bytes[i - 1]));
    return count;
}

static bool is_doubled(struct text stem)
{
    char last = stem.bytes[stem.len - 1];
    if (stem.len < 3 || last != stem.bytes[stem.len - 2] || !strchr("bdgklmnprt", last))
        return false;
    return last != 'l' || syllables(stem) > 1; /* "controll" but "call" */
}

/* "v", "u", "z" never end an English stem of this kind, and "c", "s", "g" only after some letters.
 */
static bool letter_needs_e(char before, char last)
{
    switch (last) {
    case 'c':
    case 'v':
    case 'u':
        return true;
    case 'z':
        return before != 'z' && before != 't';
    case 's':
        return before != 's';
    case 'g':
        return before != 'i' && before != 'o';
    case 'l':
        return strchr("bcdfgkptz", before) != NULL;
    default:
        return false;
    }
}

static bool lost_an_e(struct text stem)
{
    char last = stem.bytes[stem.len - 1], before = stem.bytes[stem.len - 2];
    if (letter_needs_e(before, last))
        return true;
    if (is_vowel(last) || !is_vowel(before) || strchr("hwxy", last))
        return false;
    if (ends_in_any(stem, kept, sizeof(kept) / sizeof(kept[0])))
        return false;
    /* A short vowel would have doubled the letter: "hop|ing" is hope, "hopp|ing" hop. */
    if (syllables(stem) == 1)
        return stem.len < 3 || !is_vowel(stem.bytes[stem.len - 3]) ||
               (stem.bytes[stem.len - 3] == 'u' && stem.bytes[0] == 'q');
    return ends_in_any(stem, lost_e, sizeof(lost_e) / sizeof(lost_e[0]));
}

/* `stem` with `ending` behind it, in `a` where there is an ending to write. */
static enum err joined(struct arena *a, struct text stem, const char *ending, struct text *out)
{
    struct text end = text_of(ending);
    if (end.len == 0) {
        *out = stem;
        return ERR_OK;
    }
    char *bytes = arena_alloc(a, (size_t)stem.len + end.len);
    if (!bytes)
        return ERR_NO_MEMORY;
    memcpy(bytes, stem.bytes, stem.len);
    memcpy(bytes + stem.len, end.bytes, end.len);
    *out = (struct text){bytes, stem.len + end.len};
    return ERR_OK;
}

/* The dictionary form of a stem that stood before -ed, -ing, -er or -est. */
static enum err restored(struct arena *a, struct text stem, struct text *out)
{
    if (is_doubled(stem))
        return joined(a, (struct text){stem.bytes, stem.len - 1}, "", out);
    return joined(a, stem, lost_an_e(stem) ? "e" : "", out);
}

struct rules {
    const struct rule *at;
    size_t count;
};

#define RULES(table)                                                                               \
    {                                                                                              \
        (table), sizeof(table) / sizeof((table)[0])                                                \
    }

static const struct rules rules_of[XPOS_COUNT] = {
    [XPOS_NNS] = RULES(noun_rules),         [XPOS_NNPS] = RULES(noun_rules),
    [XPOS_VBZ] = RULES(third_person_rules), [XPOS_VBD] = RULES(past_rules),
    [XPOS_VBN] = RULES(past_rules),         [XPOS_VBG] = RULES(gerund_rules),
    [XPOS_JJR] = RULES(comparative_rules),  [XPOS_RBR] = RULES(comparative_rules),
    [XPOS_JJS] = RULES(superlative_rules),  [XPOS_RBS] = RULES(superlative_rules),
};

static const uint8_t column_of[XPOS_COUNT] = {
    [XPOS_VBD] = AS_VERB,      [XPOS_VBN] = AS_VERB,      [XPOS_VBZ] = AS_VERB,
    [XPOS_VBP] = AS_VERB,      [XPOS_VBG] = AS_VERB,      [XPOS_MD] = AS_VERB,
    [XPOS_NNS] = AS_NOUN,      [XPOS_NNPS] = AS_NOUN,     [XPOS_JJR] = AS_ADJECTIVE,
    [XPOS_JJS] = AS_ADJECTIVE, [XPOS_RBR] = AS_ADJECTIVE, [XPOS_RBS] = AS_ADJECTIVE,
    [XPOS_PRP] = AS_OTHER,     [XPOS_DT] = AS_OTHER,      [XPOS_TO] = AS_OTHER,
    [XPOS_RB] = AS_OTHER,      [XPOS_CC] = AS_OTHER,      [XPOS_IN] = AS_OTHER,
    [XPOS_WP] = AS_OTHER,      [XPOS_POS] = AS_OTHER,
};

static bool irregular(struct text norm, uint8_t column, struct text *out)
{
    if (column == NOT_LISTED)
        return false;
    const struct wordlist_row *row = wordlist_find(&wordlist_lemmas, norm);
    if (!row || strcmp(row->values[column - 1], "-") == 0)
        return false;
    *out = text_of(row->values[column - 1]);
    return true;
}

static enum err regular(struct arena *a, struct text norm, const struct rules *rules,
                        struct text *out)
{
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->at[i];
        if (norm.len <= rule->longer || !text_ends(norm, rule->suffix))
            continue;
        struct text stem = {norm.bytes, norm.len - (uint32_t)strlen(rule->suffix)};
        if (*rule->instead != '+')
            return joined(a, stem, rule->instead, out);
        return syllables(stem) > 0 ? restored(a, stem, out) : joined(a, norm, "", out);
    }
    return joined(a, norm, "", out);
}

enum err lemma_of(struct arena *a, struct text norm, enum xpos xpos, struct text *out)
{
    if (irregular(norm, column_of[xpos], out))
        return ERR_OK;
    return regular(a, norm, &rules_of[xpos], out);
}

enum err lemmas_assign(struct arena *a, struct document *doc)
{
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        struct token *token = &doc->tokens.at[i];
        enum err err = lemma_of(a, token->norm, (enum xpos)token->xpos, &token->lemma);
        if (err)
            return err;
    }
    return ERR_OK;
}
