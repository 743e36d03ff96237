#include "tests/unit/pipeline/dates_case.h"

#include "pipeline/dates_lex.h"
#include "pipeline/wordlist.h"

/* The pieces of a sentence, one space apart. */
static void check_cut(const char *text, const char *want)
{
    struct arena *a = arena_new(1 << 16);
    struct document doc = case_document(a, text, NULL);
    struct lexemes l;
    struct strbuf b = strbuf_in(a);
    struct text got;

    assert_int_equal(lexemes_reserve(a, &doc, &l), ERR_OK);
    lexemes_cut(&doc, &doc.sentences.at[0], &l);
    for (uint32_t i = 0; i < l.count; i++) {
        strbuf_str(&b, i ? " " : "");
        strbuf_text(&b, text_slice(doc.text, l.at[i].span));
    }
    assert_int_equal(strbuf_finish(&b, &got), ERR_OK);
    check_text(got, want);
    arena_free(a);
}

static void cuts_finer_than_words(void **state)
{
    (void)state;
    check_cut("5pm", "5 pm");
    check_cut("14April2015", "14 April 2015");
    check_cut("10/31/74", "10 / 31 / 74");
    check_cut("mid-2011", "mid - 2011");
    check_cut("1990s", "1990 s");
    check_cut("two-day", "two - day");
    check_cut("today's", "today 's");
    check_cut("today’s", "today ’s");
    check_cut("five o’clock", "five o’clock");
    check_cut("at 3 a.m. on", "at 3 a.m. on");
    check_cut("in 44 B.C.", "in 44 B.C.");
    check_cut("Feb. 3", "Feb . 3");
    check_cut("Tết 2018", "Tết 2018");
}

static struct lexeme only(const char *text)
{
    struct arena *a = arena_new(1 << 16);
    struct document doc = case_document(a, text, NULL);
    struct lexemes l;
    assert_int_equal(lexemes_reserve(a, &doc, &l), ERR_OK);
    lexemes_cut(&doc, &doc.sentences.at[0], &l);
    assert_int_equal(l.count, 1);
    struct lexeme first = l.at[0];
    arena_free(a);
    return first;
}

static bool is_class(struct lexeme l, enum lex_class class)
{
    return l.classes >> class & 1;
}

static void tells_what_a_word_can_be(void **state)
{
    (void)state;
    struct lexeme second = only("second"), may = only("May"), pm = only("p.m.");
    assert_true(is_class(second, LEX_UNIT) && is_class(second, LEX_ORDINAL));
    assert_int_equal(second.unit, GRAIN_SECOND);
    assert_int_equal(second.value, 2);
    assert_true(is_class(may, LEX_MONTH) && is_class(may, LEX_CASED) && may.upper);
    assert_int_equal(may.value, 5);
    assert_true(is_class(pm, LEX_MERIDIEM));
    assert_int_equal(pm.value, 12);
    assert_int_equal(only("2021").digits, 4);
    assert_int_equal(only("12345678901234567890").classes, 0);
    assert_int_equal(only("table").classes, 0);
}

/* Without that class the phrase is never looked up. */
static void every_holiday_begins_with_a_feast(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < wordlist_holidays.slot_count; i++) {
        if (!wordlist_holidays.slots[i].row)
            continue;
        const char *key = wordlist_holidays.rows[wordlist_holidays.slots[i].row - 1].key;
        char word[32];
        (void)snprintf(word, sizeof(word), "%.*s", (int)strcspn(key, " "), key);
        if (!is_class(only(word), LEX_FEAST))
            fail_msg("date-words.tsv: %s is no feast, but \"%s\" begins with it", word, key);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_finer_than_words),
        cmocka_unit_test(tells_what_a_word_can_be),
        cmocka_unit_test(every_holiday_begins_with_a_feast),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
