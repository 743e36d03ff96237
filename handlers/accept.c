#include "handlers/accept.h"

#include <strings.h>

/* One element of a comma-separated list: "text/html;level=1;q=0.7". */
struct element {
    struct text name;
    unsigned weight; /* thousandths */
};

static struct text trim(struct text t)
{
    while (t.len && (*t.bytes == ' ' || *t.bytes == '\t'))
        t = (struct text){t.bytes + 1, t.len - 1};
    while (t.len && (t.bytes[t.len - 1] == ' ' || t.bytes[t.len - 1] == '\t'))
        t.len--;
    return t;
}

/* Takes what stands before `stop` off `rest`; the whole if there is none. */
static struct text cut(struct text *rest, char stop)
{
    const char *at = rest->len ? memchr(rest->bytes, stop, rest->len) : NULL;
    uint32_t len = at ? (uint32_t)(at - rest->bytes) : rest->len;
    struct text piece = {rest->bytes, len};
    uint32_t gone = at ? len + 1 : len;
    *rest = (struct text){rest->bytes + gone, rest->len - gone};
    return trim(piece);
}

/* "0.75" -> 750. What is no weight counts as 1, as if it had not been there. */
static unsigned weight_of(struct text q)
{
    unsigned value = 0, unit = 1000;
    for (uint32_t i = 0; i < q.len && i < 5; i++) {
        if (i == 1 && q.bytes[i] == '.')
            continue;
        if (q.bytes[i] < '0' || q.bytes[i] > '9')
            return 1000;
        value += (unsigned)(q.bytes[i] - '0') * unit;
        unit /= 10;
    }
    return value > 1000 ? 1000 : value;
}

static struct element element_of(struct text piece)
{
    struct element e = {.name = cut(&piece, ';'), .weight = 1000};
    while (piece.len) {
        struct text parameter = cut(&piece, ';');
        if (parameter.len > 2 && strncasecmp(parameter.bytes, "q=", 2) == 0)
            e.weight = weight_of((struct text){parameter.bytes + 2, parameter.len - 2});
    }
    return e;
}

/* How exactly `range` names `type`: 3 the type itself, 2 its major type, 1 everything, 0 not at
 * all. */
static int exactness(struct text range, const char *type)
{
    size_t major = strcspn(type, "/") + 1;
    if (text_same(range, type))
        return 3;
    if (range.len == major + 1 && range.bytes[major] == '*' &&
        strncasecmp(range.bytes, type, major) == 0)
        return 2;
    return text_is(range, "*/*") || text_is(range, "*");
}

/* The weight that the most exact matching range gives `type`. */
static unsigned weight_for(struct text accept, const char *type)
{
    unsigned weight = 0;
    int best = 0;
    while (accept.len) {
        struct element e = element_of(cut(&accept, ','));
        int exact = exactness(e.name, type);
        if (exact > best) {
            best = exact;
            weight = e.weight;
        }
    }
    return weight;
}

int accept_choose(struct text accept, const char *const *offered, int count)
{
    if (trim(accept).len == 0)
        return 0;
    int chosen = -1;
    unsigned most = 0;
    for (int i = 0; i < count; i++) {
        unsigned weight = weight_for(accept, offered[i]);
        if (weight > most) {
            most = weight;
            chosen = i;
        }
    }
    return chosen;
}

bool accept_coding(struct text accept_encoding, const char *coding)
{
    bool any = false;
    while (accept_encoding.len) {
        struct element e = element_of(cut(&accept_encoding, ','));
        if (text_same(e.name, coding))
            return e.weight > 0;
        if (text_is(e.name, "*"))
            any = e.weight > 0;
    }
    return any;
}
