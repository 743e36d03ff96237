/*
 * The classifier of addresses: as text, as prefix, and as any sixteen bytes. No address that
 * carries a private IPv4 address inside may pass for public.
 */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "fetcher/address.h"

static void check_round_trip(const struct address *a)
{
    char text[ADDRESS_TEXT_SIZE];
    struct address again;
    struct cidr alone;
    address_format(a, text);
    MUST(address_parse(text, &again));
    MUST(again.is_v6 == a->is_v6 && memcmp(again.bytes, a->bytes, 16) == 0);
    MUST(cidr_parse(text, &alone) && cidr_contains(&alone, a));
}

static void check_text(const char *text)
{
    struct address a;
    struct cidr c;
    if (address_parse(text, &a))
        check_round_trip(&a);
    if (cidr_parse(text, &c)) {
        MUST(c.bits <= (c.address.is_v6 ? 128 : 32));
        MUST(cidr_contains(&c, &c.address));
        check_round_trip(&c.address);
    }
}

/* `v6` with `v4` written into its last four bytes. */
static bool public_inside(const struct address *v6, const struct address *v4)
{
    struct address a = *v6;
    memcpy(a.bytes + 12, v4->bytes, 4);
    return address_is_public(&a);
}

static void check_bytes(const uint8_t *bytes)
{
    static const struct address mapped = {true, {[10] = 0xff, 0xff}};
    static const struct address nat64 = {true, {0x00, 0x64, 0xff, 0x9b}};
    struct address v6 = {true, {0}}, v4 = {false, {0}}, isatap;
    memcpy(v6.bytes, bytes, 16);
    memcpy(v4.bytes, bytes, 4);

    check_round_trip(&v6);
    check_round_trip(&v4);
    MUST(!address_is_public(&v6) || (v6.bytes[0] & 0xe0) == 0x20);
    MUST(!public_inside(&mapped, &v4) && !public_inside(&nat64, &v4));
    isatap = v6;
    memcpy(isatap.bytes + 8, (const uint8_t[]){0, 0, 0x5e, 0xfe}, 4);
    MUST(!public_inside(&isatap, &v4) || address_is_public(&v4));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[128];
    size_t len = size < sizeof text ? size : sizeof text - 1;
    memcpy(text, data, len);
    text[len] = '\0';
    check_text(text);
    if (size >= 16)
        check_bytes(data);
    return 0;
}
