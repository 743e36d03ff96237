/*
 * The bytes of an answer, counted (server/held.h) until they are sent.
 */
#ifndef ONRECORD_SERVER_PAYLOAD_H
#define ONRECORD_SERVER_PAYLOAD_H

#include <stddef.h>

struct server;

struct payload {
    struct server *server;
    size_t len;
    char bytes[];
};

/* NULL also where the budget of what waits is spent; a small one is always granted. */
struct payload *payload_new(struct server *s, size_t len);

/* Shrinks the block and its count to what was used. */
struct payload *payload_trim(struct payload *p, size_t len);

/* Takes a struct payload, or NULL. */
void payload_drop(void *payload);

#endif
