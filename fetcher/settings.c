#include "fetcher/settings.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/strbuf.h"

/* Where Debian's ca-certificates, and with it the container image, keeps the bundle. */
static const char system_ca_file[] = "/etc/ssl/certs/ca-certificates.crt";

static uint32_t count(const char *const *list)
{
    uint32_t n = 0;
    while (list && list[n])
        n++;
    return n;
}

static enum err bad_value(const char **bad, const char *value)
{
    *bad = value;
    return ERR_INVALID_REQUEST;
}

static enum err no_memory(const char **bad)
{
    *bad = NULL;
    return ERR_NO_MEMORY;
}

static const char *copy(struct arena *a, const char *s)
{
    size_t size = strlen(s) + 1;
    char *bytes = arena_alloc(a, size);
    return bytes ? memcpy(bytes, s, size) : NULL;
}

static enum err read_cidrs(struct arena *a, const char *const *list, const struct cidr **out,
                           uint32_t *out_count, const char **bad)
{
    uint32_t n = count(list);
    struct cidr *cidrs = ARENA_ARRAY(a, struct cidr, n);
    if (!cidrs)
        return no_memory(bad);
    for (uint32_t i = 0; i < n; i++) {
        if (!cidr_parse(list[i], &cidrs[i]))
            return bad_value(bad, list[i]);
    }
    *out = cidrs;
    *out_count = n;
    return ERR_OK;
}

static enum err read_ports(struct arena *a, const char *const *list, struct url_rules *out,
                           const char **bad)
{
    uint32_t n = count(list);
    uint16_t *ports = ARENA_ARRAY(a, uint16_t, n);
    if (!ports)
        return no_memory(bad);
    for (uint32_t i = 0; i < n; i++) {
        char *end;
        unsigned long port = strtoul(list[i], &end, 10);
        if (list[i][0] < '0' || list[i][0] > '9' || *end || port < 1 || port > 65535)
            return bad_value(bad, list[i]);
        ports[i] = (uint16_t)port;
    }
    out->ports = ports;
    out->port_count = n;
    return ERR_OK;
}

static enum err read_hosts(struct arena *a, const char *const *list, struct url_rules *out,
                           const char **bad)
{
    uint32_t n = count(list);
    const char **hosts = ARENA_ARRAY(a, const char *, n);
    if (!hosts)
        return no_memory(bad);
    for (uint32_t i = 0; i < n; i++) {
        hosts[i] = url_guard_name(a, list[i]);
        if (!hosts[i])
            return bad_value(bad, list[i]);
    }
    out->hosts = hosts;
    out->host_count = n;
    return ERR_OK;
}

/* A proxy that resolves names itself; socks5:// and socks4:// would have us resolve them. */
static bool is_proxy_url(const char *url)
{
    struct text t = text_of(url);
    return text_starts(t, "http://") || text_starts(t, "https://") || text_starts(t, "socks5h://");
}

/* It becomes a header line: no control characters, and no bracket that ends the comment. */
static bool is_contact(const char *contact)
{
    for (const char *p = contact; *p; p++) {
        if (*p <= 0x20 || *p >= 0x7f || *p == '(' || *p == ')')
            return false;
    }
    return *contact != '\0' && strlen(contact) <= 256;
}

/* "onrecord/0.1.0 (+https://newsroom.example/bot)" */
static const char *user_agent(struct arena *a, const struct fetcher_options *o)
{
    struct strbuf b = strbuf_in(a);
    struct text t;
    strbuf_printf(&b, "onrecord/%s", o->version ? o->version : "0");
    if (o->contact)
        strbuf_printf(&b, " (+%s)", o->contact);
    return strbuf_finish(&b, &t) ? NULL : t.bytes;
}

static enum err read_transfer(struct arena *a, const struct fetcher_options *o,
                              struct transfer_settings *out, const char **bad)
{
    const char *ca_file = o->ca_file ? o->ca_file : system_ca_file;
    if (o->ca_file && access(o->ca_file, R_OK) != 0)
        return bad_value(bad, o->ca_file);
    if (o->egress_proxy && !is_proxy_url(o->egress_proxy))
        return bad_value(bad, o->egress_proxy);
    if (o->contact && !is_contact(o->contact))
        return bad_value(bad, o->contact);

    out->user_agent = user_agent(a, o);
    out->ca_file = copy(a, ca_file);
    out->egress_proxy = o->egress_proxy ? copy(a, o->egress_proxy) : NULL;
    bool copied = out->user_agent && out->ca_file && (out->egress_proxy || !o->egress_proxy);
    return copied ? ERR_OK : no_memory(bad);
}

static void read_numbers(const struct fetcher_options *o, struct fetch_settings *out)
{
    out->timeout_ms = o->timeout_ms ? o->timeout_ms : FETCH_TIMEOUT_MS;
    out->page_max = o->page_max ? o->page_max : FETCH_PAGE_MAX;
    out->pool = o->pool ? o->pool : FETCH_POOL;
    out->per_host = o->per_host ? o->per_host : FETCH_PER_HOST;
    out->resolvers = o->resolvers ? o->resolvers : FETCH_RESOLVERS;
    out->robots = o->robots;
}

enum err settings_read(struct arena *a, const struct fetcher_options *options,
                       struct fetch_settings *out, const char **bad)
{
    struct fetch_settings s = {.rules = {.ports = NULL}};
    struct address_rules *addresses = &s.rules.addresses;
    read_numbers(options, &s);

    enum err e =
        read_cidrs(a, options->allow_cidrs, &addresses->allow, &addresses->allow_count, bad);
    if (!e)
        e = read_cidrs(a, options->deny_cidrs, &addresses->deny, &addresses->deny_count, bad);
    if (!e)
        e = read_ports(a, options->allow_ports, &s.rules, bad);
    if (!e)
        e = read_hosts(a, options->allow_hosts, &s.rules, bad);
    if (!e)
        e = read_transfer(a, options, &s.transfer, bad);
    if (e)
        return e;
    s.transfer.addresses = *addresses;
    *out = s;
    return ERR_OK;
}
