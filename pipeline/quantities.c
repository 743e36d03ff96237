#include "pipeline/quantities.h"

enum { QUANTITIES_MAX = 16, DIGITS_MAX = 24 };

static const struct {
    const char *word;
    double value;
} numbers[] = {
    {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},      {"five", 5},
    {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},      {"ten", 10},
    {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15},
    {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},
    {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"sixty", 60},    {"seventy", 70},
    {"eighty", 80},  {"ninety", 90},
};

static const struct {
    const char *word;
    double factor;
} scales[] = {
    {"dozen", 12},    {"hundred", 1e2},   {"thousand", 1e3}, {"million", 1e6},
    {"billion", 1e9}, {"trillion", 1e12}, {"m", 1e6},        {"bn", 1e9},
};

static const struct {
    const char *sign;
    const char *code;
} currencies[] = {
    {"$", "USD"},   {"us$", "USD"},    {"a$", "AUD"},      {"au$", "AUD"},     {"c$", "CAD"},
    {"hk$", "HKD"}, {"€", "EUR"},      {"£", "GBP"},       {"¥", "JPY"},       {"usd", "USD"},
    {"eur", "EUR"}, {"gbp", "GBP"},    {"euros", "EUR"},   {"dollars", "USD"}, {"pounds", "GBP"},
    {"yen", "JPY"}, {"rubles", "RUB"}, {"roubles", "RUB"}, {"yuan", "CNY"},    {"rupees", "INR"},
};

/* "5", "2.5", "10,000"; false for "2-1" or "777-200". */
static bool read_digits(struct text t, double *out)
{
    double value = 0, place = 0;

    if (t.len == 0 || t.len > DIGITS_MAX || t.bytes[0] < '0' || t.bytes[0] > '9')
        return false;
    for (uint32_t i = 0; i < t.len; i++) {
        char c = t.bytes[i];
        if (c == '.' && place == 0) {
            place = 1;
        } else if (c >= '0' && c <= '9') {
            value = value * 10 + (c - '0');
            place *= 10;
        } else if (c != ',') {
            return false;
        }
    }
    *out = place > 1 ? value / place : value;
    return true;
}

static bool read_number(const struct document *doc, uint32_t i, double *out)
{
    if (read_digits(doc->tokens.at[i].norm, out))
        return true;
    for (unsigned n = 0; n < sizeof(numbers) / sizeof(*numbers); n++)
        if (word_is(doc, i, numbers[n].word)) {
            *out = numbers[n].value;
            return true;
        }
    return false;
}

static double read_scale(const struct document *doc, uint32_t i)
{
    for (unsigned n = 0; n < sizeof(scales) / sizeof(*scales); n++)
        if (word_is(doc, i, scales[n].word))
            return scales[n].factor;
    return 0;
}

static const char *read_currency(const struct document *doc, uint32_t i)
{
    for (unsigned n = 0; n < sizeof(currencies) / sizeof(*currencies); n++)
        if (word_is(doc, i, currencies[n].sign))
            return currencies[n].code;
    return NULL;
}

static bool in_date(const struct dates *dates, struct span s)
{
    uint32_t low = date_ending_after(dates, s.start);
    return low < dates->count && span_overlaps(dates->at[low].span, s);
}

/* "doses", of "5 million |doses| of vaccine": the last noun of what is counted. */
static uint32_t read_unit(const struct document *doc, uint32_t i, uint32_t end, struct text *unit)
{
    uint32_t last = end;

    if (i < end && word_among(doc, i, " % percent ")) {
        *unit = text_of("%");
        return i + 1;
    }
    for (uint32_t k = i; k < end && k - i < 6; k++) {
        if (doc->tokens.at[k].upos == UPOS_NOUN)
            last = k;
        else if (doc->tokens.at[k].upos != UPOS_ADJ && doc->tokens.at[k].upos != UPOS_PROPN &&
                 !word_among(doc, k, " - of more the "))
            break;
        if (last == k && k + 1 < end && doc->tokens.at[k + 1].upos != UPOS_NOUN)
            break;
    }
    if (last == end)
        return i;
    *unit = doc->tokens.at[last].norm;
    return last + 1;
}

static uint32_t read_one(const struct document *doc, uint32_t i, uint32_t end, struct quantity *q)
{
    const char *money = i > 0 ? read_currency(doc, i - 1) : NULL;
    uint32_t first = money ? i - 1 : i;
    double scale;

    if (!read_number(doc, i, &q->value))
        return i;
    for (i++; i < end && (scale = read_scale(doc, i)) > 0; i++)
        q->value *= scale;
    q->unit = (struct text){NULL, 0};
    if (money) {
        q->unit = text_of(money);
    } else if (i < end && read_currency(doc, i)) {
        q->unit = text_of(read_currency(doc, i));
        i++;
    } else {
        i = read_unit(doc, i, end, &q->unit);
    }
    q->span = words_span(doc, (struct range){first, i});
    return i;
}

enum err quantities_find(struct arena *a, const struct document *doc, const struct dates *dates,
                         struct range in, struct quantities *out)
{
    struct quantity found[QUANTITIES_MAX];
    uint32_t count = 0;

    for (uint32_t i = in.first; i < in.end && count < QUANTITIES_MAX;) {
        uint32_t next = i;
        if (!in_date(dates, doc->tokens.at[i].span))
            next = read_one(doc, i, in.end, &found[count]);
        /* "one" alone is a pronoun as often as a number. */
        if (next > i + 1 || (next > i && !word_is(doc, i, "one")))
            count++;
        i = next > i ? next : i + 1;
    }
    struct quantities q = {ARENA_ARRAY(a, struct quantity, count + 1), count};
    if (!q.at)
        return ERR_NO_MEMORY;
    memcpy(q.at, found, count * sizeof(*found));
    *out = q;
    return ERR_OK;
}
