#include "pipeline/page_lines.h"

#include "pipeline/page_byline.h"
#include "pipeline/page_text.h"
#include "pipeline/page_words.h"

enum {
    LINE_BYTES_MAX = 200,
    DATES_A_LINE = 4,
    WEIGHT_CUE = 72,
    WEIGHT_DATE_ALONE = 58, /* nothing but a date, and perhaps a time */
    WEIGHT_DATE_IN_LINE = 50,
    WEIGHT_MODIFIED = 70,
    WEIGHT_BYLINE = 68,
    ALONE_BYTES = 24,
};

/* What the words between the date before (if any) and this one say of it. */
static const char *cue_of(struct text line, uint32_t from, uint32_t to)
{
    struct page_words w = page_words_of((struct text){line.bytes + from, to - from});
    const struct wordlist_row *row = page_words_last(&w, &wordlist_page_date_cues);

    return row ? row->values[0] : "";
}

static void add_date(struct page_facts *facts, struct text line, const struct page_date *d,
                     const char *cue, unsigned less)
{
    struct text value = text_slice(line, d->span);
    bool alone = line.len - value.len <= ALONE_BYTES;

    if (strcmp(cue, "other") == 0)
        return;
    if (strcmp(cue, "modified") == 0)
        page_facts_add(facts, FACT_MODIFIED, value, WEIGHT_MODIFIED - less);
    else if (*cue)
        page_facts_add(facts, FACT_PUBLISHED, value, WEIGHT_CUE - less);
    else
        page_facts_add(facts, FACT_PUBLISHED, value,
                       (alone ? WEIGHT_DATE_ALONE : WEIGHT_DATE_IN_LINE) - less);
}

static void read_dates(struct page_facts *facts, struct text line, unsigned less)
{
    struct page_date d;
    uint32_t from = 0;

    for (int n = 0; n < DATES_A_LINE; n++) {
        if (!page_date_find(line, from, facts->day_first, &d))
            return;
        add_date(facts, line, &d, cue_of(line, from, d.span.start), less);
        from = d.span.end;
    }
}

void page_lines_read(const struct page_blocks *blocks, uint32_t from, uint32_t to, unsigned less,
                     struct page_facts *facts)
{
    for (uint32_t i = from; i < to && i < blocks->count; i++) {
        struct text line = blocks->at[i].text;
        if (line.len > LINE_BYTES_MAX)
            continue;
        read_dates(facts, line, less);
        if (less == 0 && page_is_byline(line))
            page_facts_add(facts, FACT_AUTHOR, line, WEIGHT_BYLINE);
    }
}
