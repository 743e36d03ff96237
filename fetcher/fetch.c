#include "fetcher/fetch.h"

#include <stdlib.h>
#include <time.h>

#include "fetcher/clock.h"
#include "fetcher/field.h"
#include "fetcher/robots.h"
#include "fetcher/settings.h"
#include "fetcher/slots.h"

enum { SETTINGS_BYTES = 1024 * 1024 };

/* One place of the pool. An easy handle used again keeps its parsed CA file, nothing else. */
struct place {
    CURL *easy;
    struct transfer_pin pin;
};

struct fetcher {
    struct arena *arena; /* of the settings */
    struct fetch_settings settings;
    struct resolver *resolver;
    struct slots *slots;
    struct place *places; /* settings.pool of them */
    atomic_bool stopping;
};

/* One call of fetcher_get(). */
struct fetch {
    struct fetcher *fetcher;
    struct arena *arena;
    unsigned place;
    int64_t deadline;
    unsigned redirects;
    struct fetch_error *why;
};

static bool make_parts(struct fetcher *f)
{
    const struct fetch_settings *s = &f->settings;
    f->resolver = resolver_new(s->resolvers);
    f->slots = slots_new(s->pool, s->per_host);
    f->places = ARENA_ARRAY(f->arena, struct place, s->pool);
    if (!f->resolver || !f->slots || !f->places)
        return false;
    for (unsigned i = 0; i < s->pool; i++) {
        f->places[i].easy = curl_easy_init();
        if (!f->places[i].easy)
            return false;
    }
    return true;
}

enum err fetcher_new(const struct fetcher_options *options, struct fetcher **out, const char **bad)
{
    struct fetcher *f = calloc(1, sizeof *f);
    *bad = NULL;
    if (!f || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        free(f);
        return ERR_NO_MEMORY;
    }
    f->arena = arena_new(SETTINGS_BYTES);
    enum err e = f->arena ? settings_read(f->arena, options, &f->settings, bad) : ERR_NO_MEMORY;
    if (!e && !make_parts(f))
        e = ERR_NO_MEMORY;
    if (e) {
        fetcher_free(f);
        return e;
    }
    f->settings.transfer.stopping = &f->stopping;
    *out = f;
    return ERR_OK;
}

void fetcher_stop(struct fetcher *f)
{
    atomic_store(&f->stopping, true);
    slots_stop(f->slots);
    resolver_stop(f->resolver);
}

void fetcher_free(struct fetcher *f)
{
    if (!f)
        return;
    for (unsigned i = 0; f->places && i < f->settings.pool; i++)
        curl_easy_cleanup(f->places[i].easy);
    slots_free(f->slots);
    resolver_free(f->resolver);
    arena_free(f->arena);
    free(f);
    curl_global_cleanup();
}

unsigned fetcher_resolving(struct fetcher *f)
{
    return resolver_threads(f->resolver);
}

/* All addresses must be allowed: a name with one public and one private address is an attack. */
static enum err resolve(struct fetch *x, const struct url_target *target, struct resolved *out)
{
    struct resolved found;
    enum err e = resolver_lookup(x->fetcher->resolver, target->host, !target->is_listed,
                                 x->deadline, &found, x->why);
    if (e)
        return e;
    for (uint32_t i = 0; i < found.count; i++) {
        if (!address_allowed(&x->fetcher->settings.rules.addresses, &found.at[i]))
            return url_guard_refuse(x->why);
    }
    *out = found;
    return ERR_OK;
}

static enum err transfer(struct fetch *x, const struct url_target *target,
                         const struct resolved *addresses, bool any_type,
                         struct transfer_response *out)
{
    const struct fetch_settings *s = &x->fetcher->settings;
    struct place *place = &x->fetcher->places[x->place];
    const struct transfer_request request = {
        .settings = &s->transfer,
        .target = target,
        .addresses = addresses,
        .deadline = x->deadline,
        .body_max = any_type ? ROBOTS_BYTES_MAX : s->page_max,
        .any_type = any_type,
    };
    enum err e = slots_take_host(x->fetcher->slots, x->place, target->host, x->deadline, x->why);
    if (e)
        return e;
    e = transfer_run(x->arena, place->easy, &place->pin, &request, out, x->why);
    slots_give_host(x->fetcher->slots, x->place);
    return e;
}

/* From a checked URL to an answer. A literal needs no look-up; a proxy makes its own. */
static enum err hop(struct fetch *x, const struct url_target *target, bool any_type,
                    struct transfer_response *out)
{
    if (atomic_load(&x->fetcher->stopping))
        return fetch_fail(x->why, ERR_BUSY, "The service is stopping");
    if (target->is_literal || x->fetcher->settings.transfer.egress_proxy)
        return transfer(x, target, NULL, any_type, out);

    struct resolved addresses;
    enum err e = resolve(x, target, &addresses);
    return e ? e : transfer(x, target, &addresses, any_type, out);
}

static enum err follow(struct fetch *x, const struct transfer_response *r,
                       struct url_target *target)
{
    struct url_target next;
    if (x->redirects == FETCH_REDIRECTS_MAX) {
        fetch_fail(x->why, ERR_UPSTREAM, "The URL leads through more than five redirects");
        x->why->upstream_status = r->status;
        return ERR_UPSTREAM;
    }
    enum err e =
        url_guard_join(x->arena, &x->fetcher->settings.rules, target, r->location, &next, x->why);
    if (e)
        return e;
    if (target->is_https && !next.is_https)
        return fetch_fail(x->why, ERR_URL_NOT_ALLOWED, "The URL leads from https back to http");
    x->redirects++;
    *target = next;
    return ERR_OK;
}

/* One hop; if it was a redirect, out->location is set and *target the URL it leads to. */
static enum err advance(struct fetch *x, struct url_target *target, bool any_type,
                        struct transfer_response *out)
{
    enum err e = hop(x, target, any_type, out);
    if (!e && out->location.bytes)
        e = follow(x, out, target);
    return e;
}

/* "https://news.example/a?b" → "/a?b": what follows the host. */
static struct text path_of(struct text url)
{
    uint32_t at = text_starts(url, "https://") ? 8 : 7;
    while (at < url.len && url.bytes[at] != '/')
        at++;
    return (struct text){url.bytes + at, url.len - at};
}

static enum err get_robots(struct fetch *x, const struct url_target *page, struct text *out)
{
    struct url_target target;
    struct transfer_response r;
    const struct text path = TEXT("/robots.txt");
    enum err e = url_guard_join(x->arena, &x->fetcher->settings.rules, page, path, &target, x->why);
    do {
        if (!e)
            e = advance(x, &target, true, &r);
    } while (!e && r.location.bytes);
    if (!e)
        *out = r.body;
    return e;
}

/* RFC 9309, 2.3.1: no such file allows everything, a server that fails forbids everything. */
static enum err ask_robots(struct fetch *x, const struct url_target *page)
{
    struct text robots;
    unsigned redirects = x->redirects; /* those of robots.txt do not count for the page */
    x->redirects = 0;
    enum err e = get_robots(x, page, &robots);
    x->redirects = redirects;
    if (e == ERR_UPSTREAM && x->why->upstream_status / 100 == 4)
        return ERR_OK;
    if (!e && !robots_allow(robots, "onrecord", path_of(page->url)))
        e = fetch_fail(x->why, ERR_URL_NOT_ALLOWED,
                       "The site's robots.txt asks that this page is not fetched");
    return e;
}

/* Hops until an answer is no redirect; *target is then the last URL. */
static enum err get_page(struct fetch *x, struct url_target *target, struct transfer_response *out)
{
    enum err e;
    do {
        e = x->fetcher->settings.robots ? ask_robots(x, target) : ERR_OK;
        if (!e)
            e = advance(x, target, false, out);
    } while (!e && out->location.bytes);
    return e;
}

/* "2021-04-07T09:30:00Z" */
static bool stamp(struct arena *a, struct text *out)
{
    enum { SIZE = 32 };
    char *bytes = arena_alloc(a, SIZE);
    time_t now = time(NULL);
    struct tm utc;
    if (!bytes || !gmtime_r(&now, &utc))
        return false;
    *out = (struct text){bytes, (uint32_t)strftime(bytes, SIZE, "%Y-%m-%dT%H:%M:%SZ", &utc)};
    return true;
}

static enum err get(struct fetch *x, struct url_target *target, struct fetched_page *out)
{
    struct transfer_response r;
    struct fetched_page page = {.body = {NULL, 0}};
    enum err e = get_page(x, target, &r);
    if (e)
        return e;
    if (!stamp(x->arena, &page.fetched_at))
        return fetch_fail(x->why, ERR_NO_MEMORY, "No memory for the page");

    struct media_type type = media_type_read(r.content_type);
    page.body = r.body;
    page.content_type = type.essence;
    page.charset = type.charset;
    page.is_plain = text_same(type.essence, "text/plain");
    page.final_url = target->url;
    page.status = r.status;
    page.redirects = x->redirects;
    *out = page;
    return ERR_OK;
}

enum err fetcher_get(struct fetcher *f, struct arena *a, struct text url, struct fetched_page *out,
                     struct fetch_error *why)
{
    struct fetch x = {.fetcher = f, .arena = a, .why = why};
    struct url_target target;
    x.deadline = clock_ms() + f->settings.timeout_ms;

    enum err e = url_guard_check(a, &f->settings.rules, url, &target, why);
    if (!e)
        e = slots_enter(f->slots, &x.place, why);
    if (e)
        return e;
    e = get(&x, &target, out);
    slots_leave(f->slots, x.place);
    return e;
}
