/* The first stages on a text, for tests: each asserts that the stage succeeds. */
#ifndef ONRECORD_TESTS_UNIT_PIPELINE_LAYERS_H
#define ONRECORD_TESTS_UNIT_PIPELINE_LAYERS_H

#include "tests/unit/check.h"

#include "base/utf8.h"
#include "pipeline/sentences.h"
#include "pipeline/text.h"
#include "pipeline/tokens.h"

static inline struct document read_paragraphs(struct arena *a, struct text text)
{
    struct document doc = {.title = {NULL, 0}};
    assert_int_equal(text_normalise(a, text, &doc.text), ERR_OK);
    assert_int_equal(text_paragraphs(a, doc.text, &doc.paragraphs, &doc.title), ERR_OK);
    return doc;
}

static inline struct document read_tokens(struct arena *a, struct text text)
{
    struct document doc = read_paragraphs(a, text);
    assert_int_equal(sentences_cut(a, &doc, &doc.sentences), ERR_OK);
    assert_int_equal(tokens_cut(a, &doc, &doc.tokens), ERR_OK);
    return doc;
}

#endif
