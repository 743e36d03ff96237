/*
 * A bounded queue between threads: any number put in, any number take out, first in, first out.
 *
 * The bound is given at each push: new work stops at a lower mark than work that was let in
 * already, so that an accepted request never finds the door shut between two of its stages.
 */
#ifndef ONRECORD_SERVER_QUEUE_H
#define ONRECORD_SERVER_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

struct queue;

/* Room for `capacity` items. NULL without memory. */
struct queue *queue_new(uint32_t capacity);

/* Nobody may wait in it any more. The items are not touched. NULL is allowed. */
void queue_free(struct queue *q);

/* False, at once, if `limit` (or the capacity) items wait already or the queue is closed. */
bool queue_push(struct queue *q, void *item, uint32_t limit);

/* Waits for an item; NULL once the queue is closed and empty. */
void *queue_pop(struct queue *q);

/* No more pushes; those who wait get what is left, then NULL. */
void queue_close(struct queue *q);

/* Items that wait, at some moment during the call. */
uint32_t queue_depth(const struct queue *q);

#endif
