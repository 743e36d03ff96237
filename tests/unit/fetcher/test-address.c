#include "tests/unit/check.h"
#include "tests/unit/fetcher/rows.h"
#include "tests/unit/shared.h"

#include <netinet/in.h>

#include "fetcher/address.h"

static struct address parsed(const char *literal)
{
    struct address a;
    if (!address_parse(literal, &a))
        fail_msg("%s does not parse", literal);
    return a;
}

static void tells_public_hosts_from_all_else(void **state)
{
    (void)state;
    static const struct {
        const char *literal;
        bool is_public;
    } rows[] = {
        {"9.255.255.255", true},
        {"10.0.0.0", false},
        {"10.255.255.255", false},
        {"11.0.0.0", true},
        {"100.63.255.255", true},
        {"100.64.0.0", false},
        {"100.127.255.255", false},
        {"100.128.0.0", true},
        {"127.0.0.1", false},
        {"168.63.129.15", true},
        {"168.63.129.16", false},
        {"198.17.255.255", true},
        {"198.19.0.1", false},
        {"223.255.255.255", true},
        {"224.0.0.1", false},
        {"255.255.255.255", false},
        {"2606:4700::1", true},
        {"2001:1ff::1", false},
        {"2001:200::1", true},
        {"3fff:fff::", false},
        {"3fff:1000::", true},
        {"::1", false},
        {"::ffff:8.8.8.8", false},
        {"64:ff9b::8.8.8.8", false},
        {"2002:808:808::1", false},
        {"2606:4700::5efe:8.8.8.8", true},
        {"2606:4700::5efe:10.0.0.1", false},
        {"2606:4700::200:5efe:10.0.0.1", false},
        {"2606:4700::300:5efe:10.0.0.1", true},
        {"fe80::1", false},
        {"fd00::1", false},
        {"ff02::1", false},
        {"4000::1", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct address a = parsed(rows[i].literal);
        if (address_is_public(&a) != rows[i].is_public)
            fail_msg("%s", rows[i].literal);
    }
}

static void takes_no_loose_spelling(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",      "127.1",      "0177.0.0.1", "0x7f.0.0.1", "1.2.3.4.5",  "1.2.3.256", "1.2.3.4 ",
        "[::1]", "fe80::1%lo", "::g",        "1::2::3",    "2130706433", "1.2.3.4/8", "::1/128",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct address a = {true, {42}};
        if (address_parse(bad[i], &a))
            fail_msg("%s parses", bad[i]);
        assert_int_equal(a.bytes[0], 42);
    }
}

static void formats_what_it_parses(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "0.0.0.0",     "255.255.255.255", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::1",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char text[ADDRESS_TEXT_SIZE];
        struct address a = parsed(texts[i]);
        address_format(&a, text);
        assert_string_equal(text, texts[i]);
    }
}

static void reads_prefixes(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8x", "10.0.0.0/-1", "::/129", "/8", "10/8", "::/0128",
    };
    struct cidr c;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (cidr_parse(bad[i], &c))
            fail_msg("%s parses", bad[i]);
    }
    assert_true(cidr_parse("10.1.2.3", &c));
    assert_int_equal(c.bits, 32);
    assert_true(cidr_parse("::1", &c));
    assert_int_equal(c.bits, 128);
}

static void knows_what_lies_in_a_prefix(void **state)
{
    (void)state;
    static const struct {
        const char *cidr;
        const char *literal;
        bool inside;
    } rows[] = {
        {"10.0.0.0/8", "10.255.0.1", true},
        {"10.0.0.0/8", "11.0.0.1", false},
        {"10.9.9.9/8", "10.0.0.1", true},
        {"0.0.0.0/0", "255.0.0.1", true},
        {"0.0.0.0/0", "::1", false},
        {"::/0", "127.0.0.1", false},
        {"172.16.0.0/12", "172.31.0.1", true},
        {"172.16.0.0/12", "172.32.0.1", false},
        {"192.168.1.7/32", "192.168.1.7", true},
        {"192.168.1.7/32", "192.168.1.6", false},
        {"fd00::/9", "fd7f::1", true},
        {"fd00::/9", "fd80::1", false},
        {"::1/128", "::1", true},
        {"::1/127", "::2", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cidr c;
        struct address a = parsed(rows[i].literal);
        assert_true(cidr_parse(rows[i].cidr, &c));
        if (cidr_contains(&c, &a) != rows[i].inside)
            fail_msg("%s in %s", rows[i].literal, rows[i].cidr);
    }
}

static void lets_the_operator_open_and_close(void **state)
{
    (void)state;
    struct cidr allow[2], deny[1];
    assert_true(cidr_parse("10.1.0.0/16", &allow[0]));
    assert_true(cidr_parse("127.0.0.0/8", &allow[1]));
    assert_true(cidr_parse("10.1.9.0/24", &deny[0]));
    struct address_rules rules = {deny, 1, allow, 2};
    static const struct {
        const char *literal;
        bool allowed;
    } rows[] = {
        {"10.1.2.3", true},  {"10.2.2.3", false}, {"10.1.9.9", false},
        {"127.0.0.1", true}, {"8.8.8.8", true},   {"::1", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct address a = parsed(rows[i].literal);
        if (address_allowed(&rules, &a) != rows[i].allowed)
            fail_msg("%s", rows[i].literal);
    }
}

static void knows_its_own_addresses(void **state)
{
    (void)state;
    struct address loopback = parsed("127.0.0.1"), other = parsed("127.0.0.77");
    assert_true(address_is_own(&loopback));
    assert_false(address_is_own(&other));
}

static void reads_socket_addresses(void **state)
{
    (void)state;
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000001)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    struct sockaddr local = {.sa_family = AF_UNIX};
    struct address got, want = parsed("127.0.0.1");

    assert_true(address_of_sockaddr((struct sockaddr *)&v4, &got));
    assert_memory_equal(got.bytes, want.bytes, sizeof got.bytes);
    assert_true(address_of_sockaddr((struct sockaddr *)&v6, &got));
    assert_true(got.is_v6 && got.bytes[15] == 1);
    assert_false(address_of_sockaddr(&local, &got));
}

/* Rows like {"ip": "0.0.0.0", "deny": true, "why": "first of 0.0.0.0/8"}. */
static void classifies_the_pack(void **state)
{
    (void)state;
    static const char name[] = "reliability/ssrf/addresses.jsonl";
    struct arena *a = arena_new(8 << 20);
    struct text pack = shared_read(a, name);
    if (!pack.bytes) {
        arena_free(a);
        shared_missing(name);
        return;
    }

    unsigned total = 0, right = 0;
    for (struct text rest = pack; rest.len > 0;) {
        const struct json *row = rows_next(a, &rest);
        struct address address = parsed(json_string(json_member(row, "ip")).bytes);
        bool want = json_type(json_member(row, "deny")) == JSON_FALSE;
        total++;
        right += address_is_public(&address) == want;
    }
    print_message("# addresses classified rightly: %u of %u\n", right, total);
    assert_int_equal(total, 259);
    assert_int_equal(right, total);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_public_hosts_from_all_else),
        cmocka_unit_test(takes_no_loose_spelling),
        cmocka_unit_test(formats_what_it_parses),
        cmocka_unit_test(reads_prefixes),
        cmocka_unit_test(knows_what_lies_in_a_prefix),
        cmocka_unit_test(lets_the_operator_open_and_close),
        cmocka_unit_test(knows_its_own_addresses),
        cmocka_unit_test(reads_socket_addresses),
        cmocka_unit_test(classifies_the_pack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
