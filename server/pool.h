/*
 * Threads that take work from a bounded queue.
 */
#ifndef ONRECORD_SERVER_POOL_H
#define ONRECORD_SERVER_POOL_H

#include "server/queue.h"

struct pool;

/*
 * `threads` threads that call `run(item)` for each item pushed; `capacity` and the limits of
 * pool_push() are the queue's. NULL if a thread or memory cannot be had.
 */
struct pool *pool_new(const char *name, unsigned threads, uint32_t capacity, void (*run)(void *));

bool pool_push(struct pool *p, void *item, uint32_t limit);
uint32_t pool_waiting(const struct pool *p);

/*
 * Lets the threads finish what was pushed and frees the pool. False if they have not within
 * `wait_ms`: then the pool is left to them, and the process should end without running destructors.
 */
bool pool_stop(struct pool *p, unsigned wait_ms);

#endif
