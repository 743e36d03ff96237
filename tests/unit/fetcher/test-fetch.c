#include "tests/unit/check.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "fetcher/clock.h"
#include "fetcher/fetch.h"

/* A server on a free port of the loopback interface that gives every connection the same answer. */
struct site {
    int listener;
    char port[8], url[64];
    const char *answer; /* NULL: none, ever */
    pthread_t thread;
};

static void *serve(void *arg)
{
    struct site *s = arg;
    int open[8], count = 0;
    for (int c; count < 8 && (c = accept(s->listener, NULL, NULL)) >= 0;) {
        char request[4096];
        if (!s->answer) {
            open[count++] = c;
            continue;
        }
        if (read(c, request, sizeof request) > 0 && write(c, s->answer, strlen(s->answer)) < 0)
            perror("site");
        close(c);
    }
    while (count > 0)
        close(open[--count]);
    return NULL;
}

static void site_start(struct site *s, const char *answer)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    s->answer = answer;
    s->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(s->listener, (struct sockaddr *)&at, size), 0);
    assert_int_equal(listen(s->listener, 8), 0);
    assert_int_equal(getsockname(s->listener, (struct sockaddr *)&at, &size), 0);
    snprintf(s->port, sizeof s->port, "%u", ntohs(at.sin_port));
    snprintf(s->url, sizeof s->url, "http://127.0.0.1:%s/a", s->port);
    assert_int_equal(pthread_create(&s->thread, NULL, serve, s), 0);
}

static void site_stop(struct site *s)
{
    shutdown(s->listener, SHUT_RDWR);
    pthread_join(s->thread, NULL);
    close(s->listener);
}

static struct fetcher *fetcher_for(const struct site *s)
{
    static const char *const cidrs[] = {"127.0.0.1", NULL};
    const char *ports[] = {s->port, NULL}, *bad = NULL;
    struct fetcher_options o = {.version = "1", .allow_cidrs = cidrs, .allow_ports = ports};
    struct fetcher *f = NULL;
    assert_int_equal(fetcher_new(&o, &f, &bad), ERR_OK);
    return f;
}

static const char page[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
                           "Content-Length: 5\r\n\r\nhello";

static void a_page_arrives(void **state)
{
    (void)state;
    struct site s;
    site_start(&s, page);
    struct fetcher *f = fetcher_for(&s);
    struct arena *a = arena_new(1 << 20);
    struct fetched_page got;
    struct fetch_error why;

    assert_int_equal(fetcher_get(f, a, text_of(s.url), &got, &why), ERR_OK);
    check_text(got.body, "hello");
    check_text(got.content_type, "text/html");
    check_text(got.charset, "utf-8");
    check_text(got.final_url, s.url);
    assert_int_equal(got.status, 200);
    assert_int_equal(got.fetched_at.len, strlen("2021-04-07T09:30:00Z"));
    arena_free(a);
    fetcher_free(f);
    site_stop(&s);
}

/* Whatever step runs out of memory, the result is as it was. */
static void missing_memory_is_told(void **state)
{
    (void)state;
    struct site s;
    site_start(&s, page);
    struct fetcher *f = fetcher_for(&s);
    enum err e = ERR_NO_MEMORY;
    size_t refused = 0;
    for (size_t budget = 0; e != ERR_OK && budget < (1 << 18);
         budget += budget < 256 ? 16 : 16384) {
        struct arena *a = arena_new(budget);
        struct fetched_page got = {.status = 42};
        struct fetch_error why;
        e = fetcher_get(f, a, text_of(s.url), &got, &why);
        assert_true(e == ERR_OK || (e == ERR_NO_MEMORY && got.status == 42));
        refused += e != ERR_OK;
        arena_free(a);
    }
    assert_int_equal(e, ERR_OK);
    assert_true(refused > 5);
    fetcher_free(f);
    site_stop(&s);
}

struct call {
    struct fetcher *fetcher;
    const char *url;
    enum err result;
};

static void *get(void *arg)
{
    struct call *c = arg;
    struct arena *a = arena_new(1 << 20);
    struct fetched_page got;
    struct fetch_error why;
    c->result = fetcher_get(c->fetcher, a, text_of(c->url), &got, &why);
    arena_free(a);
    return NULL;
}

/* Two fetches hang at the site, a third waits for its turn. */
static void stopping_ends_what_runs_and_what_waits(void **state)
{
    (void)state;
    struct site s;
    site_start(&s, NULL);
    struct fetcher *f = fetcher_for(&s);
    struct call calls[3];
    pthread_t threads[3];
    for (int i = 0; i < 3; i++) {
        calls[i] = (struct call){f, s.url, ERR_OK};
        assert_int_equal(pthread_create(&threads[i], NULL, get, &calls[i]), 0);
    }
    nanosleep(&(struct timespec){.tv_nsec = 200000000}, NULL);
    int64_t start = clock_ms();
    fetcher_stop(f);
    for (int i = 0; i < 3; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(calls[i].result, ERR_BUSY);
    }
    assert_in_range(clock_ms() - start, 0, 1500);

    get(&calls[0]);
    assert_int_equal(calls[0].result, ERR_BUSY);
    fetcher_free(f);
    site_stop(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_arrives),
        cmocka_unit_test(missing_memory_is_told),
        cmocka_unit_test(stopping_ends_what_runs_and_what_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
