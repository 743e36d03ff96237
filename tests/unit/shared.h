/*
 * Test packs that lie beside the project and are no part of it. Where they are missing a test is
 * skipped and says so on standard error; on the CI machine (CI=true) that is a failure.
 */
#ifndef ONRECORD_TESTS_UNIT_SHARED_H
#define ONRECORD_TESTS_UNIT_SHARED_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "tests/unit/check.h"

enum { SHARED_PATH_MAX = 4096 };

/* Writes ONRECORD_SHARED/`name` into `path` of SHARED_PATH_MAX bytes. */
static inline void shared_path(const char *name, char *path)
{
    const char *shared = getenv("ONRECORD_SHARED");
    snprintf(path, SHARED_PATH_MAX, "%s/%s", shared ? shared : ".", name);
}

/* Calls `each` with every file's name in the folder `name`; returns how many there are. */
static inline unsigned shared_each(const char *name, void (*each)(const char *file, void *data),
                                   void *data)
{
    struct dirent **entries = NULL;
    char path[SHARED_PATH_MAX];
    unsigned count = 0;

    shared_path(name, path);
    int n = scandir(path, &entries, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        if (entries[i]->d_name[0] != '.') {
            each(entries[i]->d_name, data);
            count++;
        }
        free(entries[i]);
    }
    free(entries);
    return count;
}

/* The whole file ONRECORD_SHARED/`name`, in `a`; bytes NULL if it cannot be read. */
static inline struct text shared_read(struct arena *a, const char *name)
{
    char path[SHARED_PATH_MAX];
    shared_path(name, path);

    FILE *f = fopen(path, "rb");
    if (!f)
        return (struct text){NULL, 0};
    fseek(f, 0, SEEK_END);
    size_t size = (size_t)ftell(f);
    rewind(f);
    char *bytes = arena_alloc(a, size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, size, f), size);
    fclose(f);
    return (struct text){bytes, (uint32_t)size};
}

static inline void shared_missing(const char *name)
{
    const char *ci = getenv("CI");
    fprintf(stderr, "SKIPPED: %s is not under ONRECORD_SHARED\n", name);
    if (ci && strcmp(ci, "true") == 0)
        fail_msg("%s is needed on the CI machine", name);
    skip();
}

#endif
