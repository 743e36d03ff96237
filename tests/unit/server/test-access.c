#include "tests/unit/check.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "server/access.h"

enum { SECOND = 1000000 };

static const struct access_tokens nobody;

static struct sockaddr_storage address(const char *text)
{
    struct sockaddr_storage s = {0};
    struct sockaddr_in *v4 = (struct sockaddr_in *)&s;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&s;
    bool is_v6 = strchr(text, ':') != NULL;

    s.ss_family = is_v6 ? AF_INET6 : AF_INET;
    assert_int_equal(
        inet_pton(s.ss_family, text, is_v6 ? (void *)&v6->sin6_addr : (void *)&v4->sin_addr), 1);
    return s;
}

/* The status of a request from `from` at `now`; 0: it may go on. */
static unsigned ask(struct access *a, const char *from, int64_t now, const char *token)
{
    struct arena *arena = arena_new(1 << 16);
    const struct service service = {.version = "0"};
    struct http_field field = {text_of("authorization"), text_of(token ? token : "")};
    struct exchange x = {.arena = arena, .service = &service};
    struct sockaddr_storage s = address(from);

    x.request.headers = (struct http_fields){&field, token ? 1 : 0};
    bool allowed = access_allows(a, &x, (const struct sockaddr *)&s, now);
    unsigned status = allowed ? 0 : x.response.status;
    arena_free(arena);
    return status;
}

static void a_client_may_be_a_burst_ahead(void **state)
{
    (void)state;
    struct access *a = access_new(&nobody, 10, 3);
    int64_t now = 5 * SECOND;

    for (int i = 0; i < 3; i++)
        assert_int_equal(ask(a, "192.0.2.1", now, NULL), 0);
    assert_int_equal(ask(a, "192.0.2.1", now, NULL), 429);
    assert_int_equal(ask(a, "192.0.2.1", now + SECOND / 10 - 1, NULL), 429);
    assert_int_equal(ask(a, "192.0.2.1", now + SECOND / 10, NULL), 0);
    assert_int_equal(ask(a, "192.0.2.1", now + SECOND / 10, NULL), 429);
    for (int i = 0; i < 3; i++) /* it has been quiet: the burst is back, and no more than that */
        assert_int_equal(ask(a, "192.0.2.1", now + 60 * SECOND, NULL), 0);
    assert_int_equal(ask(a, "192.0.2.1", now + 60 * SECOND, NULL), 429);
    access_free(a);
}

static void clients_are_told_by_their_addresses(void **state)
{
    (void)state;
    struct access *a = access_new(&nobody, 1, 1);

    assert_int_equal(ask(a, "192.0.2.1", SECOND, NULL), 0);
    assert_int_equal(ask(a, "192.0.2.2", SECOND, NULL), 0);
    assert_int_equal(ask(a, "192.0.2.1", SECOND, NULL), 429);
    assert_int_equal(ask(a, "2001:db8:1:2::1", SECOND, NULL), 0);
    assert_int_equal(ask(a, "2001:db8:1:2:ffff::9", SECOND, NULL), 429); /* the same /64 */
    assert_int_equal(ask(a, "2001:db8:1:3::1", SECOND, NULL), 0);
    access_free(a);
}

static void many_clients_need_no_more_memory(void **state)
{
    (void)state;
    struct access *a = access_new(&nobody, 1, 1);
    char from[32];
    unsigned refused = 0;

    for (unsigned i = 0; i < 100000; i++) {
        snprintf(from, sizeof(from), "10.%u.%u.%u", i >> 16, i >> 8 & 255, i & 255);
        refused += ask(a, from, SECOND + i, NULL) != 0;
    }
    assert_int_equal(refused, 0);
    assert_int_equal(ask(a, from, SECOND + 100000, NULL), 429); /* the last one is remembered */
    access_free(a);
}

static void without_a_rate_all_may_ask(void **state)
{
    (void)state;
    struct access *a = access_new(&nobody, 0, 1);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(ask(a, "192.0.2.1", SECOND, NULL), 0);
    access_free(a);
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int64_t took(struct access *a, const char *header)
{
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int i = 0; i < 8; i++)
        assert_int_equal(ask(a, "192.0.2.1", SECOND, header), 401);
    clock_gettime(CLOCK_MONOTONIC, &to);
    return (to.tv_sec - from.tv_sec) * 1000000000L + to.tv_nsec - from.tv_nsec;
}

/* SHA-256 of "0123456789abcdef0123456789abcdef". */
static const uint8_t digest[ACCESS_DIGEST] = {
    0x3e, 0xb1, 0xbd, 0x43, 0x99, 0x47, 0xeb, 0x76, 0x29, 0x98, 0xe5, 0x66, 0xcc, 0xc2, 0xe0, 0x99,
    0xc7, 0x91, 0x11, 0x8b, 0x2f, 0x40, 0x57, 0x9c, 0xc4, 0xf7, 0xda, 0x2b, 0x50, 0x61, 0xb7, 0xf9,
};

static void the_time_tells_nothing_of_a_token(void **state)
{
    (void)state;
    enum { TRIES = 12500, MIDDLE = TRIES / 2 }; /* of eight calls each: 100,000 */
    static int64_t first[TRIES], last[TRIES];
    uint8_t copy[1][ACCESS_DIGEST];
    memcpy(copy[0], digest, sizeof(digest));
    const struct access_tokens tokens = {copy, 1};
    struct access *a = access_new(&tokens, 0, 1);
    double apart = 1;

    assert_int_equal(ask(a, "192.0.2.1", SECOND, "Bearer 0123456789abcdef0123456789abcdef"), 0);
    for (int round = 0; round < 5 && apart >= 0.01; round++) { /* other work may disturb some */
        for (int i = 0; i < TRIES; i++) {
            first[i] = took(a, "Bearer x123456789abcdef0123456789abcdef");
            last[i] = took(a, "Bearer 0123456789abcdef0123456789abcdex");
        }
        qsort(first, TRIES, sizeof(first[0]), by_size);
        qsort(last, TRIES, sizeof(last[0]), by_size);
        apart = (double)(first[MIDDLE] - last[MIDDLE]) / (double)last[MIDDLE];
        apart = apart < 0 ? -apart : apart;
    }
    print_message("# medians apart by %.2f %%\n", apart * 100);
    assert_true(apart < 0.01);
    access_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_client_may_be_a_burst_ahead),
        cmocka_unit_test(clients_are_told_by_their_addresses),
        cmocka_unit_test(many_clients_need_no_more_memory),
        cmocka_unit_test(without_a_rate_all_may_ask),
        cmocka_unit_test(the_time_tells_nothing_of_a_token),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
