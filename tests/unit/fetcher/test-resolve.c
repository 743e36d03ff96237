#include "tests/unit/check.h"

#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>

#include "fetcher/clock.h"
#include "fetcher/resolve.h"

/*
 * Stands in for libc's: "N.example." has N addresses, 11.0.0.0 and on, each twice; "hang.example."
 * answers after half a second; anything else is unknown.
 */
// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): glibc's are reserved
int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
                struct addrinfo **out)
{
    (void)service;
    assert_int_equal(hints->ai_family, AF_UNSPEC);
    if (strcmp(name, "hang.example.") == 0) {
        nanosleep(&(struct timespec){.tv_nsec = 500000000}, NULL);
        return EAI_AGAIN;
    }
    char *end;
    unsigned long count = strtoul(name, &end, 10);
    if (strcmp(end, ".example.") != 0)
        return EAI_NONAME;

    *out = NULL;
    for (unsigned long i = 0; i < 2 * count; i++) {
        struct addrinfo *ai = calloc(1, sizeof *ai + sizeof(struct sockaddr_in));
        struct sockaddr_in *sa = (void *)(ai + 1);
        sa->sin_family = AF_INET;
        sa->sin_addr.s_addr = htonl(0x0b000000 + (uint32_t)(i / 2));
        ai->ai_addr = (void *)sa;
        ai->ai_next = *out;
        *out = ai;
    }
    return 0;
}

// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name)
void freeaddrinfo(struct addrinfo *list)
{
    while (list) {
        struct addrinfo *next = list->ai_next;
        free(list);
        list = next;
    }
}

static enum err lookup(struct resolver *r, const char *name, int64_t ms, struct resolved *out)
{
    struct fetch_error why;
    return resolver_lookup(r, name, true, clock_ms() + ms, out, &why);
}

static void all_addresses_are_told_once(void **state)
{
    (void)state;
    struct resolver *r = resolver_new(2);
    struct resolved got = {.count = 99};
    assert_int_equal(lookup(r, "3.example", 1000, &got), ERR_OK);
    assert_int_equal(got.count, 3);
    assert_int_equal(lookup(r, "32.example", 1000, &got), ERR_OK);
    assert_int_equal(got.count, RESOLVED_MAX);
    resolver_free(r);
}

static void unknown_and_endless_names_fail(void **state)
{
    (void)state;
    struct resolver *r = resolver_new(2);
    struct resolved got = {.count = 99};
    struct fetch_error why;
    assert_int_equal(lookup(r, "x.example", 1000, &got), ERR_UPSTREAM);
    assert_int_equal(lookup(r, "0.example", 1000, &got), ERR_UPSTREAM);
    assert_int_equal(lookup(r, "33.example", 1000, &got), ERR_UPSTREAM);
    assert_int_equal(resolver_lookup(r, "3.example", false, clock_ms() + 1000, &got, &why),
                     ERR_UPSTREAM); /* without the root's dot */
    assert_int_equal(got.count, 99);
    resolver_free(r);
}

static void a_hanging_look_up_is_left_behind(void **state)
{
    (void)state;
    struct resolver *r = resolver_new(2);
    struct resolved got;
    int64_t start = clock_ms();
    assert_int_equal(lookup(r, "hang.example", 50, &got), ERR_UPSTREAM_TIMEOUT);
    assert_int_equal(lookup(r, "hang.example", 50, &got), ERR_UPSTREAM_TIMEOUT);
    assert_int_equal(resolver_threads(r), 2);
    assert_int_equal(lookup(r, "1.example", 50, &got), ERR_BUSY); /* both threads hang */
    assert_in_range(clock_ms() - start, 140, 450);
    assert_int_equal(lookup(r, "1.example", 2000, &got), ERR_OK); /* one came free */
    resolver_free(r);
}

/* The thread outlives the resolver, and frees it: a matter for the leak checker. */
static void freeing_does_not_wait(void **state)
{
    (void)state;
    struct resolver *r = resolver_new(1);
    struct resolved got;
    assert_int_equal(lookup(r, "hang.example", 10, &got), ERR_UPSTREAM_TIMEOUT);
    int64_t start = clock_ms();
    resolver_free(r);
    assert_true(clock_ms() - start < 200);
    nanosleep(&(struct timespec){.tv_nsec = 700000000}, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_addresses_are_told_once),
        cmocka_unit_test(unknown_and_endless_names_fail),
        cmocka_unit_test(a_hanging_look_up_is_left_behind),
        cmocka_unit_test(freeing_does_not_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
