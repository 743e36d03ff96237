/*
 * Dates in any text, from any reference day. What the header of struct date promises must hold:
 * spans in range, in order and on code points; values that are written, first days before last
 * days; and the same again for the same text.
 */
#include "tests/fuzz/fuzz.h"

#include "base/utf8.h"
#include "pipeline/dates.h"
#include "pipeline/sentences.h"
#include "pipeline/text.h"
#include "pipeline/tokens.h"

enum { BUDGET = 1 << 28, REFERENCE_BYTES = 3 };

static bool is_boundary(struct text t, uint32_t at)
{
    return at == t.len || ((unsigned char)t.bytes[at] & 0xC0) != 0x80;
}

static void check_value(struct text t)
{
    MUST(t.len > 0);
    for (uint32_t i = 0; i < t.len; i++)
        MUST(t.bytes[i] > ' ' && t.bytes[i] < 127);
}

static void check_date(const struct document *doc, const struct date *d, uint32_t after)
{
    MUST(d->span.start >= after && d->span.start < d->span.end && d->span.end <= doc->text.len);
    MUST(is_boundary(doc->text, d->span.start) && is_boundary(doc->text, d->span.end));
    MUST(d->type < DATE_TYPE_COUNT && d->mod < DATE_MOD_COUNT);
    check_value(d->timex);
    if (d->edtf.bytes)
        check_value(d->edtf);
    if (day_known(d->earliest) && day_known(d->latest))
        MUST(day_serial(d->earliest) <= day_serial(d->latest));
}

static bool read_document(struct arena *a, const uint8_t *data, size_t size, struct document *doc)
{
    uint32_t bad_at;
    struct text in = {(const char *)data + REFERENCE_BYTES, (uint32_t)(size - REFERENCE_BYTES)};
    if (!utf8_check(in, &bad_at) || text_normalise(a, in, &doc->text) != ERR_OK)
        return false;
    int32_t serial = (data[0] | data[1] << 8 | data[2] << 16) - (1 << 20);
    doc->reference = day_from_serial(serial);
    return text_paragraphs(a, doc->text, &doc->paragraphs, &doc->title) == ERR_OK &&
           sentences_cut(a, doc, &doc->sentences) == ERR_OK &&
           tokens_cut(a, doc, &doc->tokens) == ERR_OK;
}

static void check_dates(struct arena *a, const struct document *doc)
{
    struct dates dates, again;
    MUST(dates_find(a, doc, &dates) == ERR_OK && dates_find(a, doc, &again) == ERR_OK);
    MUST(dates.count == again.count && dates.odd_count == again.odd_count);

    uint32_t after = 0;
    for (uint32_t i = 0; i < dates.count; i++) {
        check_date(doc, &dates.at[i], after);
        MUST(text_equal(dates.at[i].timex, again.at[i].timex));
        after = dates.at[i].span.end;
    }
    for (uint32_t i = 0; i < dates.odd_count; i++) {
        struct text sentence;
        MUST(dates_odd_text(a, doc, &dates.odd[i], &sentence) == ERR_OK && sentence.len > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct document doc = {0};
    struct arena *a = size > REFERENCE_BYTES ? arena_new(BUDGET) : NULL;
    if (a && read_document(a, data, size, &doc))
        check_dates(a, &doc);
    arena_free(a);
    return 0;
}
