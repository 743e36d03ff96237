/*
 * One request on its way through queues and workers.
 *
 * A job belongs to the loop's thread until job_submit(), then to the queues and workers, and comes
 * back through the mailbox with its reply made. If its deadline passes meanwhile, the loop lets go
 * of it (job_abandon) and answers without it; the worker then frees it. It therefore holds copies
 * of everything: nothing in it points into the connection.
 */
#ifndef ONRECORD_SERVER_JOB_H
#define ONRECORD_SERVER_JOB_H

#include <microhttpd.h>

#include "handlers/routes.h"
#include "server/guard.h"

struct conn;
struct payload;
struct server;
struct stream;

enum {
    REQUEST_ID_MAX = 64,
    LOG_HOST_MAX = 128,
    FETCH_MEMORY = 16 * 1024 * 1024, /* what a fetch may add to its request's arena */
};

enum job_owner { OWNER_LOOP, OWNER_WORKER, OWNER_NOBODY };

struct job {
    struct server *server;
    struct conn *conn;         /* the loop's; stays valid while the loop waits for the job */
    const struct route *route; /* NULL: none was found */
    struct exchange x;
    atomic_int owner;
    enum next next_step;   /* what the handler asked for at its first step */
    bool admitted;         /* counted as in flight */
    bool answered;         /* the reply is made */
    bool submitted;        /* has been given to the workers */
    bool close;            /* the connection ends with this reply */
    bool expects_continue; /* the client waits before it sends the body */
    struct guard_body declared;
    char *body;
    size_t body_len;
    size_t body_cap;
    size_t held;     /* of the arena, while the job waits between two stages */
    int64_t started; /* clock_now() */
    int64_t queued;
    int64_t waited_us;
    int64_t worked_us;
    int64_t fetched_us;
    struct stream *stream;      /* this job is a line of it, and has no connection */
    uint32_t line;              /* which one */
    struct payload *answer;     /* of a line, once the work is done */
    struct MHD_Response *reply; /* once the work is done; the arena is gone by then */
    unsigned status;
    uint64_t reply_bytes;
    const char *log_code;
    char log_host[LOG_HOST_MAX];
    char id[REQUEST_ID_MAX + 1];
    struct job *next; /* in the mailbox */
};

/* A job with an arena; NULL without memory. */
struct job *job_new(struct server *s, struct conn *c);
void job_free(struct job *j);

/* Frees the arena and the body; what the loop needs to send the reply and log it stays. */
void job_free_work(struct job *j);

/* The most bytes that the body may have. */
size_t job_body_limit(const struct job *j);

/* Adds a piece of the body. ERR_TOO_LARGE beyond the limit, ERR_NO_MEMORY. */
enum err job_add_body(struct job *j, const char *bytes, size_t len);

/*
 * Gives the job to the compute workers or fetch workers. False: that queue is full. A line of a
 * batch has its body set already.
 */
bool job_submit(struct job *j, enum next next);

/* Takes the job's next steps on a worker, up to the next queue or the reply. */
void job_run_compute(void *job);
void job_run_fetch(void *job);

/* True if the loop may answer without the job, which then is no longer its own. */
bool job_abandon(struct job *j);

#endif
