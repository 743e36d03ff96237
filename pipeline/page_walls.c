#include "pipeline/page_walls.h"

#include "pipeline/page_marks.h"
#include "pipeline/page_text.h"
#include "pipeline/page_words.h"

enum {
    BLOCKS_READ_MAX = 5000,
    PHRASES_MAX = 64,
    WEAK_MIN = 3,       /* so many different weak phrases prove a wall for consent */
    TEASER_BYTES = 300, /* of running text: less is not worth reading */
    PART_BYTES = 1500,  /* a whole article is longer than what a wall leaves visible */
};

/* The different phrases found so far. */
struct phrases {
    const struct wordlist_row *at[PHRASES_MAX];
    uint32_t count;
};

static void note(struct phrases *p, const struct wordlist_row *row)
{
    for (uint32_t i = 0; i < p->count; i++)
        if (p->at[i] == row)
            return;
    if (p->count < PHRASES_MAX)
        p->at[p->count++] = row;
}

/* Notes the phrases of the block; true if there are any. */
static bool read_block(const struct page_block *b, struct phrases *p)
{
    struct page_words words = page_words_of(b->text);
    bool any = false;

    for (uint32_t at = 0, count; at < words.count; at++) {
        const struct wordlist_row *row = page_words_find(&words, at, &wordlist_page_walls, &count);
        if (!row)
            continue;
        note(p, row);
        any = true;
    }
    return any;
}

/* Running text of the body that does not speak of the wall. */
static uint32_t article_bytes(const struct page_blocks *blocks, const struct page_body *body)
{
    uint32_t bytes = 0;

    for (uint32_t i = 0; i < body->count; i++) {
        struct phrases none = {.count = 0};
        const struct page_block *b = &blocks->at[body->kept[i]];
        if (!read_block(b, &none))
            bytes += page_block_prose(b);
    }
    return bytes;
}

/* What the page tells machines of its access: "isAccessibleForFree": false. */
static bool says_access(const struct page_facts *facts, const char *first, const char *second)
{
    const struct page_fact *access = page_facts_best(facts, FACT_ACCESS);

    return access && (text_same(access->value, first) || text_same(access->value, second));
}

static uint32_t count_phrases(const struct phrases *p, const char *kind, const char *proof)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < p->count; i++)
        n += strcmp(p->at[i]->values[0], kind) == 0 && strcmp(p->at[i]->values[1], proof) == 0;
    return n;
}

static enum page_wall proven(const struct phrases *p, const struct page_facts *facts)
{
    uint32_t pay = count_phrases(p, "paywall", "strong");
    uint32_t pay_weak = count_phrases(p, "paywall", "weak");
    uint32_t consent = count_phrases(p, "consent", "strong");
    uint32_t consent_weak = count_phrases(p, "consent", "weak");

    if (!says_access(facts, "free", "true") &&
        (pay || (pay_weak && says_access(facts, "locked", "false"))))
        return WALL_PAYWALL;
    return consent || consent_weak >= WEAK_MIN ? WALL_CONSENT : WALL_NONE;
}

struct page_walls page_walls_find(const struct page_blocks *blocks, const struct page_body *body,
                                  const struct page_facts *facts)
{
    struct phrases found = {.count = 0};

    for (uint32_t i = 0; i < blocks->count && i < BLOCKS_READ_MAX; i++)
        read_block(&blocks->at[i], &found);
    enum page_wall wall = proven(&found, facts);
    uint32_t bytes = wall == WALL_NONE ? 0 : article_bytes(blocks, body);
    if (wall == WALL_NONE || bytes >= PART_BYTES || (wall == WALL_CONSENT && bytes >= TEASER_BYTES))
        return (struct page_walls){WALL_NONE, false};
    return (struct page_walls){wall, bytes >= TEASER_BYTES};
}
