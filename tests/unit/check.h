/* What every unit test includes: cmocka wants these headers before its own. */
#ifndef ONRECORD_TESTS_UNIT_CHECK_H
#define ONRECORD_TESTS_UNIT_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/span.h"

/* Fails with both texts printed. */
static inline void check_text(struct text got, const char *want)
{
    assert_non_null(got.bytes);
    assert_non_null(want);
    if (!want)
        return; /* the assertion does not return; the analyser cannot know */
    assert_int_equal(got.len, strlen(want));
    assert_memory_equal(got.bytes, want, got.len);
}

#endif
