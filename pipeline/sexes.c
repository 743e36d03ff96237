#include "pipeline/sexes.h"

#include "pipeline/lexis.h"

enum { WORD_MAX = 32 }; /* bytes of a word that tells a sex */

static bool ends_in(struct text word, const char *end)
{
    uint32_t n = (uint32_t)strlen(end);
    return word.len > n && text_same((struct text){word.bytes + word.len - n, n}, end);
}

static enum sex sex_in_row(const struct wordlist_row *row)
{
    if (row_says(row, 0, "m"))
        return SEX_MALE;
    return row_says(row, 0, "f") ? SEX_FEMALE : SEX_UNKNOWN;
}

static char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

enum sex sex_of_word(struct text word)
{
    char bytes[WORD_MAX];
    struct text norm = {bytes, 0};

    if (word.len > WORD_MAX)
        return SEX_UNKNOWN;
    for (; norm.len < word.len; norm.len++)
        bytes[norm.len] = ascii_lower(word.bytes[norm.len]);
    const struct wordlist_row *row = wordlist_find(&wordlist_sexes, norm);

    if (row || !(ends_in(norm, "woman") || ends_in(norm, "sman")))
        return sex_in_row(row);
    return ends_in(norm, "woman") ? SEX_FEMALE : SEX_MALE;
}

static enum sex sex_of_forename(struct text norm)
{
    const struct wordlist_row *row = wordlist_find(&wordlist_forenames, norm);

    return sex_in_row(row ? row : wordlist_find(&wordlist_forename_words, norm));
}

enum sex sex_of_name(const struct document *doc, uint32_t first, uint32_t end)
{
    enum sex sex = SEX_UNKNOWN;

    /* "told him Moe would" */
    if (first > words_around(doc, first).first && doc->tokens.at[first - 1].upos != UPOS_PRON)
        sex = sex_of_word(doc->tokens.at[first - 1].norm);
    /* One word alone may be a surname: "Jobs", "King", "Stanley". */
    if (sex != SEX_UNKNOWN || end - first < 2)
        return sex;
    sex = sex_of_word(doc->tokens.at[first].norm);
    return sex == SEX_UNKNOWN ? sex_of_forename(doc->tokens.at[first].norm) : sex;
}

static enum sex sex_of_role(struct text role)
{
    uint32_t last = role.len;

    while (last > 0 && role.bytes[last - 1] != ' ')
        last--;
    return sex_of_word((struct text){role.bytes + last, role.len - last});
}

void sexes_of_persons(const struct document *doc, const struct actors *actors,
                      const uint32_t *actor_at, enum sex *sex)
{
    for (uint32_t a = 0; a < actors->count; a++)
        sex[a] = actors->at[a].role.len ? sex_of_role(actors->at[a].role) : SEX_UNKNOWN;
    for (uint32_t i = 0, end; i < doc->tokens.count; i = end) {
        uint32_t a = actor_at[i];
        end = i + 1;
        if (a == NO_ACTOR || actors->at[a].type != ACTOR_PERSON)
            continue;
        while (end < doc->tokens.count && actor_at[end] == a)
            end++;
        if (sex[a] == SEX_UNKNOWN)
            sex[a] = sex_of_name(doc, i, end);
    }
}
