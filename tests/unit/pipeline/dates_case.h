/*
 * A table of date cases in a unit test: a sentence, the day it was published, and what must be
 * found in it, written as "text = value" with "; " between. The empty string: nothing.
 */
#ifndef ONRECORD_TESTS_UNIT_PIPELINE_DATES_CASE_H
#define ONRECORD_TESTS_UNIT_PIPELINE_DATES_CASE_H

#include "tests/unit/check.h"

#include <stdio.h>

#include "base/strbuf.h"
#include "pipeline/dates.h"
#include "pipeline/forms.h"

struct date_case {
    const char *published; /* NULL: not known */
    const char *text;
    const char *want;
};

static inline bool case_is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (unsigned char)c >= 0x80;
}

/* One sentence, its words and marks as tokens without tags. */
static inline struct document case_document(struct arena *a, const char *text, const char *day)
{
    struct document doc = {.text = text_of(text)};
    doc.sentences.at = ARENA_NEW(a, struct sentence);
    doc.tokens.at = ARENA_ARRAY(a, struct token, doc.text.len + 1);
    assert_non_null(doc.sentences.at);
    assert_non_null(doc.tokens.at);
    assert_true(!day || day_parse(text_of(day), &doc.reference));

    for (uint32_t i = 0, end; i < doc.text.len; i = end) {
        end = i + 1;
        if (text[i] == ' ')
            continue;
        while (case_is_word(text[i]) && case_is_word(text[end]))
            end++;
        struct token *t = &doc.tokens.at[doc.tokens.count++];
        t->span = (struct span){i, end};
        assert_int_equal(token_form(a, doc.text, t), ERR_OK);
    }
    doc.sentences.count = 1;
    doc.sentences.at[0].span = (struct span){0, doc.text.len};
    doc.sentences.at[0].token_count = doc.tokens.count;
    return doc;
}

static inline struct text case_listing(struct arena *a, const struct document *doc,
                                       const struct dates *dates)
{
    struct strbuf b = strbuf_in(a);
    struct text out;
    for (uint32_t i = 0; i < dates->count; i++) {
        strbuf_str(&b, i ? "; " : "");
        strbuf_text(&b, text_slice(doc->text, dates->at[i].span));
        strbuf_str(&b, " = ");
        strbuf_text(&b, dates->at[i].timex);
    }
    assert_int_equal(strbuf_finish(&b, &out), ERR_OK);
    return out;
}

static inline void check_date_cases(const struct date_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct arena *a = arena_new(1 << 20);
        struct document doc = case_document(a, cases[i].text, cases[i].published);
        struct dates dates;
        assert_int_equal(dates_find(a, &doc, &dates), ERR_OK);
        struct text got = case_listing(a, &doc, &dates);
        if (!text_is(got, cases[i].want))
            fprintf(stderr, "in \"%s\"\n", cases[i].text);
        assert_string_equal(got.bytes, cases[i].want);
        arena_free(a);
    }
}

#define CHECK_DATE_CASES(cases) check_date_cases((cases), sizeof(cases) / sizeof(*(cases)))

#endif
