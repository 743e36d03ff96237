/*
 * Time for deadlines and durations: monotonic, in microseconds, so that a step of the wall clock
 * cuts nobody off.
 */
#ifndef ONRECORD_SERVER_CLOCK_H
#define ONRECORD_SERVER_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline int64_t clock_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

#endif
