/*
 * The HTTP server: one thread that owns all connections, compute workers, fetch workers, and an
 * admin listener of its own.
 *
 *   socket ─ connection.c   guard, routes, limits, collecting the body
 *          ─ job.c          queues and workers; the route's steps
 *          ─ reply.c        headers, ETag, compression
 *          ─ stream.c       for a batch: its lines to the workers, their answers in order
 *          ─ connection.c   sending, the log line
 *
 * This folder is the only user of libmicrohttpd. Its internal epoll thread stalls when exactly
 * 128·k sockets are ready at once, so loop.c runs the daemon from a loop of our own.
 */
#ifndef ONRECORD_SERVER_SERVER_H
#define ONRECORD_SERVER_SERVER_H

#include "handlers/exchange.h"
#include "server/access.h"
#include "server/endpoint.h"

struct server;

struct server_settings {
    struct endpoint listen;
    struct endpoint admin; /* len 0: no admin listener */
    unsigned workers;
    unsigned fetch_workers;
    unsigned queue;       /* requests that may wait for a worker */
    unsigned fetch_queue; /* requests that may wait for a fetch worker */
    unsigned in_flight;   /* requests from their headers to the end of their work */
    unsigned connections;
    size_t request_memory; /* the arena's budget of one request, bytes */
    size_t held_memory;    /* of all requests and replies that wait, bytes; server/held.h */
    const struct access_tokens *tokens; /* must outlive the server */
    unsigned rate;                      /* requests a second of one client; 0: no limit */
    unsigned rate_burst;                /* of them at once */
    int64_t deadline_us;                /* of one request's work */
    int64_t header_us;                  /* the phases of server/reaper.h */
    int64_t body_us;
    int64_t idle_us;
    int64_t write_us;
};

/*
 * Starts to listen and to answer. `service` must outlive the server; its flags are kept by it.
 * NULL on failure; *why is then a static string, and errno tells more if it is not 0.
 */
struct server *server_start(const struct server_settings *settings, struct service *service,
                            const char **why);

/* The addresses listened on; admin has len 0 if there is none. */
struct endpoint server_listens(const struct server *s);
struct endpoint server_admin(const struct server *s);

/*
 * The end, in three steps. server_drain(): readiness fails and each reply closes its connection, so
 * that clients and balancers leave on their own. server_stop(): no more connections, up to
 * `wait_ms` for those that are left, then all are closed; what still works has no client any more.
 * server_free(): the workers end. False if one does not within seconds: then the process should
 * leave by _exit().
 */
void server_drain(struct server *s);
void server_stop(struct server *s, unsigned wait_ms);
bool server_free(struct server *s);

/* The most memory that the settings allow, in bytes, beside the program's own `base`. */
uint64_t server_memory_bound(const struct server_settings *settings, uint64_t base);

#endif
