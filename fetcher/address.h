/*
 * Which Internet addresses a stranger's URL may lead to.
 *
 * Source: the IANA special-purpose address registries (IPv4, IPv6) as of 2026-07-18, multicast,
 * site-local, the prefixes that carry an IPv4 address inside (RFC 4291, 2765, 3056, 4380, 5214,
 * 6052, 8215), and the one public address that clouds use for metadata. Unknown means no.
 */
#ifndef ONRECORD_FETCHER_ADDRESS_H
#define ONRECORD_FETCHER_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

struct address {
    bool is_v6;
    uint8_t bytes[16]; /* network order; IPv4 uses the first four */
};

struct cidr {
    struct address address;
    unsigned bits; /* of the prefix */
};

/* What an operator adds to the built-in table. */
struct address_rules {
    const struct cidr *deny; /* asked first */
    uint32_t deny_count;
    const struct cidr *allow; /* an intranet's content server; beats the table, not `deny` */
    uint32_t allow_count;
};

/* Dotted quad or RFC 4291 text, no zone, no brackets. False leaves *out alone. */
bool address_parse(const char *literal, struct address *out);

/* False for families other than AF_INET and AF_INET6. */
bool address_of_sockaddr(const struct sockaddr *sa, struct address *out);

/* Space for the text of any address, with its NUL. */
enum { ADDRESS_TEXT_SIZE = 46 };

/* The text of `a`, as address_parse() reads it. */
void address_format(const struct address *a, char out[ADDRESS_TEXT_SIZE]);

/* "10.0.0.0/8", "fd00::/8", or an address alone. Bits behind the prefix are of no account. */
bool cidr_parse(const char *text, struct cidr *out);

bool cidr_contains(const struct cidr *c, const struct address *a);

/* True if the built-in table takes `a` for a host of the public Internet. */
bool address_is_public(const struct address *a);

/* True if a network interface of this machine has `a`, or if the interfaces cannot be listed. */
bool address_is_own(const struct address *a);

/* The answer: operator's deny, operator's allow, own addresses, then the table. */
bool address_allowed(const struct address_rules *rules, const struct address *a);

#endif
