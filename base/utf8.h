/*
 * UTF-8 (RFC 3629): checking it once at the door, and walking it afterwards.
 *
 * utf8_check() is the gate: everything behind it may assume well-formed text, and the walkers do.
 */
#ifndef ONRECORD_BASE_UTF8_H
#define ONRECORD_BASE_UTF8_H

#include "base/span.h"

/*
 * True if `t` is well-formed: shortest form, no surrogates, nothing above U+10FFFF. Otherwise
 * *bad_at is the offset of the first byte of the first ill-formed sequence.
 */
bool utf8_check(struct text t, uint32_t *bad_at);

/*
 * The code point that starts at byte `at` of well-formed `t`; *size is its length in bytes, 1 to 4.
 * `at` must be below t.len.
 */
uint32_t utf8_at(struct text t, uint32_t at, uint32_t *size);

/* The byte at which the code point before `at` starts; `at` must be above 0. */
uint32_t utf8_before(struct text t, uint32_t at);

/* Writes `c` (a scalar value) to `out` and returns its length in bytes, 1 to 4. */
uint32_t utf8_put(uint32_t c, char out[4]);

/*
 * Classes of code points that the pipeline asks for. Letters, case and spaces of Latin, Greek and
 * Cyrillic are exact (Unicode 15); any other code point from U+0080 on that is no space, dash,
 * quote or symbol counts as a letter without case.
 */
bool utf8_is_space(uint32_t c); /* incl. NBSP, thin and ideographic spaces, line separators */
bool utf8_is_letter(uint32_t c);
bool utf8_is_upper(uint32_t c);
bool utf8_is_digit(uint32_t c);        /* 0-9 only */
bool utf8_is_dash(uint32_t c);         /* hyphens and dashes, U+002D and U+2010..U+2015, U+2212 */
bool utf8_is_single_quote(uint32_t c); /* ' and its curly and modifier forms */
bool utf8_is_double_quote(uint32_t c); /* " and its curly, low and angle forms */
uint32_t utf8_lower(uint32_t c);

#endif
