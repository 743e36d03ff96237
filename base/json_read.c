#include "base/json.h"

#include <threads.h>

#include <cjson/cJSON.h>

/*
 * cJSON takes its allocator from a process-wide hook without an argument, so the arena of the
 * running call is handed to it through the thread. Outside json_parse() it is NULL. (cJSON also
 * notes the place of its last error in a global of its own, which nobody reads.)
 */
static _Thread_local struct arena *current;
static _Thread_local bool exhausted;

static void *allocate(size_t size)
{
    void *at = current ? arena_alloc(current, size) : NULL;
    exhausted = exhausted || !at;
    return at;
}

static void keep(void *at)
{
    (void)at; /* the arena frees all at once */
}

static void install_hooks(void)
{
    cJSON_Hooks hooks = {.malloc_fn = allocate, .free_fn = keep};
    cJSON_InitHooks(&hooks);
}

static bool only_space(const char *from, const char *end)
{
    while (from < end && (*from == ' ' || *from == '\n' || *from == '\r' || *from == '\t'))
        from++;
    return from == end;
}

static const cJSON *parse_into(struct arena *a, struct text body)
{
    static once_flag installed = ONCE_FLAG_INIT;
    const char *end = NULL;

    call_once(&installed, install_hooks);
    current = a;
    exhausted = false;
    const cJSON *root = cJSON_ParseWithLengthOpts(body.bytes, body.len, &end, false);
    current = NULL;
    return root && only_space(end, body.bytes + body.len) ? root : NULL;
}

enum err json_parse(struct arena *a, struct text body, const struct json **out,
                    struct json_fault *fault)
{
    enum err err = json_check(a, body, fault);
    if (err != ERR_OK)
        return err;

    const cJSON *root = parse_into(a, body);
    if (!root) {
        *fault = (struct json_fault){.reason = "the parser gave up", .line = 1, .column = 1};
        return exhausted ? ERR_NO_MEMORY : ERR_INTERNAL;
    }
    *out = (const struct json *)root;
    return ERR_OK;
}

static const cJSON *node(const struct json *v)
{
    return (const cJSON *)v;
}

enum json_type json_type(const struct json *v)
{
    const cJSON *n = node(v);
    if (cJSON_IsString(n))
        return JSON_STRING;
    if (cJSON_IsNumber(n))
        return JSON_NUMBER;
    if (cJSON_IsObject(n))
        return JSON_OBJECT;
    if (cJSON_IsArray(n))
        return JSON_ARRAY;
    if (cJSON_IsBool(n))
        return cJSON_IsTrue(n) ? JSON_TRUE : JSON_FALSE;
    return JSON_NULL;
}

struct text json_string(const struct json *v)
{
    return text_of(node(v)->valuestring);
}

double json_number(const struct json *v)
{
    return node(v)->valuedouble;
}

const struct json *json_first(const struct json *v)
{
    return (const struct json *)node(v)->child;
}

const struct json *json_next(const struct json *v)
{
    return (const struct json *)node(v)->next;
}

struct text json_key(const struct json *v)
{
    return text_of(node(v)->string);
}

const struct json *json_member(const struct json *object, const char *key)
{
    return (const struct json *)cJSON_GetObjectItemCaseSensitive(node(object), key);
}
