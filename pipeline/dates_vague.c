/* Past, present and future without a date: "recently", "now", "the near future". */
#include "pipeline/dates_scan.h"
#include "pipeline/wordlist.h"

static struct found found_refer(const char *refer)
{
    return (struct found){.type = DATE_DATE, .form = FOUND_REFER, .relative = true, .refer = refer};
}

/* "recent years", "recent talks": years are part of it, talks are not. */
static uint32_t read_word(const struct scan *s, uint32_t at, struct found *out)
{
    if (!lex_has(s, at, LEX_REFER))
        return 0;
    *out = found_refer(lex_at(s, at)->refer);
    /* "now that the war is over" is a reason, "every now and then" means sometimes. */
    if (lex_is(s, at, "now") && (lex_is(s, at + 1, "that") || lex_is(s, at - 1, "every")))
        return 0;
    bool units = lex_has(s, at + 1, LEX_UNIT) && lex_has(s, at + 1, LEX_PLURAL);
    return lex_is(s, at, "recent") && units ? 2 : 1;
}

/* "the past" is followed by what was then, unless it is the noun. */
static bool is_attribute(const struct scan *s, uint32_t end)
{
    const struct lexeme *l = lex_at(s, end);
    if (l->mark || l->digits || end >= s->lexemes.count)
        return l->digits > 0;
    uint8_t xpos = s->doc->tokens.at[l->token].xpos;
    return xpos == XPOS_NN || xpos == XPOS_NNS || xpos == XPOS_NNP || xpos == XPOS_JJ ||
           xpos == XPOS_CD || l->classes;
}

static uint32_t read_phrase(const struct scan *s, uint32_t at, struct found *out)
{
    uint32_t count;
    const struct wordlist_row *row = lex_phrase(s, at, &wordlist_date_vague, &count);
    /* "At this time" is a date, ", this time led by Arnold" tells how often. */
    static const char *const at_time[] = {"at", "by", "until", "till", "from", "since", NULL};
    bool this_time = lex_is(s, at, "this") && lex_is(s, at + 1, "time");
    if (!row || is_attribute(s, at + count) || (this_time && !lex_is_one_of(s, at - 1, at_time)))
        return 0;
    *out = found_refer(row->values[0]);
    return count;
}

uint32_t read_vague(const struct scan *s, uint32_t at, struct found *out)
{
    uint32_t used = read_word(s, at, out);
    return used ? used : read_phrase(s, at, out);
}
