/*
 * Preloaded into a service: makes one allocation fail, interrupts system calls, or moves the
 * calendar's clock, as the file says that ONRECORD_FAULTS names and that the test shares with it
 * (64-bit numbers).
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct faults {
    _Atomic int64_t countdown; /* this many allocations on, one fails; 0: none */
    _Atomic int64_t failed;
    _Atomic int64_t shift; /* seconds that the calendar's clock is off */
    _Atomic int64_t allocations;
    _Atomic int64_t interrupt; /* one in so many calls that can wait ends with EINTR; 0: none */
    _Atomic int64_t calls;
};

void *real_malloc(size_t size) __asm__("__libc_malloc");
void *real_calloc(size_t count, size_t size) __asm__("__libc_calloc");
void *real_realloc(void *old, size_t size) __asm__("__libc_realloc");

static struct faults none;
static struct faults *faults = &none;

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("ONRECORD_FAULTS");
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    void *at =
        fd >= 0 ? mmap(NULL, sizeof(none), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) : MAP_FAILED;
    if (at != MAP_FAILED)
        faults = at;
    if (fd >= 0)
        close(fd);
}

static bool fails(void)
{
    atomic_fetch_add(&faults->allocations, 1);
    if (atomic_load(&faults->countdown) <= 0 || atomic_fetch_sub(&faults->countdown, 1) != 1)
        return false;
    atomic_fetch_add(&faults->failed, 1);
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return fails() ? NULL : real_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : real_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails() ? NULL : real_realloc(old, size);
}

int clock_gettime(clockid_t clock, struct timespec *out)
{
    int done = (int)syscall(SYS_clock_gettime, clock, out);
    if (done == 0 && clock == CLOCK_REALTIME)
        out->tv_sec += atomic_load(&faults->shift);
    return done;
}

time_t time(time_t *out)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out)
        *out = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone)
{
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    *out = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
    return 0;
}

/* True if this call is to be interrupted. Only those that can wait are: sockets here do not, and a
 * look with no timeout does not. */
static bool interrupted(void)
{
    int64_t every = atomic_load(&faults->interrupt);

    if (every <= 0 || atomic_fetch_add(&faults->calls, 1) % every != 0)
        return false;
    errno = EINTR;
    return true;
}

ssize_t write(int fd, const void *from, size_t size)
{
    return interrupted() ? -1 : syscall(SYS_write, fd, from, size);
}

int poll(struct pollfd *fds, nfds_t count, int timeout)
{
    return timeout && interrupted() ? -1 : (int)syscall(SYS_poll, fds, count, timeout);
}

int epoll_wait(int fd, struct epoll_event *events, int most, int timeout)
{
    return timeout && interrupted() ? -1 : (int)syscall(SYS_epoll_wait, fd, events, most, timeout);
}
