#include "server/payload.h"

#include <stdlib.h>

#include "server/held.h"

enum { UNCOUNTED = 4096 }; /* a refusal for want of memory must still find some */

struct payload *payload_new(struct server *s, size_t len)
{
    bool counted = len > UNCOUNTED;
    if (counted && !held_take(s, len))
        return NULL;
    struct payload *p = malloc(sizeof(*p) + len);
    if (p)
        *p = (struct payload){s, len};
    else if (counted)
        held_give_back(s, len);
    return p;
}

struct payload *payload_trim(struct payload *p, size_t len)
{
    if (p->len > UNCOUNTED)
        held_give_back(p->server, len > UNCOUNTED ? p->len - len : p->len);
    p->len = len;
    struct payload *smaller = realloc(p, sizeof(*p) + len);
    return smaller ? smaller : p;
}

void payload_drop(void *payload)
{
    struct payload *p = payload;
    if (!p)
        return;
    if (p->len > UNCOUNTED)
        held_give_back(p->server, p->len);
    free(p);
}
