#include "cli/progress.h"

#include <inttypes.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SECOND = 1000000, LINE_BYTES = 160, BAR = 20 };

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * SECOND + t.tv_nsec / 1000;
}

void progress_start(struct progress *p, const char *what, FILE *input)
{
    struct stat s;
    int fd = fileno(input);
    bool sized = fstat(fd, &s) == 0 && S_ISREG(s.st_mode);
    *p = (struct progress){.shown = isatty(STDERR_FILENO),
                           .what = what,
                           .input = fd,
                           .size = sized ? s.st_size : 0,
                           .started = now()};
}

/* "3:07", "2:00:00". */
static int put_time(char *to, size_t room, int64_t seconds)
{
    if (seconds < 3600)
        return snprintf(to, room, "%" PRId64 ":%02d", seconds / 60, (int)(seconds % 60));
    return snprintf(to, room, "%" PRId64 ":%02d:%02d", seconds / 3600, (int)(seconds / 60 % 60),
                    (int)(seconds % 60));
}

void progress_line(char *to, size_t room, const char *what, unsigned long done,
                   unsigned long refused, int64_t micros, double share)
{
    static const char full[BAR + 1] = "####################";
    char bar[48] = "", rest[32] = "";
    double seconds = (double)micros / SECOND;
    bool known = share >= 0;

    if (known && share < 1)
        snprintf(bar, sizeof(bar), "[%-20.*s] %3d %%  ", (int)(share * BAR), full,
                 (int)(share * 100));
    if (known && share > 0 && share < 1)
        put_time(rest, sizeof(rest), (int64_t)(seconds * (1 - share) / share + 0.5));
    else
        put_time(rest, sizeof(rest), (int64_t)(seconds + 0.5));
    snprintf(to, room, "%s%lu %s, %lu refused, %.0f/s, %s%s", bar, done, what, refused,
             seconds > 0 ? (double)done / seconds : 0, rest,
             known && share > 0 && share < 1 ? " left" : "");
}

static void tell(struct progress *p, unsigned long done, unsigned long refused, bool last)
{
    char line[LINE_BYTES];
    off_t at = p->size ? lseek(p->input, 0, SEEK_CUR) : -1;
    double share = at < 0 ? -1 : (double)at / (double)p->size;

    progress_line(line, sizeof(line), p->what, done, refused, now() - p->started,
                  last           ? 1
                  : share > 0.99 ? 0.99
                                 : share);
    fprintf(stderr, "\r%s\033[K%s", line, last ? "\n" : "");
}

void progress_tell(struct progress *p, unsigned long done, unsigned long refused)
{
    int64_t at = now();
    if (!p->shown || at - p->told < SECOND)
        return;
    p->told = at;
    tell(p, done, refused, false);
}

void progress_end(struct progress *p, unsigned long done, unsigned long refused)
{
    if (p->shown)
        tell(p, done, refused, true);
}
