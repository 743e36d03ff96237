#include "tests/unit/check.h"

#include "fetcher/settings.h"

static void defaults_are_those_of_the_header(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 16);
    struct fetch_settings s;
    const char *bad = NULL;
    struct fetcher_options o = {.version = "1.2"};

    assert_int_equal(settings_read(a, &o, &s, &bad), ERR_OK);
    assert_int_equal(s.timeout_ms, FETCH_TIMEOUT_MS);
    assert_int_equal(s.page_max, FETCH_PAGE_MAX);
    assert_int_equal(s.per_host, FETCH_PER_HOST);
    assert_string_equal(s.transfer.user_agent, "onrecord/1.2");
    assert_null(s.transfer.egress_proxy);
    assert_int_equal(s.rules.host_count, 0);
    arena_free(a);
}

static void lists_are_read(void **state)
{
    (void)state;
    static const char *const cidrs[] = {"10.1.0.0/16", "fd00::/8", NULL};
    static const char *const hosts[] = {"CMS", "news.internal.", NULL};
    static const char *const ports[] = {"9000", "65535", NULL};
    struct arena *a = arena_new(1 << 16);
    struct fetch_settings s;
    const char *bad = NULL;
    struct fetcher_options o = {.version = "1",
                                .contact = "https://news.example/bot",
                                .allow_cidrs = cidrs,
                                .deny_cidrs = cidrs,
                                .allow_hosts = hosts,
                                .allow_ports = ports};

    assert_int_equal(settings_read(a, &o, &s, &bad), ERR_OK);
    assert_int_equal(s.rules.addresses.allow_count, 2);
    assert_int_equal(s.transfer.addresses.deny_count, 2);
    assert_int_equal(s.rules.ports[1], 65535);
    assert_string_equal(s.rules.hosts[0], "cms");
    assert_string_equal(s.rules.hosts[1], "news.internal");
    assert_string_equal(s.transfer.user_agent, "onrecord/1 (+https://news.example/bot)");
    arena_free(a);
}

static void bad_values_are_named(void **state)
{
    (void)state;
    static const char *const cidr[] = {"10.0.0.0/33", NULL};
    static const char *const host[] = {"10.0.0.1", NULL};
    static const char *const ports[][2] = {{"0"}, {"65536"}, {"-1"}, {"80x"}, {""}, {" 80"}};
    struct fetcher_options rows[16] = {
        {.allow_cidrs = cidr},
        {.deny_cidrs = cidr},
        {.allow_hosts = host},
        {.egress_proxy = "socks5://proxy.example"},
        {.egress_proxy = "proxy.example:3128"},
        {.contact = "a\r\nX: y"},
        {.contact = "a) b"},
        {.contact = ""},
        {.ca_file = "/nonexistent/ca.pem"},
    };
    for (size_t i = 0; i < 6; i++)
        rows[9 + i].allow_ports = ports[i];
    for (size_t i = 0; i < 15; i++) {
        struct arena *a = arena_new(1 << 16);
        struct fetch_settings s = {.pool = 77};
        const char *bad = NULL;
        if (settings_read(a, &rows[i], &s, &bad) != ERR_INVALID_REQUEST)
            fail_msg("row %zu is taken", i);
        assert_non_null(bad);
        assert_int_equal(s.pool, 77);
        arena_free(a);
    }
}

static void missing_memory_is_told(void **state)
{
    (void)state;
    enum err e = ERR_NO_MEMORY;
    for (size_t budget = 0; e == ERR_NO_MEMORY && budget < 4096; budget += 16) {
        struct arena *a = arena_new(budget);
        struct fetch_settings s;
        const char *bad = NULL;
        e = settings_read(a, &(struct fetcher_options){.version = "1"}, &s, &bad);
        if (e)
            assert_null(bad);
        arena_free(a);
    }
    assert_int_equal(e, ERR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_those_of_the_header),
        cmocka_unit_test(lists_are_read),
        cmocka_unit_test(bad_values_are_named),
        cmocka_unit_test(missing_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
