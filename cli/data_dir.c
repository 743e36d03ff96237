#include "cli/data_dir.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "cli/lines.h"
#include "cli/suggest.h"
#include "pipeline/list_edit.h"

enum {
    MEMORY = 256 * 1024 * 1024,
    FILE_MAX = 16 * 1024 * 1024,
    PATH_BYTES = 4096,
    NAME_BYTES = 64,
};

/* One file at work. */
struct reading {
    const char *path;
    FILE *faults;
};

static void tell(void *reading, uint32_t line, const char *what)
{
    struct reading *r = reading;
    fprintf(r->faults, "%s:%u: %s\n", r->path, line, what);
}

static void cannot_read(struct data_dir *d, const char *path, FILE *faults)
{
    char reason[64] = "";
    fprintf(faults, "%s cannot be read: %s\n", path, strerror_r(errno, reason, sizeof(reason)));
    d->unread = true;
}

/* The file's bytes in the arena, which the rows in effect may point into. */
static bool read_file(struct data_dir *d, const char *path, struct text *out, FILE *faults)
{
    struct line_buffer all = {NULL, 0, 0};
    FILE *from = fopen(path, "rb");
    errno = from ? 0 : errno;
    enum line_status s = from ? lines_rest(from, FILE_MAX, &all) : LINE_FAILED;
    char *bytes = s == LINE_READ ? arena_alloc(d->arena, all.len + 1) : NULL;

    if (s == LINE_TOO_LONG)
        errno = EFBIG;
    else if (s == LINE_READ && !bytes)
        errno = ENOMEM;
    if (!bytes)
        cannot_read(d, path, faults);
    else if (all.len)
        memcpy(bytes, all.bytes, all.len);
    *out = (struct text){bytes, (uint32_t)all.len};
    free(all.bytes);
    if (from)
        fclose(from);
    return bytes != NULL;
}

/* Nobody is left to guess why the file changes nothing. */
static void no_such_list(const char *path, const char *name, FILE *faults)
{
    const char *best = NULL;
    bool known = false;
    for (const struct named_wordlist *n = named_wordlists; n->name; n++) {
        known = known || strcmp(n->name, name) == 0;
        if (list_is_open(n->name))
            suggest_try(name, n->name, &best);
    }
    if (known)
        fprintf(faults, "%s: the list %s cannot be changed\n", path, name);
    else
        fprintf(faults, "%s: there is no list %s%s%s%s\n", path, name,
                best ? "; did you mean " : "", best ? best : "", best ? "?" : "");
}

static void report_change(FILE *report, const char *path, const struct list_change *c)
{
    if (report)
        fprintf(report, "%s: %u added, %u replaced, %u taken away, %u wrong\n", path, c->added,
                c->replaced, c->removed, c->faults);
}

static void read_list(struct data_dir *d, const char *dir, const char *file, bool apply,
                      FILE *faults, FILE *report)
{
    char path[PATH_BYTES], name[NAME_BYTES];
    struct reading r = {path, faults};
    const struct list_listener listener = {tell, &r};
    struct list_change change = {0};
    struct text rows;

    snprintf(path, sizeof(path), "%s/%s", dir, file);
    snprintf(name, sizeof(name), "%.*s", (int)(strlen(file) - strlen(".tsv")), file);
    d->files++;
    if (!list_is_open(name)) {
        d->faults++;
        no_such_list(path, name, faults);
        return;
    }
    if (!read_file(d, path, &rows, faults))
        return;
    d->content = hash_bytes(rows.bytes, rows.len, hash_bytes(name, strlen(name), d->content));
    if (list_edit(d->arena, name, rows, apply, &listener, &change) != ERR_OK) {
        errno = ENOMEM;
        cannot_read(d, path, faults);
    }
    d->faults += change.faults;
    report_change(report, path, &change);
}

static int is_list(const struct dirent *e)
{
    size_t len = strlen(e->d_name);
    return len > strlen(".tsv") && e->d_name[0] != '.' &&
           strcmp(e->d_name + len - strlen(".tsv"), ".tsv") == 0;
}

bool data_dir_read(const char *dir, bool apply, FILE *faults, FILE *report, struct data_dir *out)
{
    struct dirent **found = NULL;
    int count = scandir(dir, &found, is_list, alphasort);

    *out = (struct data_dir){.arena = arena_new(MEMORY)};
    if (count < 0 || !out->arena)
        cannot_read(out, dir, faults);
    for (int i = 0; i < count; i++) {
        if (out->arena)
            read_list(out, dir, found[i]->d_name, apply, faults, report);
        free(found[i]);
    }
    free(found);
    return !out->faults && !out->unread;
}
