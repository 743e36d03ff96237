#include "server/linger.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

void linger_init(struct lingering *l, int epoll)
{
    l->epoll = epoll;
    for (int i = 0; i < LINGER_MAX; i++)
        l->at[i].fd = -1;
}

static void let_go(struct lingering *l, int slot)
{
    close(l->at[slot].fd); /* takes it out of the epoll set too */
    l->at[slot].fd = -1;
}

void linger_keep(struct lingering *l, int fd, int64_t now)
{
    int slot = 0;
    while (slot < LINGER_MAX && l->at[slot].fd >= 0)
        slot++;
    if (slot == LINGER_MAX)
        return;

    int kept = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    struct epoll_event e = {.events = EPOLLIN, .data.u64 = LINGER_TAG + (uint64_t)slot};
    if (kept < 0)
        return;
    shutdown(kept, SHUT_WR);
    l->at[slot].fd = kept;
    l->at[slot].until = now + LINGER_US;
    if (epoll_ctl(l->epoll, EPOLL_CTL_ADD, kept, &e) != 0)
        let_go(l, slot);
}

void linger_read(struct lingering *l, uint64_t tag)
{
    char waste[16384];
    int slot = (int)(tag - LINGER_TAG);
    if (l->at[slot].fd < 0)
        return;
    ssize_t n = recv(l->at[slot].fd, waste, sizeof(waste), MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        let_go(l, slot);
}

int64_t linger_expire(struct lingering *l, int64_t now)
{
    int64_t next = INT64_MAX;
    for (int i = 0; i < LINGER_MAX; i++) {
        if (l->at[i].fd < 0)
            continue;
        if (l->at[i].until <= now)
            let_go(l, i);
        else if (l->at[i].until < next)
            next = l->at[i].until;
    }
    return next;
}

void linger_close(struct lingering *l)
{
    for (int i = 0; i < LINGER_MAX; i++)
        if (l->at[i].fd >= 0)
            let_go(l, i);
}
