/*
 * Request objects. One that is accepted has exactly one content and values in range; one that is
 * refused says why, and leaves the request as it was. The first byte chooses the arena's budget.
 */
#include "tests/fuzz/fuzz.h"

#include "base/json.h"
#include "base/utf8.h"
#include "models/problem_json.h"
#include "models/request_json.h"

static void check_text(struct text t)
{
    uint32_t bad_at;
    MUST(!t.bytes || (utf8_check(t, &bad_at) && (t.len == 0 || !memchr(t.bytes, 0, t.len))));
}

static unsigned count_contents(const struct json *root)
{
    return (json_member(root, "text") != NULL) + (json_member(root, "html") != NULL) +
           (json_member(root, "url") != NULL);
}

static void check_accepted(struct arena *a, struct text body, const struct request *r)
{
    struct json_fault fault;
    const struct json *root;

    MUST(json_parse(a, body, &root, &fault) == ERR_OK);
    MUST(count_contents(root) == 1);
    const struct json *content = json_member(root, source_kind_names[r->kind]);
    MUST(content && text_equal(json_string(content), r->content));
    MUST(r->min_confidence >= 0 && r->min_confidence <= 1);
    MUST(r->offsets < OFFSET_UNIT_COUNT);
    MUST(day_known(r->published_day) == (r->published.bytes != NULL));
    check_text(r->content);
    check_text(r->id);
    check_text(r->title);
    check_text(r->source_url);
}

static void check_refused(struct arena *a, enum err err, const struct problem *why)
{
    struct text none = {NULL, 0}, out;
    struct json_fault fault;
    const struct json *root;

    MUST(why->code == err && why->error_count <= PROBLEM_ERRORS_MAX);
    MUST(problem_to_json(a, why, none, none, &out) == ERR_OK);
    MUST(json_parse(a, out, &root, &fault) == ERR_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct arena *small = arena_new(data[0] * 64u), *a = arena_new(256 << 20);
    struct text body = {(const char *)data + 1, (uint32_t)size - 1};
    struct request r = {.min_confidence = 9};
    struct problem why = {0};

    enum err err = request_from_json(a, body, &r, &why);
    if (err == ERR_OK) {
        check_accepted(a, body, &r);
    } else {
        MUST(r.min_confidence == 9);
        check_refused(a, err, &why);
    }
    enum err tight = request_from_json(small, body, &r, &why);
    MUST(tight == err || tight == ERR_NO_MEMORY);
    arena_free(small);
    arena_free(a);
    return 0;
}
