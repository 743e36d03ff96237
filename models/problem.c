#include "models/problem.h"

#include <stdarg.h>
#include <stdio.h>

static struct text format_in(struct arena *a, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

static struct text format_in(struct arena *a, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);

    char *bytes = len < 0 ? NULL : arena_alloc(a, (size_t)len + 1);
    if (!bytes)
        return (struct text){"", 0};
    vsnprintf(bytes, (size_t)len + 1, format, args);
    return (struct text){bytes, (uint32_t)len};
}

enum err problem_set(struct problem *p, struct arena *a, enum err code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    p->code = code;
    p->detail = format_in(a, format, args);
    va_end(args);
    return code;
}

void problem_add(struct problem *p, struct arena *a, struct text pointer, const char *format, ...)
{
    if (p->error_count == PROBLEM_ERRORS_MAX)
        return;
    va_list args;
    va_start(args, format);
    p->errors[p->error_count++] = (struct problem_error){pointer, format_in(a, format, args)};
    va_end(args);
}
