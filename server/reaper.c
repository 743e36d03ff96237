#include "server/reaper.h"

void reaper_init(struct reaper *r, const int64_t limits[PHASE_COUNT])
{
    for (int p = 0; p < PHASE_COUNT; p++) {
        r->limits[p] = limits[p];
        r->heads[p].next = r->heads[p].previous = &r->heads[p];
    }
}

void reaper_leave(struct reaper_link *l)
{
    if (!l->next)
        return;
    l->next->previous = l->previous;
    l->previous->next = l->next;
    l->next = l->previous = NULL;
}

void reaper_enter(struct reaper *r, struct reaper_link *l, enum phase phase, int64_t now)
{
    struct reaper_link *head = &r->heads[phase];
    reaper_leave(l);
    l->phase = phase;
    l->since = now;
    l->previous = head->previous;
    l->next = head;
    l->previous->next = l;
    head->previous = l;
}

/* INT64_MAX for a phase that is empty or has no limit. */
static int64_t first_deadline(const struct reaper *r, int phase)
{
    const struct reaper_link *head = &r->heads[phase];
    if (!r->limits[phase] || head->next == head)
        return INT64_MAX;
    return head->next->since + r->limits[phase];
}

struct reaper_link *reaper_due(const struct reaper *r, int64_t now)
{
    for (int p = 0; p < PHASE_COUNT; p++)
        if (first_deadline(r, p) <= now)
            return r->heads[p].next;
    return NULL;
}

int64_t reaper_next(const struct reaper *r)
{
    int64_t next = INT64_MAX;
    for (int p = 0; p < PHASE_COUNT; p++)
        if (first_deadline(r, p) < next)
            next = first_deadline(r, p);
    return next;
}
