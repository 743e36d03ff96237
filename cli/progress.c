#include "cli/progress.h"

#include <sys/stat.h>
#include <unistd.h>

#include "server/clock.h"

enum { SECOND = 1000000, LINE_BYTES = 160, BAR = 20 };

void progress_start(struct progress *p, FILE *input)
{
    struct stat s;
    int fd = fileno(input);
    bool sized = fstat(fd, &s) == 0 && S_ISREG(s.st_mode);
    *p = (struct progress){.shown = isatty(STDERR_FILENO),
                           .input = fd,
                           .size = sized ? s.st_size : 0,
                           .started = clock_now()};
}

/* "3:07", "2:00:00". */
static void put_time(char *to, size_t room, double seconds)
{
    long whole = (long)(seconds + 0.5), hours = whole / 3600, minutes = whole / 60 % 60;
    if (hours)
        snprintf(to, room, "%ld:%02ld:%02ld", hours, minutes, whole % 60);
    else
        snprintf(to, room, "%ld:%02ld", minutes, whole % 60);
}

void progress_line(char *to, size_t room, unsigned long done, unsigned long refused, int64_t micros,
                   double share)
{
    static const char full[BAR + 1] = "####################";
    char bar[48] = "", duration[32];
    double seconds = (double)micros / SECOND;
    bool left = share > 0 && share < 1; /* how much, can be told */

    if (share >= 0 && share < 1)
        snprintf(bar, sizeof(bar), "[%-20.*s] %3d %%  ", (int)(share * BAR), full,
                 (int)(share * 100));
    put_time(duration, sizeof(duration), left ? seconds * (1 - share) / share : seconds);
    snprintf(to, room, "%s%lu lines, %lu refused, %.0f/s, %s%s", bar, done, refused,
             seconds > 0 ? (double)done / seconds : 0, duration, left ? " left" : "");
}

static void tell(struct progress *p, unsigned long done, unsigned long refused, bool last)
{
    char line[LINE_BYTES];
    off_t at = p->size ? lseek(p->input, 0, SEEK_CUR) : -1;
    double share = at < 0 ? -1 : (double)at / (double)p->size;

    progress_line(line, sizeof(line), done, refused, clock_now() - p->started,
                  last           ? 1
                  : share > 0.99 ? 0.99
                                 : share);
    fprintf(stderr, "\r%s\033[K%s", line, last ? "\n" : "");
}

void progress_tell(struct progress *p, unsigned long done, unsigned long refused)
{
    int64_t at = clock_now();
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
