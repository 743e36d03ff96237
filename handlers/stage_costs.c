#include "handlers/stage_costs.h"

#include <time.h>

static uint64_t cpu_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static bool pass(void *of, enum pipeline_stage next)
{
    struct stage_meter *m = of;
    uint64_t now = cpu_now();

    if (m->running < PIPELINE_STAGES)
        atomic_fetch_add_explicit(&m->costs->ns[m->running], now - m->since, memory_order_relaxed);
    m->running = next;
    m->since = now;
    return !m->exchange->wanted || m->exchange->wanted(m->exchange);
}

void stage_meter_start(struct stage_meter *m, const struct exchange *x)
{
    *m = (struct stage_meter){
        .costs = x->service->stage_costs, .exchange = x, .running = PIPELINE_STAGES};
    m->watch = (struct pipeline_watch){.go_on = pass, .of = m};
}
