/*
 * What each stage of the pipeline has cost the process: CPU time of the worker that ran it, added
 * up over all requests. Safe from any thread. One article reads the thread's clock a dozen times,
 * some two microseconds in all.
 */
#ifndef ONRECORD_HANDLERS_STAGE_COSTS_H
#define ONRECORD_HANDLERS_STAGE_COSTS_H

#include <stdatomic.h>

#include "handlers/exchange.h"
#include "pipeline/run.h"

/* Nanoseconds of CPU time by stage. Starts as zeros. */
struct stage_costs {
    _Atomic uint64_t ns[PIPELINE_STAGES];
};

/* One run of the pipeline on one thread, from stage to stage. */
struct stage_meter {
    struct stage_costs *costs;
    const struct exchange *exchange;
    enum pipeline_stage running; /* PIPELINE_STAGES: none yet */
    uint64_t since;
    struct pipeline_watch watch; /* give it to pipeline_run */
};

/*
 * Starts a meter for work on `x`, which adds to the service's costs and ends the run where nobody
 * waits for it any more. It must stay where it is while the run lasts.
 */
void stage_meter_start(struct stage_meter *m, const struct exchange *x);

#endif
