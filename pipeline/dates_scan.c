#include "pipeline/dates_scan.h"

#include "pipeline/wordlist.h"

enum { PHRASE_BYTES_MAX = 64 };

const struct lexeme lex_beyond = {0};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool lex_same(const struct scan *s, uint32_t i, const char *word)
{
    struct text t = text_slice(s->doc->text, lex_at(s, i)->span);
    for (uint32_t k = 0; k < t.len; k++) {
        if (lower(t.bytes[k]) != word[k])
            return false;
    }
    return t.len > 0 && word[t.len] == '\0';
}

bool lex_is_one_of(const struct scan *s, uint32_t i, const char *const *words)
{
    for (; *words; words++) {
        if (lex_is(s, i, *words))
            return true;
    }
    return false;
}

bool lex_numbered(const struct scan *s, uint32_t i)
{
    static const char *const nouns[] = {"room",    "flight",  "route",   "highway",  "number",
                                        "section", "chapter", "article", "page",     "rule",
                                        "gate",    "channel", "model",   "no",       "resolution",
                                        "boeing",  "airbus",  "iq",      "building", NULL};
    uint32_t before = i > 1 && lex_mark(s, i - 1, '.') ? i - 2 : i - 1;
    return i > 0 && lex_is_one_of(s, before, nouns);
}

/* Appends a lexeme in lower case; false if there is no room. */
static bool append(const struct scan *s, uint32_t i, char *phrase, uint32_t *len)
{
    struct text t = text_slice(s->doc->text, lex_at(s, i)->span);
    if (*len + t.len > PHRASE_BYTES_MAX)
        return false;
    if (lex_mark(s, i, '-') || lex_mark(s, i, '\'')) {
        phrase[(*len)++] = lex_at(s, i)->mark;
        return true;
    }
    if (lex_is(s, i, "\xe2\x80\x99s"))
        t = (struct text)TEXT("'s");
    for (uint32_t k = 0; k < t.len; k++)
        phrase[(*len)++] = lower(t.bytes[k]);
    return true;
}

const struct wordlist_row *lex_phrase(const struct scan *s, uint32_t at,
                                      const struct wordlist *list, uint32_t *count)
{
    const struct wordlist_row *best = NULL;
    char phrase[PHRASE_BYTES_MAX + 1];
    uint32_t len = 0;

    for (uint32_t i = at; i < s->lexemes.count && i - at < list->words_max; i++) {
        if (i > at)
            phrase[len++] = ' ';
        if (!append(s, i, phrase, &len) || len > list->key_max)
            break;
        const struct wordlist_row *row = wordlist_find(list, (struct text){phrase, len});
        if (row) {
            best = row;
            *count = i - at + 1;
        }
    }
    return best;
}

struct found found_when(struct when w, bool relative)
{
    bool timed = w.clock.hour != HOUR_NONE || w.part;
    return (struct found){
        .type = timed ? DATE_TIME : DATE_DATE, .form = FOUND_WHEN, .relative = relative, .when = w};
}

uint32_t read_longest(const struct scan *s, uint32_t at, family_reader *const *readers,
                      unsigned count, struct found *out)
{
    uint32_t longest = 0;
    for (unsigned i = 0; i < count; i++) {
        struct found f;
        uint32_t used = readers[i](s, at, &f);
        if (used > longest) {
            longest = used;
            *out = f;
        }
    }
    return longest;
}
