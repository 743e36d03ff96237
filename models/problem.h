/*
 * Why a request failed, for the client: RFC 9457.
 */
#ifndef ONRECORD_MODELS_PROBLEM_H
#define ONRECORD_MODELS_PROBLEM_H

#include "base/arena.h"
#include "base/error.h"
#include "base/span.h"

enum { PROBLEM_ERRORS_MAX = 16 };

struct problem_error {
    struct text pointer; /* JSON Pointer (RFC 6901); "" is the whole document */
    struct text detail;
};

struct problem {
    enum err code;
    struct text detail;                              /* says what to change */
    struct problem_error errors[PROBLEM_ERRORS_MAX]; /* the first ones found */
    uint32_t error_count;
};

/* Sets code and detail (printf). A detail that finds no memory is left empty. Returns `code`. */
enum err problem_set(struct problem *p, struct arena *a, enum err code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Adds one bad member; beyond PROBLEM_ERRORS_MAX it is dropped. */
void problem_add(struct problem *p, struct arena *a, struct text pointer, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
