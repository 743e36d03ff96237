/* Years and their parts: "2014", "the 1990s", "the 20th century", "the third quarter of 2018",
 * "summer 2011", "the second half of the year", "the first Monday in May". */
#include "pipeline/dates_scan.h"

/* "138-2010-2015", "2015-1-32": more than two numbers in a row, or one that is no second year. */
static bool is_in_dashes(const struct scan *s, uint32_t at)
{
    bool left =
        at > 1 && lex_mark(s, at - 1, '-') && lex_at(s, at - 2)->digits && lex_joined(s, at);
    bool right = lex_mark(s, at + 1, '-') && lex_at(s, at + 2)->digits && lex_joined(s, at + 1);
    bool far_left = left && at > 3 && lex_mark(s, at - 3, '-') && lex_at(s, at - 4)->digits;
    bool far_right = right && lex_mark(s, at + 3, '-') && lex_at(s, at + 4)->digits;
    bool odd_left = left && lex_at(s, at - 2)->digits != 4 && lex_at(s, at - 2)->digits != 2;
    return far_left || far_right || (left && right) || odd_left;
}

/* "COVID-1999", "$2000", "1994/2008", "no. 2011": digits that belong to something else. */
static bool is_part_of_code(const struct scan *s, uint32_t at)
{
    static const char joints[] = "/.:#$&_@+*=";
    const struct lexeme *before = at > 0 ? lex_at(s, at - 1) : NULL;
    if (before && lex_joined(s, at) && before->mark == '\0')
        return true;
    if (before && before->mark && strchr(joints, before->mark) && lex_joined(s, at))
        return true;
    if (is_in_dashes(s, at) || lex_numbered(s, at))
        return true;
    if (before && before->mark == '-' && lex_joined(s, at) && lex_joined(s, at - 1))
        return at < 2 || !(lex_has(s, at - 2, LEX_MOD) || lex_at(s, at - 2)->digits == 4 ||
                           lex_is(s, at - 2, "pre") || lex_is(s, at - 2, "post"));
    const struct lexeme *behind = lex_at(s, at + 1);
    bool tight = behind->glued && lex_joined(s, at + 2);
    if (behind->glued && (behind->mark == '%' || behind->mark == '/' || behind->mark == '_'))
        return true;
    return tight && (behind->mark == ',' || behind->mark == '.' || behind->mark == ':') &&
           lex_at(s, at + 2)->digits;
}

/* What makes four figures a year of any time, and what only one of our own. */
static const char *const before_years[] = {
    "in",     "since",   "of",      "until",      "till",      "by",       "from",
    "to",     "between", "during",  "early",      "late",      "mid",      "year",
    "years",  "circa",   "summer",  "spring",     "autumn",    "fall",     "winter",
    "before", "after",   "through", "throughout", "beginning", "starting", NULL};

/* "the 1812 treaty", "in 1720 and 1730" */
static bool is_old_year(const struct scan *s, uint32_t at, int year)
{
    if (at == 0)
        return false;
    if (lex_is_one_of(s, at - 1, before_years))
        return true;
    bool listed =
        (lex_is(s, at - 1, "and") || lex_is(s, at - 1, "or") || lex_mark(s, at - 1, '-')) &&
        at > 1 && lex_at(s, at - 2)->digits == 4 && year < 2100;
    return listed || (year >= 1500 && (lex_is(s, at - 1, "the") || lex_mark(s, at - 1, '(')));
}

/* "2,000 troops", "1500 people": a round number before a noun in the plural counts it. */
bool year_counts_things(const struct scan *s, uint32_t at)
{
    if (lex_at(s, at)->digits == 0)
        return false;
    static const char *const counted[] = {
        "people", "men",    "women", "children", "percent",  "per",     "miles", "km",
        "metres", "meters", "feet",  "troops",   "soldiers", "dollars", "euros", "pounds",
        "tons",   "tonnes", "acres", "homes",    "houses",   "meter",   "metre", NULL};
    bool plausible = lex_at(s, at)->value >= 1900 && lex_at(s, at)->value < 2100;
    bool unit = lex_has(s, at + 1, LEX_UNIT) && (!plausible || lex_has(s, at + 1, LEX_PLURAL));
    if (unit || lex_has(s, at + 1, LEX_SCALE) || lex_mark(s, at + 1, '%'))
        return true;
    if (lex_is(s, at + 1, "levels")) /* "a tenth of 2000 levels" */
        return false;
    bool numbers = lex_at(s, at + 1)->digits && lex_at(s, at + 2)->digits; /* "2012 80 10" */
    if (numbers || lex_is_one_of(s, at + 1, counted))
        return true;
    const struct lexeme *next = lex_at(s, at + 1);
    if (at + 1 >= s->lexemes.count || next->upper || next->mark)
        return false;
    int year = lex_at(s, at)->value;
    struct text t = text_slice(s->doc->text, next->span);
    bool plural =
        s->doc->tokens.at[next->token].xpos == XPOS_NNS || (text_ends(t, "s") && t.len > 3);
    return plural && (year % 100 == 0 || year < 1900 || year > 2050);
}

/* "490 BC", "AD 79" */
static uint32_t read_era_year(const struct scan *s, uint32_t at, struct when *w)
{
    uint32_t i = lex_has(s, at, LEX_ERA) && lex_at(s, at)->upper ? at + 1 : at;
    const struct lexeme *l = lex_at(s, i);
    bool behind =
        lex_has(s, i + 1, LEX_ERA) &&
        (lex_at(s, i + 1)->upper || lex_at(s, i + 1)->span.end - lex_at(s, i + 1)->span.start > 2);
    if (!l->digits || l->digits > 4 || l->value == 0 || (i == at && !behind) ||
        lex_mark(s, at - 1, '-'))
        return 0;
    *w = when_year(l->value);
    w->bc = lex_at(s, behind ? i + 1 : at)->value < 0;
    return i + 1 + behind - at;
}

static uint32_t read_year_alone(const struct scan *s, uint32_t at, struct found *out)
{
    struct when w;
    uint32_t used = read_era_year(s, at, &w);
    if (used) {
        *out = found_when(w, false);
        return used;
    }
    int year;
    uint32_t i = skip_word(s, at, "the");
    i = skip_word(s, skip_word(s, i, "fiscal"), "financial");
    i = skip_word(s, skip_word(s, skip_word(s, i, "year"), "years"), "fy");
    bool named = i > at && !lex_is(s, i - 1, "the");
    i = named ? i : at;
    used = read_year(s, i, &year);
    if (!used || (is_part_of_code(s, i) && !lex_is(s, i - 1, "fy")) || year_counts_things(s, i))
        return 0;
    bool plausible = used == 1 && year >= 1900 && year < 2100;
    if (used > 1 && !named && !lex_mark(s, i, '\'') && !lex_is(s, at - 1, "in"))
        return 0;
    if (!named && !plausible && !lex_mark(s, i, '\'') && !is_old_year(s, at, year))
        return 0;
    *out = found_when(when_year(year), lex_mark(s, i, '\''));
    return i + used - at;
}

/* "1990s", "'90s", "nineties", "the late 1930s" */
static uint32_t read_decade(const struct scan *s, uint32_t at, struct found *out)
{
    uint32_t the = skip_word(s, at, "the");
    uint32_t i = skip_mark(s, the, '\'');
    const struct lexeme *l = lex_at(s, i);
    int year;
    if (lex_has(s, i, LEX_DECADE)) {
        if (the == at && !lex_has(s, at - 1, LEX_MOD) && !lex_is(s, at - 1, "in"))
            return 0;
        year = 1900 + l->value;
        i++;
    } else {
        bool listed = lex_is(s, at - 1, "and") && lex_is(s, at - 2, "s"); /* "the 1960s and 70s" */
        bool short_form = l->digits == 2 && (i > the || the > at || listed);
        uint32_t s_at = skip_mark(s, i + 1, '\'');
        bool plural = lex_joined(s, i + 1) && (lex_is(s, s_at, "s") || lex_is(s, i + 1, "'s"));
        bool ancient = l->digits == 3 && lex_has(s, s_at + 1, LEX_ERA);
        if (!plural || l->value % 10 || !(l->digits == 4 || ancient || short_form) ||
            lex_mark(s, i - 1, '$'))
            return 0;
        year = l->digits == 2 ? 1900 + l->value : l->value;
        i = lex_is(s, i + 1, "'s") ? i + 2 : s_at + 1;
    }
    struct when w = when_year(year);
    w.grain = GRAIN_DECADE;
    if (lex_has(s, i, LEX_ERA) && lex_at(s, i)->value < 0) {
        w.bc = true;
        i++;
    }
    *out = found_when(w, false);
    return i - at;
}

/* "the 20th century", "nineteenth-century", "5th century BC" */
static uint32_t read_century(const struct scan *s, uint32_t at, struct found *out)
{
    int32_t n;
    uint32_t i = skip_word(s, at, "the");
    uint32_t used = read_ordinal(s, i, &n);
    i = skip_mark(s, i + used, '-');
    if (!used || !lex_has(s, i, LEX_UNIT) || lex_at(s, i)->unit != GRAIN_CENTURY || n > 40)
        return 0;
    i++;
    struct when w = when_year((n - 1) * 100);
    w.grain = GRAIN_CENTURY;
    w.nth = (uint8_t)n;
    if (lex_has(s, i, LEX_ERA)) {
        w.bc = lex_at(s, i)->value < 0;
        if (w.bc)
            w.year = (int16_t)((n - 1) * 100);
        i++;
    }
    *out = found_when(w, false);
    return i - at;
}

uint32_t read_container(const struct scan *s, uint32_t at, struct found *out)
{
    static family_reader *const families[] = {read_calendar, read_year_alone, read_shifted,
                                              read_decade, read_century};
    uint32_t used = read_longest(s, at, families, sizeof(families) / sizeof(*families), out);
    if (used)
        return out->form == FOUND_WHEN ? used : 0;
    if (!lex_is(s, at, "the") || !lex_has(s, at + 1, LEX_UNIT) || lex_has(s, at + 1, LEX_PLURAL) ||
        lex_at(s, at + 1)->unit < GRAIN_DAY)
        return 0;
    enum grain grain = lex_at(s, at + 1)->unit;
    *out = found_when(resolve_around(s, grain), true);
    return 2;
}

/* "of 2018", "in the year", "2018", ", 2018": the year of a season, quarter or half. */
static uint32_t read_year_of(const struct scan *s, uint32_t at, struct found *year)
{
    uint32_t i = skip_mark(s, at, ',');
    if (lex_is(s, i, "of") || lex_is(s, i, "in")) {
        uint32_t used = read_container(s, i + 1, year);
        return used && year->when.grain == GRAIN_YEAR ? i + 1 + used - at : 0;
    }
    int y;
    uint32_t used = read_year(s, i, &y);
    if (used && !year_counts_things(s, i)) {
        *year = found_when(when_year(y), false);
        return i + used - at;
    }
    used = read_shifted(s, i, year);
    return used && year->when.grain == GRAIN_YEAR && i == at ? used : 0;
}

static struct found found_part(const struct scan *s, struct when w, uint32_t of,
                               const struct found *year)
{
    if (of) {
        w.year = year->when.year;
        w.bc = year->when.bc;
        return found_when(w, year->relative);
    }
    bool story = s->narrative && s->mentioned.year;
    w.year = story ? s->mentioned.year : s->reference.year;
    w.bc = story && s->mentioned.bc;
    if (s->sentence_year) {
        w.year = (int16_t)s->sentence_year;
        w.bc = false;
    }
    return found_when(w, true);
}

/* "the summer of 1944", "spring 2011", "summer" behind a preposition */
static uint32_t read_season(const struct scan *s, uint32_t at, struct found *out)
{
    static const char *const openers[] = {"in",      "of",         "this",  "during", "by",
                                          "until",   "since",      "early", "late",   "mid",
                                          "through", "throughout", NULL};
    uint32_t i = skip_word(s, at, "the");
    struct found year;
    if (!lex_has(s, i, LEX_SEASON))
        return 0;
    uint32_t of = read_year_of(s, i + 1, &year);
    bool dated = i > at || lex_is_one_of(s, at - 1, openers) || s->lexemes.count == 1 ||
                 lex_has(s, at - 1, LEX_MOD);
    if (!of && (!dated || (lex_has(s, i, LEX_CASED) && lex_is(s, i + 1, "of"))))
        return 0;
    *out = found_part(s, when_nth(GRAIN_SEASON, 0, lex_at(s, i)->value), of, &year);
    uint32_t months = !of && lex_is(s, i + 1, "months"); /* "the winter months" */
    return i + 1 + of + months - at;
}

/* "Q3", "2018Q4", "H1 2019", "18q4" */
static uint32_t read_coded_quarter(const struct scan *s, uint32_t at, struct found *out)
{
    struct found year;
    uint32_t i = at;
    if (lex_at(s, at)->digits == 4 || lex_at(s, at)->digits == 2)
        i = skip_mark(s, at + 1, '-');
    bool quarter = lex_is(s, i, "q"), half = lex_is(s, i, "h");
    int n = lex_at(s, i + 1)->value;
    if (!(quarter || half) || !lex_joined(s, i + 1) || lex_at(s, i + 1)->digits != 1 || n < 1 ||
        n > (quarter ? 4 : 2))
        return 0;
    struct when w = when_nth(quarter ? GRAIN_QUARTER : GRAIN_HALF, 0, n);
    if (i > at) {
        int y = lex_at(s, at)->value;
        year = found_when(when_year(y < 100 ? 2000 + y : y), false);
        *out = found_part(s, w, 1, &year);
        return i + 2 - at;
    }
    uint32_t next = skip_mark(s, i + 2, '-');
    uint32_t of = read_year_of(s, next, &year);
    *out = found_part(s, w, of, &year);
    return of ? next + of - at : 2;
}

/* "the third quarter of 2018", "the second half of the year", "fourth-quarter" */
static uint32_t read_nth_part(const struct scan *s, uint32_t at, struct found *out)
{
    int32_t n;
    struct found year;
    uint32_t i = skip_word(s, at, "the");
    uint32_t used = read_ordinal(s, i, &n);
    if (lex_is(s, i, "latter"))
        used = 1, n = 2;
    uint32_t unit = skip_mark(s, i + used, '-');
    bool quarter = lex_has(s, unit, LEX_UNIT) && lex_at(s, unit)->unit == GRAIN_QUARTER;
    if (!used || !(quarter || lex_is(s, unit, "half")) || n < 1 || n > (quarter ? 4 : 2))
        return 0;
    uint32_t of = read_year_of(s, unit + 1, &year);
    if (!of && !quarter)
        return 0;
    *out = found_part(s, when_nth(quarter ? GRAIN_QUARTER : GRAIN_HALF, 0, n), of, &year);
    return unit + 1 + of - at;
}

uint32_t read_period(const struct scan *s, uint32_t at, struct found *out)
{
    static family_reader *const forms[] = {read_nth_part, read_century,       read_decade,
                                           read_season,   read_coded_quarter, read_year_alone};
    return read_longest(s, at, forms, sizeof(forms) / sizeof(*forms), out);
}
