/* A text read up to names, for the tests of what follows. */
#ifndef ONRECORD_TESTS_UNIT_PIPELINE_READING_H
#define ONRECORD_TESTS_UNIT_PIPELINE_READING_H

#include "tests/unit/check.h"

#include "pipeline/run.h"

/* The summary of `text`, published on 2021-04-07, all of it in `a`. */
static inline struct summary summary_of(struct arena *a, const char *text)
{
    struct request r = {.kind = SOURCE_TEXT,
                        .content = text_of(text),
                        .published = text_of("2021-04-07"),
                        .published_day = {2021, 4, 7}};
    struct summary s;
    struct problem why = {0};

    assert_int_equal(pipeline_run(a, &r, NULL, NULL, &s, &why), ERR_OK);
    return s;
}

static inline struct text slice(const struct summary *s, struct span span)
{
    return text_slice(s->document.text, span);
}

/* The actor of this name, or NULL. */
static inline const struct actor *actor_named(const struct summary *s, const char *name)
{
    for (uint32_t i = 0; i < s->actors.count; i++)
        if (text_is(s->actors.at[i].name, name))
            return &s->actors.at[i];
    return NULL;
}

#endif
