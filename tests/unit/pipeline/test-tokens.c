#include "tests/unit/pipeline/layers.h"

#include <stdio.h>
#include <time.h>

#include "base/hash.h"

/* `want` is the text with a | between tokens that no space parts. */
static void check(const char *want)
{
    struct arena *a = arena_new(1 << 20);
    char plain[1024], got[2048] = "";
    uint32_t len = 0;

    for (const char *p = want; *p; p++)
        if (*p != '|')
            plain[len++] = *p;
    struct document doc = read_tokens(a, (struct text){plain, len});
    for (uint32_t i = 0; i < doc.tokens.count; i++) {
        struct text t = token_text(&doc, i);
        bool apart = doc.tokens.at[i].shape & SHAPE_SPACE_BEFORE;
        snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s%.*s",
                 i == 0  ? ""
                 : apart ? " "
                         : "|",
                 (int)t.len, t.bytes);
    }
    assert_string_equal(got, want);
    arena_free(a);
}

static void splits_clitics(void **state)
{
    (void)state;
    check("Russia|'s plan does|n't work|, we|'ll see");
    check("Russia|’s plan does|n’t work|, we|’ve seen it|’d");
    check("I ca|n't and wo|n't|; ai|n't it");
    check("do|nt count|; a Servant");
    check("can|not gon|na wan|na got|ta");
    check("the workers|' union and O'Hara at 5 o'clock");
    check("the 1930's and the '60s and ’72");
    check("the coup d'état in Qa'ida|'s land");
}

static void splits_hyphens_but_not_prefixes(void **state)
{
    (void)state;
    check("a two|-|day visit of a well|-|known anti-war non-profit");
    check("re-elected mid-May ex-minister|’s e-mail");
    check("call 555-0143 or 202-555-0143 in 1990|-|1995");
    check("Moscow|–|Beijing|—|a link -- he said --- so");
}

static void keeps_numbers(void **state)
{
    (void)state;
    check("5,000.50 and 3:14 on 9/11 for 1/2 of 6.2.1");
    check("$|5 and US$|40.4 and 5|% or 1|,|2|,|3");
    check("5|pm 35|mm 2.5|bn 3|km the 1st and 1960s|, 4A");
    check("and|/|or he|/|she");
}

static void keeps_abbreviations(void **state)
{
    (void)state;
    check("The U.S. and Mr. J. R. Stone|, Ph.D.|, met");
    check("It is in the U.S.");
    check("He said no|. No. 5 is e.g. here|.");
    check("R&D at AT&T and Barnes|&|Noble");
    check("1. Build it|.");
    check("2.1. Build it in 2009|. [|3|]");
    check("pens etc. here|, pens etc|.");
}

static void keeps_addresses(void **state)
{
    (void)state;
    check("see https://example.org/a?b=c#d|, or (|www.example.org|)|.");
    check("mail j.smith@example.org|. Ask @example_1 about #news and # 1");
    check("on example.org|, not in spring|.|Then");
}

static void keeps_runs_of_marks(void **state)
{
    (void)state;
    check("wait|... what|?! no|… yes|!!!");
    check("we [...] try […] it [|..|]");
    check("good :) bad :-( so|:|)");
    check("(|“|Yes|,|”|) \"|no|\" [|a|]");
    check("\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD|\xF0\x9F\x98\x80 ok");
}

static void sets_norm_and_shape(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 16);
    struct document doc = read_tokens(a, text_of("Russia’s NATO. Yes."));

    check_text(doc.tokens.at[0].norm, "russia");
    check_text(doc.tokens.at[1].norm, "'s");
    assert_int_equal(doc.tokens.at[0].shape,
                     SHAPE_FIRST_UPPER | SHAPE_WORD | SHAPE_SPACE_BEFORE | SHAPE_SENTENCE_START);
    assert_true(doc.tokens.at[2].shape & SHAPE_ALL_UPPER);
    assert_int_equal(doc.tokens.at[4].sentence, 1);
    assert_int_equal(doc.tokens.at[4].head, NO_HEAD);
    assert_int_equal(doc.sentences.at[1].first_token, 4);
    assert_int_equal(doc.sentences.at[1].token_count, 2);
    arena_free(a);
}

static void tells_of_missing_memory(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 12), *small = arena_new(64);
    struct document doc = read_paragraphs(a, text_of("One. Two."));
    struct tokens got = {NULL, 7};

    assert_int_equal(sentences_cut(a, &doc, &doc.sentences), ERR_OK);
    assert_int_equal(tokens_cut(small, &doc, &got), ERR_NO_MEMORY);
    assert_int_equal(got.count, 7);
    arena_free(small);
    arena_free(a);
}

/* Every byte that is no white space lies in exactly one token, and no token cuts a character. */
static void check_cover(const struct document *doc)
{
    uint32_t at = 0, size;

    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        struct span s = doc->tokens.at[i].span;
        assert_true(at <= s.start && s.start < s.end && s.end <= doc->text.len);
        assert_true(s.end - s.start <= TOKEN_BYTES_MAX);
        for (; at < s.start; at += size)
            assert_true(utf8_is_space(utf8_at(doc->text, at, &size)));
        for (; at < s.end; at += size)
            assert_false(utf8_is_space(utf8_at(doc->text, at, &size)));
        assert_int_equal(at, s.end);
    }
    for (; at < doc->text.len; at += size)
        assert_true(utf8_is_space(utf8_at(doc->text, at, &size)));
}

/* Sentences lie inside their paragraph, tokens inside their sentence, all in order. */
static void check_nesting(const struct document *doc)
{
    uint32_t token = 0, at = 0;

    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        const struct sentence *s = &doc->sentences.at[i];
        assert_true(at <= s->span.start && s->span.start < s->span.end);
        assert_true(span_contains(doc->paragraphs.at[s->paragraph].span, s->span));
        assert_true(s->span.end - s->span.start <= SENTENCE_BYTES_MAX);
        assert_int_equal(s->first_token, token);
        assert_true(s->token_count > 0);
        at = s->span.end;
        token += s->token_count;
        for (uint32_t k = s->first_token; k < token; k++) {
            assert_int_equal(doc->tokens.at[k].sentence, i);
            assert_true(span_contains(s->span, doc->tokens.at[k].span));
        }
    }
    assert_int_equal(token, doc->tokens.count);
}

/* What trips rules, to be thrown together at random. */
static const char *const pieces[] = {
    "a",
    "Mr",
    "U",
    "S",
    "n",
    "t",
    "not",
    "cannot",
    "5",
    "2021",
    "pm",
    ".",
    ".",
    ",",
    ":",
    "/",
    "-",
    "'",
    "’",
    "“",
    "”",
    "\"",
    "(",
    ")",
    "!",
    "?",
    "…",
    "—",
    "@",
    "#",
    "$",
    "%",
    "&",
    "_",
    " ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\xC2\xA0",
    "é",
    "Ж",
    "中",
    "\xCC\x81",
    "\xF0\x9F\x91\x8D",
    "\xF0\x9F\x8F\xBD",
    "\xE2\x80\x8D",
    "http://",
    "www.",
    ".com",
    "\xC8\xBA",
    "1.",
    "\x01",
    "\x7F",
    "\xE3\x80\x80",
};

enum { PIECE_COUNT = sizeof(pieces) / sizeof(pieces[0]) };

static void covers_any_text(void **state)
{
    (void)state;
    uint64_t random = 1;

    for (int round = 0; round < 3000; round++) {
        struct arena *a = arena_new(1 << 20);
        char bytes[512] = "x";
        size_t len = 1;
        while ((random = hash_mix(random + 1)) % 64 && len < 400) {
            struct text piece = text_of(pieces[(random >> 8) % PIECE_COUNT]);
            memcpy(bytes + len, piece.bytes, piece.len);
            len += piece.len;
        }
        struct document doc = read_tokens(a, (struct text){bytes, (uint32_t)len});
        check_cover(&doc);
        check_nesting(&doc);
        arena_free(a);
    }
}

/* What it takes to read a text of about `size` bytes made of `piece`. */
static clock_t cost(struct text piece, uint32_t size)
{
    struct arena *a = arena_new((size_t)size * 500);
    char *bytes = arena_alloc(a, (size_t)size + piece.len);
    uint32_t len = 0;

    for (; len < size; len += piece.len)
        memcpy(bytes + len, piece.bytes, piece.len);
    clock_t start = clock();
    struct document doc = read_tokens(a, (struct text){bytes, len});
    clock_t taken = clock() - start;
    check_cover(&doc);
    check_nesting(&doc);
    arena_free(a);
    return taken;
}

/* Quadratic work on a megabyte would take hours; the limit only has to tell the two apart. */
static void takes_linear_time(void **state)
{
    (void)state;
    static const char *const nasty[] = {
        "x",       "\"",
        "(",       ")",
        ".",       "'",
        "-",       "5",
        "5-",      "5,",
        "1.",      "A.",
        "…",       "@",
        "a@",      "a.",
        "_",       "\xCC\x81",
        "’s",      "n't",
        "!",       ". (",
        "/",       "www.",
        "http://", "#",
        "&",       "\n-",
        " .",      ".\"",
        "中",      "\xF0\x9F\x91\x8D",
        "A. ",     "x\n",
        "(. A",    "a-",
        "co-",     "\xE2\x80\x8D",
        "U.S.",    "x y\n",
    };
    for (size_t i = 0; i < sizeof(nasty) / sizeof(nasty[0]); i++)
        assert_true(cost(text_of(nasty[i]), 1 << 20) < 10 * CLOCKS_PER_SEC);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splits_clitics),      cmocka_unit_test(splits_hyphens_but_not_prefixes),
        cmocka_unit_test(keeps_numbers),       cmocka_unit_test(keeps_abbreviations),
        cmocka_unit_test(keeps_addresses),     cmocka_unit_test(keeps_runs_of_marks),
        cmocka_unit_test(sets_norm_and_shape), cmocka_unit_test(tells_of_missing_memory),
        cmocka_unit_test(covers_any_text),     cmocka_unit_test(takes_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
