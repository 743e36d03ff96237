#include "server/access.h"

#include <errno.h>
#include <netinet/in.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/hash.h"

enum {
    SETS = 1024, /* of clients that are remembered; a set's stalest one makes room */
    WAYS = 8,
    LINE_BYTES = 512,
    TOKEN_BYTES_MAX = 512,
    SECOND = 1000000,
};

struct client {
    uint64_t key;
    int64_t due; /* when the steady rate would have let its last request in */
};

struct access {
    const struct access_tokens *tokens;
    int64_t interval; /* between requests at the steady rate, in microseconds; 0: no limit */
    int64_t ahead;    /* how far a client may be before its time */
    struct client clients[];
};

static bool digest_of(const void *bytes, size_t len, uint8_t out[ACCESS_DIGEST])
{
    unsigned size = ACCESS_DIGEST;
    return EVP_Digest(bytes, len, out, &size, EVP_sha256(), NULL) == 1;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_digest(const char *line, uint8_t out[ACCESS_DIGEST])
{
    for (int i = 0; i < ACCESS_DIGEST; i++) {
        int high = hex(line[2 * i]);
        int low = high < 0 ? -1 : hex(line[2 * i + 1]);
        if (low < 0)
            return false;
        out[i] = (uint8_t)(high * 16 + low);
    }
    char behind = line[2 * ACCESS_DIGEST];
    return behind == '\0' || behind == '\n' || behind == '\r' || behind == ' ' || behind == '\t';
}

static bool read_lines(FILE *from, struct access_tokens *out, unsigned *line)
{
    char bytes[LINE_BYTES];
    for (*line = 1; fgets(bytes, sizeof(bytes), from); ++*line) {
        if (!strchr(bytes, '\n') && !feof(from))
            return false; /* too long */
        if (bytes[0] == '#' || bytes[strspn(bytes, " \t\r\n")] == '\0')
            continue;
        if (out->count == ACCESS_TOKENS_MAX || !read_digest(bytes, out->digests[out->count]))
            return false;
        out->count++;
    }
    *line = 0;
    return !ferror(from) && out->count > 0;
}

bool access_read(const char *path, struct access_tokens *out, unsigned *line)
{
    struct access_tokens t = {calloc(ACCESS_TOKENS_MAX, sizeof(*t.digests)), 0};
    FILE *from = t.digests ? fopen(path, "re") : NULL;
    *line = 0;
    errno = from ? 0 : errno;
    bool read = from && read_lines(from, &t, line);
    if (from)
        fclose(from);
    if (read)
        *out = t;
    else
        free(t.digests);
    return read;
}

struct access *access_new(const struct access_tokens *tokens, unsigned rate, unsigned burst)
{
    size_t clients = rate ? SETS * WAYS : 0;
    struct access *a = calloc(1, sizeof(*a) + clients * sizeof(a->clients[0]));
    if (!a)
        return NULL;
    a->tokens = tokens;
    a->interval = rate ? SECOND / rate : 0;
    a->ahead = a->interval * (burst ? burst - 1 : 0);
    return a;
}

void access_free(struct access *a)
{
    free(a);
}

/* The one Authorization field's token; bytes NULL if there is none, or more than one. */
static struct text bearer(const struct exchange *x)
{
    static const char scheme[] = "Bearer ";
    struct text found = {NULL, 0};
    unsigned count = 0;
    for (uint32_t i = 0; i < x->request.headers.count; i++) {
        const struct http_field *f = &x->request.headers.at[i];
        if (!text_same(f->name, "Authorization"))
            continue;
        count++;
        found = f->value;
    }
    size_t skip = sizeof(scheme) - 1;
    if (count != 1 || found.len <= skip || found.len > skip + TOKEN_BYTES_MAX ||
        strncasecmp(found.bytes, scheme, skip) != 0)
        return (struct text){NULL, 0};
    return (struct text){found.bytes + skip, found.len - (uint32_t)skip};
}

/* Which token it is, or -1. The time depends on the token's length and the number of tokens alone.
 */
static int token_of(const struct access_tokens *t, struct text presented)
{
    uint8_t digest[ACCESS_DIGEST];
    int found = -1;
    if (!presented.bytes || !digest_of(presented.bytes, presented.len, digest))
        return -1;
    for (uint32_t i = 0; i < t->count; i++) {
        int same = CRYPTO_memcmp(digest, t->digests[i], ACCESS_DIGEST) == 0;
        found = same ? (int)i : found;
    }
    return found;
}

static uint64_t key_of_address(const struct sockaddr *from)
{
    if (from && from->sa_family == AF_INET) {
        const struct sockaddr_in *v4 = (const struct sockaddr_in *)(const void *)from;
        return hash_bytes(&v4->sin_addr, sizeof(v4->sin_addr), AF_INET);
    }
    if (from && from->sa_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)(const void *)from;
        return hash_bytes(&v6->sin6_addr, 8, AF_INET6);
    }
    return 0;
}

static struct client *client_of(struct access *a, uint64_t key)
{
    struct client *set = &a->clients[key % SETS * WAYS], *stalest = set;
    for (struct client *c = set; c < set + WAYS; c++) {
        if (c->key == key)
            return c;
        if (c->due < stalest->due)
            stalest = c;
    }
    *stalest = (struct client){key, 0};
    return stalest;
}

/* Microseconds until the client may ask again; 0: it may now, and has. */
static int64_t wait_of(struct access *a, uint64_t key, int64_t now)
{
    struct client *c = client_of(a, key);
    int64_t due = c->due > now ? c->due : now;
    if (due - now > a->ahead)
        return due - now - a->ahead;
    c->due = due + a->interval;
    return 0;
}

static bool refuse_unknown(struct exchange *x)
{
    exchange_add_header(x, "WWW-Authenticate", text_of("Bearer realm=\"onrecord\""));
    exchange_refuse(x, ERR_UNAUTHORISED, "Send a valid token: Authorization: Bearer TOKEN.");
    return false;
}

static bool refuse_hasty(struct exchange *x, int64_t wait)
{
    enum { DIGITS = 24 };
    char *seconds = arena_alloc(x->arena, DIGITS);
    if (seconds)
        snprintf(seconds, DIGITS, "%lld", (long long)((wait + SECOND - 1) / SECOND));
    exchange_add_header(x, "Retry-After", text_of(seconds ? seconds : "1"));
    exchange_refuse(x, ERR_TOO_MANY, "Ask again when Retry-After has passed.");
    return false;
}

bool access_allows(struct access *a, struct exchange *x, const struct sockaddr *from, int64_t now)
{
    int token = a->tokens->count ? token_of(a->tokens, bearer(x)) : 0;
    if (token < 0)
        return refuse_unknown(x);
    if (!a->interval)
        return true;
    uint64_t key = a->tokens->count ? hash_mix((uint64_t)token + 1) : key_of_address(from) | 1;
    int64_t wait = wait_of(a, key, now);
    return wait == 0 || refuse_hasty(x, wait);
}
