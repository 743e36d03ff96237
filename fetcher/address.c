#include "fetcher/address.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#define V4(a, b, c, d, prefix)                                                                     \
    {                                                                                              \
        {false, {a, b, c, d}}, prefix                                                              \
    }
#define V6(prefix, ...)                                                                            \
    {                                                                                              \
        {true, {__VA_ARGS__}}, prefix                                                              \
    }

static const struct cidr denied_v4[] = {
    V4(0, 0, 0, 0, 8),        /* this network */
    V4(10, 0, 0, 0, 8),       /* private */
    V4(100, 64, 0, 0, 10),    /* carrier-grade NAT; 100.100.100.200 is Alibaba's metadata */
    V4(127, 0, 0, 0, 8),      /* loopback */
    V4(168, 63, 129, 16, 32), /* Azure's wire server, in public space */
    V4(169, 254, 0, 0, 16),   /* link-local: metadata of most clouds */
    V4(172, 16, 0, 0, 12),    /* private */
    V4(192, 0, 0, 0, 24),     /* IETF protocols; 192.0.0.192 is Oracle's metadata */
    V4(192, 0, 2, 0, 24),     /* documentation */
    V4(192, 31, 196, 0, 24),  /* AS112 */
    V4(192, 52, 193, 0, 24),  /* AMT */
    V4(192, 88, 99, 0, 24),   /* 6to4 relays */
    V4(192, 168, 0, 0, 16),   /* private */
    V4(192, 175, 48, 0, 24),  /* AS112 */
    V4(198, 18, 0, 0, 15),    /* benchmarks */
    V4(198, 51, 100, 0, 24),  /* documentation */
    V4(203, 0, 113, 0, 24),   /* documentation */
    V4(224, 0, 0, 0, 4),      /* multicast */
    V4(240, 0, 0, 0, 4),      /* reserved, broadcast */
};

/* The only part of IPv6 in which there are public hosts; loopback, mapped, NAT64, link-local,
 * unique local and multicast addresses all lie outside. */
static const struct cidr global_v6 = V6(3, 0x20);

static const struct cidr denied_v6[] = {
    V6(23, 0x20, 0x01),                         /* IETF protocols: Teredo, ORCHID, benchmarks */
    V6(32, 0x20, 0x01, 0x0d, 0xb8),             /* documentation */
    V6(16, 0x20, 0x02),                         /* 6to4 */
    V6(48, 0x26, 0x20, 0x00, 0x4f, 0x80, 0x00), /* AS112 */
    V6(20, 0x3f, 0xff),                         /* documentation */
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

bool address_parse(const char *literal, struct address *out)
{
    struct address a = {0};
    a.is_v6 = strchr(literal, ':') != NULL;
    if (inet_pton(a.is_v6 ? AF_INET6 : AF_INET, literal, a.bytes) != 1)
        return false;
    *out = a;
    return true;
}

bool address_of_sockaddr(const struct sockaddr *sa, struct address *out)
{
    struct address a = {0};
    if (sa->sa_family == AF_INET) {
        memcpy(a.bytes, &((const struct sockaddr_in *)(const void *)sa)->sin_addr, 4);
    } else if (sa->sa_family == AF_INET6) {
        a.is_v6 = true;
        memcpy(a.bytes, &((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr, 16);
    } else {
        return false;
    }
    *out = a;
    return true;
}

void address_format(const struct address *a, char out[ADDRESS_TEXT_SIZE])
{
    inet_ntop(a->is_v6 ? AF_INET6 : AF_INET, a->bytes, out, ADDRESS_TEXT_SIZE);
}

static bool prefix_parse(const char *digits, unsigned most, unsigned *out)
{
    size_t len = strspn(digits, "0123456789");
    if (len == 0 || len > 3 || digits[len] != '\0')
        return false;
    unsigned long bits = strtoul(digits, NULL, 10);
    if (bits > most)
        return false;
    *out = (unsigned)bits;
    return true;
}

bool cidr_parse(const char *text, struct cidr *out)
{
    char literal[ADDRESS_TEXT_SIZE];
    size_t len = strcspn(text, "/");
    if (len >= sizeof literal)
        return false;
    memcpy(literal, text, len);
    literal[len] = '\0';

    struct cidr c = {0};
    if (!address_parse(literal, &c.address))
        return false;
    unsigned most = c.address.is_v6 ? 128 : 32;
    c.bits = most;
    if (text[len] == '/' && !prefix_parse(text + len + 1, most, &c.bits))
        return false;
    *out = c;
    return true;
}

bool cidr_contains(const struct cidr *c, const struct address *a)
{
    if (c->address.is_v6 != a->is_v6)
        return false;
    unsigned whole = c->bits / 8, rest = c->bits % 8;
    if (memcmp(c->address.bytes, a->bytes, whole) != 0)
        return false;
    return rest == 0 || (c->address.bytes[whole] ^ a->bytes[whole]) >> (8 - rest) == 0;
}

static bool in_any(const struct cidr *rows, size_t count, const struct address *a)
{
    for (size_t i = 0; i < count; i++) {
        if (cidr_contains(&rows[i], a))
            return true;
    }
    return false;
}

/* RFC 5214: an interface id 0000:5efe or 0200:5efe carries the IPv4 address behind it. */
static bool isatap_inner(const struct address *a, struct address *inner)
{
    const uint8_t *id = a->bytes + 8;
    if ((id[0] & ~0x02) != 0 || id[1] != 0 || id[2] != 0x5e || id[3] != 0xfe)
        return false;
    *inner = (struct address){0};
    memcpy(inner->bytes, a->bytes + 12, 4);
    return true;
}

bool address_is_public(const struct address *a)
{
    struct address inner;
    if (!a->is_v6)
        return !in_any(denied_v4, COUNT(denied_v4), a);
    if (!cidr_contains(&global_v6, a) || in_any(denied_v6, COUNT(denied_v6), a))
        return false;
    return !isatap_inner(a, &inner) || !in_any(denied_v4, COUNT(denied_v4), &inner);
}

bool address_is_own(const struct address *a)
{
    struct ifaddrs *all;
    if (getifaddrs(&all) != 0)
        return true;

    bool found = false;
    for (const struct ifaddrs *i = all; i && !found; i = i->ifa_next) {
        struct address own;
        found = i->ifa_addr && address_of_sockaddr(i->ifa_addr, &own) && own.is_v6 == a->is_v6 &&
                memcmp(own.bytes, a->bytes, sizeof own.bytes) == 0;
    }
    freeifaddrs(all);
    return found;
}

bool address_allowed(const struct address_rules *rules, const struct address *a)
{
    if (in_any(rules->deny, rules->deny_count, a))
        return false;
    if (in_any(rules->allow, rules->allow_count, a))
        return true;
    return address_is_public(a) && !address_is_own(a);
}
