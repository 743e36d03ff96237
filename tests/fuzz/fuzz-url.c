/*
 * The guard of URLs, alone and seen from a page that redirects. What it lets through is a public
 * place in plain spelling, and reads the same when it is checked again.
 */
#include "tests/fuzz/fuzz.h"

#include "fetcher/url_guard.h"

static const struct url_rules no_rules;

static void check_refusal(enum err e, const struct fetch_error *why)
{
    MUST(e == ERR_URL_NOT_ALLOWED);
    MUST(why->code == e && why->detail && why->upstream_status == 0);
}

static void check_host(const struct url_target *t)
{
    struct address a;
    MUST(t->host[0] != '\0' && strlen(t->host) <= URL_HOST_MAX);
    MUST(address_parse(t->host, &a) == t->is_literal);
    MUST(!t->is_literal || address_is_public(&t->address));
    for (const char *p = t->host; *p; p++)
        MUST(*p > ' ' && *p < 0x7f && !strchr("/\\@%[]#?ABCDEFGHIJKLMNOPQRSTUVWXYZ", *p));
}

static void check_target(const struct url_target *t)
{
    static const char *const schemes[] = {"http://", "https://"};
    size_t len = strlen(schemes[t->is_https]);
    check_host(t);
    MUST(t->port == 80 || t->port == 443 || t->port == 8080 || t->port == 8443);
    MUST(strlen(t->url.bytes) == t->url.len);
    MUST(text_starts(t->url, schemes[t->is_https]));
    bool bracket = t->is_literal && t->address.is_v6;
    MUST(strncmp(t->url.bytes + len + bracket, t->host, strlen(t->host)) == 0 || bracket);
    MUST(!memchr(t->url.bytes, '#', t->url.len) && !memchr(t->url.bytes, ' ', t->url.len));
}

static void check_again(struct arena *a, const struct url_target *t)
{
    struct url_target again;
    struct fetch_error why;
    if (t->url.len > URL_BYTES_MAX) /* escaping made it longer */
        return;
    MUST(url_guard_check(a, &no_rules, t->url, &again, &why) == ERR_OK);
    MUST(strcmp(again.host, t->host) == 0 && again.port == t->port);
    MUST(text_equal(again.url, t->url));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(1 << 20);
    struct text input = {(const char *)data, (uint32_t)size};
    struct url_target t, base;
    struct fetch_error why;
    MUST(a);

    enum err e = url_guard_check(a, &no_rules, input, &t, &why);
    if (e) {
        check_refusal(e, &why);
    } else {
        check_target(&t);
        check_again(a, &t);
    }

    MUST(!url_guard_check(a, &no_rules, text_of("https://news.example/a/b?c"), &base, &why));
    e = url_guard_join(a, &no_rules, &base, input, &t, &why);
    if (e)
        check_refusal(e, &why);
    else
        check_target(&t);
    arena_free(a);
    return 0;
}
