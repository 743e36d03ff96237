#include "pipeline/page_title.h"

#include "pipeline/page_text.h"

enum {
    WORDS_MIN = 3,      /* of what is left when a site's name is cut off a title unseen */
    ALIKE_PERCENT = 30, /* of a title's words in another that is of the same article */
    WORDS_ALIKE_MIN = 2,
    WORDS_COMPARED_MAX = 40,
};

static const char *const separators[] = {" | ", " - ", " – ", " — ", " -- ", " · ", " :: ", " » "};

static bool is_letter(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Curly quotes, dashes and the like: U+2000 to U+206F. */
static bool is_mark(struct text t, uint32_t i)
{
    return i + 2 < t.len && memcmp(t.bytes + i, "\xE2\x80", 2) == 0;
}

/* The next letter or digit from *i on, in lower case; 0 at the end. Moves *i behind it. */
static unsigned char next_letter(struct text t, uint32_t *i)
{
    while (*i < t.len) {
        unsigned char c = (unsigned char)t.bytes[*i];
        if (is_mark(t, *i)) {
            *i += 3;
            continue;
        }
        ++*i;
        if (is_letter(c))
            return c >= 'A' && c <= 'Z' ? c | 32 : c;
    }
    return 0;
}

/* True if `whole` begins with the letters of `part`, quotes, dashes and case apart. */
static bool begins_alike(struct text whole, struct text part)
{
    uint32_t i = 0, k = 0;

    for (unsigned char c; (c = next_letter(part, &k)) != 0;)
        if (next_letter(whole, &i) != c)
            return false;
    return i == whole.len || !is_letter((unsigned char)whole.bytes[i]) || is_mark(whole, i);
}

/* The same from any of its words on: where; whole.len if it is not there. */
static uint32_t find_alike(struct text whole, struct text part)
{
    uint32_t i = 0;

    for (; i < whole.len; i++) {
        bool starts = i == 0 || !is_letter((unsigned char)whole.bytes[i - 1]);
        if (starts && begins_alike((struct text){whole.bytes + i, whole.len - i}, part))
            break;
    }
    return i;
}

static struct text next_word(struct text t, uint32_t *i)
{
    while (*i < t.len && !is_letter((unsigned char)t.bytes[*i]))
        ++*i;
    uint32_t start = *i;
    while (*i < t.len && is_letter((unsigned char)t.bytes[*i]))
        ++*i;
    return (struct text){t.bytes + start, *i - start};
}

static uint32_t count_words(struct text t)
{
    uint32_t i = 0, n = 0;

    while (next_word(t, &i).len)
        n++;
    return n;
}

static bool has_word(struct text t, struct text word)
{
    uint32_t i = 0;

    for (struct text w; (w = next_word(t, &i)).len;)
        if (text_equal_but_case(w, word))
            return true;
    return false;
}

/* Titles of one article share words, though one is for readers and one for sharing. */
static bool alike(struct text a, struct text b)
{
    uint32_t i = 0, n = 0, common = 0;

    for (struct text w; n < WORDS_COMPARED_MAX && (w = next_word(a, &i)).len; n++)
        common += has_word(b, w);
    return common >= WORDS_ALIKE_MIN && common * 100 >= n * ALIKE_PERCENT;
}

/* "Council votes | Example News" without the site's name, where that is known. */
static struct text without_site(struct text title, struct text site)
{
    for (unsigned i = 0; i < sizeof(separators) / sizeof(separators[0]); i++) {
        uint32_t n = (uint32_t)strlen(separators[i]);
        if (!site.len || title.len <= site.len + n)
            continue;
        struct text tail = {title.bytes + title.len - site.len, site.len};
        if (memcmp(tail.bytes - n, separators[i], n) == 0 && text_equal_but_case(tail, site))
            return (struct text){title.bytes, title.len - site.len - n};
    }
    return title;
}

/* The same where it is not known: the last part is cut off if it is the shorter one. */
static struct text without_last(struct text title)
{
    uint32_t cut = 0, behind = 0;

    for (unsigned i = 0; i < sizeof(separators) / sizeof(separators[0]); i++) {
        uint32_t n = (uint32_t)strlen(separators[i]);
        for (uint32_t at = cut + 1; at + n < title.len; at++)
            if (memcmp(title.bytes + at, separators[i], n) == 0) {
                cut = at;
                behind = at + n;
            }
    }
    struct text head = {title.bytes, cut};
    struct text tail = {title.bytes + behind, title.len - behind};
    return cut && count_words(head) >= WORDS_MIN && count_words(tail) <= count_words(head) ? head
                                                                                           : title;
}

/* A title that is more than a heading of the page. */
static bool is_stated(const struct page_fact *title)
{
    return title && title->weight > PAGE_WEIGHT_HEADING;
}

/* True if the site or a heading bears the name `t`. */
static bool is_name(const struct page_facts *facts, struct text t)
{
    for (uint32_t i = 0; i < facts->count; i++) {
        const struct page_fact *f = &facts->at[i];
        if ((f->kind == FACT_SITE || f->kind == FACT_TITLE) && begins_alike(t, f->value) &&
            begins_alike(f->value, t))
            return true;
    }
    return false;
}

/*
 * What stands before a colon is the site's name ("Example News: Council votes for the bridge") or
 * belongs to the headline ("Holm and the bridge: How a council changed its mind").
 */
static bool starts_headline(const struct page_facts *facts, struct text before)
{
    before = text_trimmed(before);
    if (before.len == 0 || before.bytes[before.len - 1] != ':')
        return true;
    before.len--;
    return is_name(facts, before);
}

/*
 * A heading may be the site's name too. Of the article it is where the window's title begins with
 * it and holds little else.
 */
static bool confirms(const struct page_facts *facts, const struct page_fact *fact,
                     struct text value, struct text window)
{
    if (is_stated(fact)) {
        uint32_t at = find_alike(window, value);
        return at < window.len && starts_headline(facts, (struct text){window.bytes, at});
    }
    return 2 * count_words(value) >= count_words(window) && begins_alike(window, value);
}

/* The longest other title that the window's holds: it says where the site's name begins. */
static struct text confirmed(const struct page_facts *facts, struct text window, struct text site)
{
    struct text best = {NULL, 0};

    for (uint32_t i = 0; i < facts->count; i++) {
        const struct page_fact *fact = &facts->at[i];
        if (fact->kind != FACT_TITLE)
            continue;
        struct text value = without_site(fact->value, site);
        if (value.len > best.len && confirms(facts, fact, value, window))
            best = value;
    }
    return best;
}

struct text page_title(const struct page_facts *facts)
{
    const struct page_fact *stated = page_facts_best(facts, FACT_TITLE);
    const struct page_fact *window = page_facts_best(facts, FACT_WINDOW_TITLE);
    const struct page_fact *named = page_facts_best(facts, FACT_SITE);
    struct text site = named ? named->value : (struct text){NULL, 0};

    if (window) {
        struct text title = confirmed(facts, window->value, site);
        if (title.len)
            return title;
        title = without_site(window->value, site);
        if (!is_stated(stated) || alike(title, stated->value))
            return title.len < window->value.len ? title : without_last(title);
    }
    return stated ? without_site(stated->value, site) : (struct text){NULL, 0};
}
