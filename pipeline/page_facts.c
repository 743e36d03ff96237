#include "pipeline/page_facts.h"

#include <stdlib.h>

#include "pipeline/page_text.h"

enum {
    AGREEMENT = 4, /* each further source of the same day adds so much weight */
    WEIGHT_DESK_DAY = 70,
};

static const char *const names[PAGE_FACT_COUNT] = {
#define PAGE_FACT_NAME(id, name) name,
    PAGE_FACTS(PAGE_FACT_NAME)};

enum err page_facts_new(struct arena *a, struct page_facts *out)
{
    struct page_facts f = {.arena = a, .at = ARENA_ARRAY(a, struct page_fact, PAGE_FACTS_MAX)};

    if (!f.at)
        return ERR_NO_MEMORY;
    *out = f;
    return ERR_OK;
}

bool page_fact_named(const char *name, enum page_fact_kind *out)
{
    for (int i = 0; i < PAGE_FACT_COUNT; i++)
        if (strcmp(name, names[i]) == 0) {
            *out = (enum page_fact_kind)i;
            return true;
        }
    return false;
}

static bool is_date(enum page_fact_kind kind)
{
    return kind == FACT_PUBLISHED || kind == FACT_MODIFIED;
}

static bool reads(const struct page_facts *f, struct page_fact *fact)
{
    if (fact->kind == FACT_CANONICAL)
        return text_begins(fact->value, "http://") || text_begins(fact->value, "https://");
    if (!is_date(fact->kind))
        return true;
    if (!page_date_parse(fact->value, f->day_first, &fact->date))
        return false;
    return !day_known(f->not_after) || day_serial(fact->date.day) <= day_serial(f->not_after) + 1;
}

void page_facts_add(struct page_facts *f, enum page_fact_kind kind, struct text value,
                    unsigned weight)
{
    struct page_fact fact = {.kind = kind, .weight = weight};

    if (value.len == 0 || value.len > PAGE_FACT_BYTES_MAX || f->count == PAGE_FACTS_MAX)
        return;
    if (text_squeezed(f->arena, value, &fact.value) != ERR_OK) {
        f->failed = true;
        return;
    }
    if (fact.value.len && reads(f, &fact))
        f->at[f->count++] = fact;
}

const struct page_fact *page_facts_best(const struct page_facts *f, enum page_fact_kind kind)
{
    const struct page_fact *best = NULL;

    for (uint32_t i = 0; i < f->count; i++)
        if (f->at[i].kind == kind && (!best || f->at[i].weight > best->weight))
            best = &f->at[i];
    return best;
}

static bool same_day(const struct page_fact *a, const struct page_fact *b)
{
    return memcmp(&a->date.day, &b->date.day, sizeof(struct day)) == 0;
}

static unsigned weight_with_others(const struct page_facts *f, const struct page_fact *fact)
{
    unsigned weight = fact->weight;

    for (uint32_t i = 0; i < f->count; i++)
        if (&f->at[i] != fact && f->at[i].kind == FACT_PUBLISHED && same_day(&f->at[i], fact))
            weight += AGREEMENT;
    return weight;
}

/* "2021-04-07T03:28:00Z": written for machines, which do not say what day it was at the desk. */
static bool is_utc_instant(const struct page_fact *fact)
{
    size_t n = strlen(fact->date.text);
    return n > 10 && fact->date.text[n - 1] == 'Z';
}

/* What names the day before or behind a UTC instant, as the desk's own calendar would. */
static const struct page_fact *desk_day(const struct page_facts *f, const struct page_fact *best)
{
    for (uint32_t i = 0; is_utc_instant(best) && i < f->count; i++) {
        const struct page_fact *other = &f->at[i];
        if (other->kind == FACT_PUBLISHED && other->weight >= WEIGHT_DESK_DAY &&
            !is_utc_instant(other) &&
            abs(day_serial(other->date.day) - day_serial(best->date.day)) == 1)
            return other;
    }
    return best;
}

const struct page_fact *page_facts_published(const struct page_facts *f)
{
    const struct page_fact *best = NULL;
    unsigned best_weight = 0;

    for (uint32_t i = 0; i < f->count; i++) {
        if (f->at[i].kind != FACT_PUBLISHED)
            continue;
        unsigned weight = weight_with_others(f, &f->at[i]);
        if (weight > best_weight) {
            best = &f->at[i];
            best_weight = weight;
        }
    }
    return best ? desk_day(f, best) : NULL;
}
