/* Documents for tests: one sentence whose tokens stand between single spaces. */
#ifndef ONRECORD_TESTS_UNIT_PIPELINE_SPACED_H
#define ONRECORD_TESTS_UNIT_PIPELINE_SPACED_H

#include "base/arena.h"
#include "models/document.h"
#include "pipeline/forms.h"
#include "tests/unit/check.h"

static inline struct document spaced_document(struct arena *a, const char *text)
{
    struct document doc = {.text = text_of(text)};
    doc.tokens.at = ARENA_ARRAY(a, struct token, doc.text.len + 1);
    doc.sentences = (struct sentences){ARENA_NEW(a, struct sentence), 1};
    for (uint32_t i = 0, start = 0; i <= doc.text.len; i++) {
        if (i < doc.text.len && text[i] != ' ')
            continue;
        struct token *token = &doc.tokens.at[doc.tokens.count++];
        token->span = (struct span){start, i};
        assert_int_equal(token_form(a, doc.text, token), ERR_OK);
        start = i + 1;
    }
    doc.sentences.at[0] = (struct sentence){{0, doc.text.len}, 0, 0, doc.tokens.count};
    return doc;
}

#endif
