#include "models/summary_json.h"

#include "base/json.h"
#include "base/utf8.h"
#include "tests/unit/check.h"

/* Astral signs, a combining mark and quotes before and inside what is found. */
#define BODY                                                                                       \
    "\xF0\x9F\x98\x80 Zo\xC3\xAB said \xE2\x80\x9CMalm\xC3\xB6 will send 5 buses "                 \
    "by May 1\xE2\x80\x9D.\nCafe\xCC\x81 owners \xF0\x9D\x92\x9C agreed."

static struct span find(struct text in, const char *piece)
{
    const char *at = memmem(in.bytes, in.len, piece, strlen(piece));
    assert_non_null(at);
    uint32_t start = (uint32_t)(at - in.bytes);
    return (struct span){start, start + (uint32_t)strlen(piece)};
}

/* Static storage for one sample: two actors, three tellings of one commitment, a date. */
struct sample {
    struct mention mentions[2];
    struct actor actors[2];
    struct text aliases[1];
    struct quantity quantities[1];
    uint32_t who[1];
    struct commitment commitments[3];
    struct date dates[1];
    struct span key[1];
    struct sentence sentences[2];
    struct token tokens[3];
    struct text warnings[1];
    struct summary summary;
};

static void fill_actors(struct sample *s, struct text t)
{
    s->aliases[0] = text_of("the city");
    s->mentions[0] = (struct mention){find(t, "Zo\xC3\xAB"), MENTION_NAME};
    s->mentions[1] = (struct mention){find(t, "Malm\xC3\xB6"), MENTION_NOMINAL};
    s->actors[0] = (struct actor){.name = text_of("Zo\xC3\xAB"),
                                  .type = ACTOR_PERSON,
                                  .role = text_of("mayor"),
                                  .affiliation = 1,
                                  .salience = 0.93,
                                  .mentions = s->mentions,
                                  .mention_count = 1};
    s->actors[1] = (struct actor){.name = text_of("Malm\xC3\xB6"),
                                  .type = ACTOR_PLACE_GOVERNMENT,
                                  .affiliation = NO_ACTOR,
                                  .aliases = s->aliases,
                                  .alias_count = 1,
                                  .salience = 1.0 / 3,
                                  .mentions = s->mentions + 1,
                                  .mention_count = 1};
}

static void fill_commitments(struct sample *s, struct text t)
{
    s->who[0] = 1;
    s->quantities[0] = (struct quantity){5, text_of("buses"), find(t, "5 buses")};
    for (int i = 0; i < 3; i++)
        s->commitments[i] = (struct commitment){.type = COMMITMENT_PLEDGE,
                                                .actors = {s->who, 1},
                                                .speaker = 0,
                                                .action = find(t, "send 5 buses"),
                                                .trigger = find(t, "will"),
                                                .evidence = s->sentences[0].span,
                                                .due_date = NO_DATE,
                                                .missing = MISSING_DUE | MISSING_ACTOR,
                                                .same_as = i == 0 ? NO_COMMITMENT : 0,
                                                .confidence = 0.3 + 0.3 * i};
    struct commitment *first = &s->commitments[0];
    first->due_edtf = text_of("../2021-05-01");
    first->due_date = 0;
    first->quantities = s->quantities;
    first->quantity_count = 1;
    first->quoted = true;
    s->commitments[1].negative = true;
    s->commitments[1].strength = STRENGTH_TENTATIVE;
    s->commitments[1].speaker = NO_ACTOR;
    s->commitments[1].action = (struct span){0, 0};
    s->commitments[2].condition = find(t, "by May 1");
}

static void fill_language(struct sample *s, struct text t)
{
    s->sentences[0] = (struct sentence){.span = {0, find(t, "\nCafe").start}};
    s->sentences[1] = (struct sentence){.span = {find(t, "Cafe").start, t.len}};
    s->key[0] = s->sentences[1].span;
    s->tokens[0] = (struct token){.span = find(t, "Zo\xC3\xAB"),
                                  .lemma = text_of("zo\xC3\xAB"),
                                  .head = 1,
                                  .upos = UPOS_PROPN,
                                  .xpos = XPOS_NNP,
                                  .deprel = DEPREL_NSUBJ,
                                  .name = NAME_PERSON,
                                  .name_begins = true};
    s->tokens[1] = (struct token){.span = find(t, "said"), .head = NO_HEAD};
    s->tokens[2] = (struct token){
        .span = find(t, "agreed"), .head = 1, .name = NAME_ORGANISATION, .name_begins = false};
    s->dates[0] = (struct date){.span = find(t, "May 1"),
                                .type = DATE_DATE,
                                .mod = MOD_ON_OR_BEFORE,
                                .relative = true,
                                .timex = text_of("2021-05-01"),
                                .edtf = text_of("2021-05-01"),
                                .earliest = {2021, 5, 1}};
    s->warnings[0] = text_of("a \"warning\"");
}

static const struct summary *sample(struct sample *s)
{
    struct text t = text_of(BODY);

    memset(s, 0, sizeof(*s));
    fill_language(s, t);
    fill_actors(s, t);
    fill_commitments(s, t);
    s->summary = (struct summary){.reference_from = REFERENCE_REQUEST,
                                  .key_sentences = {s->key, 1},
                                  .actors = {s->actors, 2},
                                  .commitments = {s->commitments, 3},
                                  .dates = {.at = s->dates, .count = 1},
                                  .warnings = {s->warnings, 1}};
    s->summary.document = (struct document){.text = t, .reference = {2021, 4, 7}};
    s->summary.document.sentences = (struct sentences){s->sentences, 2};
    s->summary.document.tokens = (struct tokens){s->tokens, 3};
    s->summary.article.words = 14;
    s->summary.article.language = text_of("en");
    return &s->summary;
}

static struct text written(struct arena *a, const struct summary *s, const struct request *r)
{
    struct text out = {NULL, 0};
    assert_int_equal(summary_to_json(a, s, r, "1.0", false, &out), ERR_OK);
    return out;
}

static const struct json *parsed(struct arena *a, struct text body)
{
    const struct json *root;
    struct json_fault fault;
    if (json_parse(a, body, &root, &fault) != ERR_OK)
        fail_msg("%s at byte %u", fault.reason, (unsigned)fault.offset);
    return root;
}

/* An independent reading of offsets: where unit number `units` begins. */
static uint32_t byte_of(struct text t, uint32_t units, enum offset_unit unit)
{
    uint32_t at = 0, size;
    for (uint32_t n = 0; n < units && at < t.len; at += size) {
        uint32_t c = utf8_at(t, at, &size);
        n += unit == OFFSETS_BYTE ? size : unit == OFFSETS_UTF16 && c > 0xFFFF ? 2 : 1;
    }
    return at;
}

static uint32_t number(const struct json *object, const char *key)
{
    return (uint32_t)json_number(json_member(object, key));
}

static bool check_slice(const struct json *v, struct text article, enum offset_unit unit)
{
    const struct json *text = json_type(v) == JSON_OBJECT ? json_member(v, "text") : NULL;

    if (!text || !json_member(v, "start"))
        return false;
    struct span s = {byte_of(article, number(v, "start"), unit),
                     byte_of(article, number(v, "end"), unit)};
    assert_true(text_equal(text_slice(article, s), json_string(text)));
    return true;
}

/* Checks every object with start, end and text in the tree; returns how many there are. */
static unsigned check_slices(const struct json *root, struct text article, enum offset_unit unit)
{
    const struct json *waiting[256] = {root};
    unsigned count = 1, checked = 0;

    while (count > 0) {
        const struct json *v = waiting[--count];
        checked += check_slice(v, article, unit);
        for (const struct json *child = json_first(v); child; child = json_next(child)) {
            assert_true(count < 256);
            waiting[count++] = child;
        }
    }
    return checked;
}

static void every_span_equals_its_slice_in_every_unit(void **state)
{
    (void)state;
    struct sample s;
    sample(&s);
    for (unsigned unit = 0; unit < OFFSET_UNIT_COUNT; unit++) {
        struct arena *a = arena_new(1 << 20);
        struct request r = {.offsets = (enum offset_unit)unit, .include = INCLUDE_MENTIONS};
        const struct json *root = parsed(a, written(a, &s.summary, &r));
        struct text article = json_string(json_member(json_member(root, "article"), "text"));
        check_text(article, BODY);
        /* 1 key sentence, 2 mentions, 2 to 4 spans a commitment, 1 date */
        assert_int_equal(check_slices(root, article, (enum offset_unit)unit), 13);
        arena_free(a);
    }
}

static void check_piece(struct text whole, const char *piece)
{
    if (!memmem(whole.bytes, whole.len, piece, strlen(piece)))
        fail_msg("%s\nis not in\n%.*s", piece, (int)whole.len, whole.bytes);
}

static void check_no_piece(struct text whole, const char *piece)
{
    if (memmem(whole.bytes, whole.len, piece, strlen(piece)))
        fail_msg("%s\nis in\n%.*s", piece, (int)whole.len, whole.bytes);
}

static void writes_the_members_of_the_contract(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct sample s;
    struct request r = {.include = INCLUDE_MENTIONS | INCLUDE_SENTENCES | INCLUDE_TOKENS};
    struct text got = written(a, sample(&s), &r);
    static const char *const pieces[] = {
        "\"source\":{\"kind\":\"text\",\"url\":null,\"final_url\":null,\"canonical_url\":null,"
        "\"fetched_at\":null,\"http_status\":null},",
        "\"article\":{\"title\":null,\"byline\":[],\"published\":null,\"modified\":null,"
        "\"site\":null,\"section\":null,\"language\":\"en\",\"dateline\":{\"place\":null,"
        "\"date\":null},\"text\":",
        "\"words\":14,\"sentences\":[{\"start\":0,\"end\":46},{\"start\":47,\"end\":69}]},",
        "\"reference_date\":{\"value\":\"2021-04-07\",\"from\":\"request\"},",
        "\"actors\":[{\"id\":\"a1\",\"name\":\"Zo\xC3\xAB\",\"type\":\"person\",\"role\":\"mayor\","
        "\"affiliation\":\"a2\",\"aliases\":[],\"identifiers\":{\"iso3166\":null,\"wikidata\":null}"
        ",\"salience\":0.93,\"mentions\":[{\"start\":2,\"end\":5,\"text\":\"Zo\xC3\xAB\",\"kind\":"
        "\"name\"}]},",
        "\"type\":\"place-government\",\"role\":null,\"affiliation\":null,\"aliases\":[\"the "
        "city\"]",
        "\"salience\":0.3333,",
        "\"commitments\":[{\"id\":\"c1\",\"type\":\"pledge\",\"actors\":[\"a2\"],\"speaker\":"
        "\"a1\",\"beneficiaries\":[],\"action\":{\"start\":23,\"end\":35,\"text\":\"send 5 "
        "buses\"},\"trigger\":",
        "\"due\":{\"edtf\":\"../2021-05-01\",\"date\":\"d1\"},\"quantities\":[{\"value\":5,"
        "\"unit\":\"buses\",\"text\":\"5 buses\"}],\"polarity\":\"positive\",\"strength\":\"firm\","
        "\"contested_by\":[],\"conditional\":false,\"condition\":null,\"quoted\":true,\"missing\":"
        "[\"actor\",\"due\"],\"same_as\":null,\"confidence\":0.3},",
        "\"id\":\"c2\",\"type\":\"pledge\",\"actors\":[\"a2\"],\"speaker\":null,\"beneficiaries\":"
        "[],\"action\":null,",
        "\"due\":null,\"quantities\":[],\"polarity\":\"negative\",\"strength\":\"tentative\",",
        "\"conditional\":true,\"condition\":{\"start\":",
        "\"same_as\":\"c1\",\"confidence\":0.9}],",
        "\"dates\":[{\"id\":\"d1\",\"start\":39,\"end\":44,\"text\":\"May 1\",\"type\":\"date\","
        "\"timex\":\"2021-05-01\",\"edtf\":\"2021-05-01\",\"earliest\":\"2021-05-01\",\"latest\":"
        "null,\"mod\":\"ON_OR_BEFORE\",\"relative\":true}],",
        "\"tokens\":[{\"start\":2,\"end\":5,\"lemma\":\"zo\xC3\xAB\",\"upos\":\"PROPN\",\"xpos\":"
        "\"NNP\",\"head\":1,\"deprel\":\"nsubj\",\"name\":\"B-person\"},{\"start\":6,\"end\":10,"
        "\"lemma\":null,\"upos\":\"_\",\"xpos\":\"_\",\"head\":-1,\"deprel\":\"_\",\"name\":\"O\"}"
        ",",
        "\"name\":\"I-organisation\"}],\"warnings\":[\"a \\\"warning\\\"\"]}",
    };
    for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++)
        check_piece(got, pieces[i]);
    arena_free(a);
}

static void leaves_out_what_was_not_asked_for(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct sample s;
    struct text got = written(a, sample(&s), &(struct request){0});
    check_no_piece(got, "\"mentions\"");
    check_no_piece(got, "\"sentences\"");
    check_no_piece(got, "\"tokens\"");
    arena_free(a);
}

static void writes_empty_lists_where_nothing_was_found(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct summary s = {.document = {.text = TEXT("Nothing.")}};
    struct source fetched = {.url = TEXT("https://a.test/"), .http_status = 200};
    struct request r = {.kind = SOURCE_URL, .id = TEXT("mine")};
    s.source = fetched;

    struct text got = written(a, &s, &r);
    check_piece(got, "{\"id\":\"mine\",\"source\":{\"kind\":\"url\",\"url\":\"https://a.test/\",");
    check_piece(got, "\"http_status\":200}");
    check_piece(got, "\"reference_date\":{\"value\":null,\"from\":\"none\"},\"key_sentences\":[],"
                     "\"actors\":[],\"commitments\":[],\"dates\":[],\"warnings\":[]}");
    arena_free(a);
}

/* Ids do not move when the threshold does; same_as goes to the first telling that was kept. */
static void keeps_ids_when_it_drops_the_unsure(void **state)
{
    (void)state;
    static const struct {
        double least;
        const char *ids[3], *same_as[3];
    } cases[] = {
        {0.0, {"c1", "c2", "c3"}, {NULL, "c1", "c1"}},
        {0.3, {"c1", "c2", "c3"}, {NULL, "c1", "c1"}},
        {0.5, {"c2", "c3"}, {NULL, "c2"}},
        {0.9, {"c3"}, {NULL}},
        {0.95, {NULL}, {NULL}},
    };
    struct sample s;
    sample(&s);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct arena *a = arena_new(1 << 20);
        struct request r = {.min_confidence = cases[i].least};
        const struct json *root = parsed(a, written(a, &s.summary, &r));
        const struct json *c = json_first(json_member(root, "commitments"));
        for (size_t k = 0; k < 3 && cases[i].ids[k]; k++, c = json_next(c)) {
            const struct json *same_as = json_member(c, "same_as");
            check_text(json_string(json_member(c, "id")), cases[i].ids[k]);
            if (cases[i].same_as[k])
                check_text(json_string(same_as), cases[i].same_as[k]);
            else
                assert_int_equal(json_type(same_as), JSON_NULL);
        }
        assert_null(c);
        arena_free(a);
    }
}

static struct text id_of(struct arena *a, const struct summary *s, const struct request *r,
                         const char *version)
{
    struct text out = {NULL, 0};
    assert_int_equal(summary_to_json(a, s, r, version, false, &out), ERR_OK);
    return json_string(json_member(parsed(a, out), "id"));
}

static void makes_an_id_of_all_that_the_answer_hangs_on(void **state)
{
    (void)state;
    struct arena *a = arena_new(4 << 20);
    struct sample s;
    struct request plain = {0}, utf16 = {.offsets = OFFSETS_UTF16};
    struct request more = {.include = INCLUDE_TOKENS}, surer = {.min_confidence = 0.5};
    const struct summary *sum = sample(&s);
    struct summary titled = *sum, dated = *sum;
    titled.article.title = text_of("T");
    dated.document.reference.day++;

    struct text ids[] = {
        id_of(a, sum, &plain, "1"),    id_of(a, sum, &plain, "2"), id_of(a, sum, &utf16, "1"),
        id_of(a, sum, &more, "1"),     id_of(a, sum, &surer, "1"), id_of(a, &titled, &plain, "1"),
        id_of(a, &dated, &plain, "1"),
    };
    size_t count = sizeof(ids) / sizeof(*ids);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(ids[i].len, 32);
        for (size_t k = i + 1; k < count; k++)
            assert_false(text_equal(ids[i], ids[k]));
    }
    assert_true(text_equal(ids[0], id_of(a, sample(&s), &plain, "1")));
    arena_free(a);
}

static void indents_when_asked(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct sample s;
    struct text got;
    struct request r = {.id = TEXT("x")};
    assert_int_equal(summary_to_json(a, sample(&s), &r, "1", true, &got), ERR_OK);
    check_piece(got, "{\n  \"id\": \"x\",\n  \"source\": {\n    \"kind\": \"text\",\n");
    parsed(a, got);
    arena_free(a);
}

static void stops_cleanly_without_memory(void **state)
{
    (void)state;
    struct sample s;
    struct request r = {.include = INCLUDE_TOKENS};
    enum err err = ERR_NO_MEMORY;

    sample(&s);
    for (size_t budget = 0; err != ERR_OK; budget += 64) {
        struct arena *a = arena_new(budget);
        struct text out = {"untouched", 9};
        err = summary_to_json(a, &s.summary, &r, "1", false, &out);
        assert_true(err == ERR_OK || (err == ERR_NO_MEMORY && out.len == 9));
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_span_equals_its_slice_in_every_unit),
        cmocka_unit_test(writes_the_members_of_the_contract),
        cmocka_unit_test(leaves_out_what_was_not_asked_for),
        cmocka_unit_test(writes_empty_lists_where_nothing_was_found),
        cmocka_unit_test(keeps_ids_when_it_drops_the_unsure),
        cmocka_unit_test(makes_an_id_of_all_that_the_answer_hangs_on),
        cmocka_unit_test(indents_when_asked),
        cmocka_unit_test(stops_cleanly_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
