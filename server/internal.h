/*
 * What the files of this folder share. Not for others.
 */
#ifndef ONRECORD_SERVER_INTERNAL_H
#define ONRECORD_SERVER_INTERNAL_H

#include <pthread.h>

#include "server/clock.h"
#include "server/job.h"
#include "server/linger.h"
#include "server/metrics.h"
#include "server/pool.h"
#include "server/reaper.h"
#include "server/server.h"

/* One connection of the public port; the loop's own. */
struct conn {
    struct reaper_link link; /* the first member: a link is its connection */
    struct server *server;
    struct MHD_Connection *connection;
    struct job *job;       /* of the current request */
    struct stream *stream; /* the batch that is answered, or NULL */
    int fd;
    bool refused; /* reply_raw() has written: let the client read it before the socket goes */
    bool shown;   /* the library has shown us the current request */
    struct text target_at; /* the request target in the library's buffer */
    char *target;          /* a copy of it, made before the library cuts it up */
};

/* Jobs on their way back from the workers. */
struct mailbox {
    pthread_mutex_t lock;
    struct job *first;
    int event; /* eventfd; wakes the loop */
};

enum loop_order { LOOP_RUN, LOOP_QUIESCE, LOOP_END };

struct server {
    struct server_settings settings;
    struct service *service;
    struct MHD_Daemon *daemon;
    struct MHD_Daemon *admin;
    int listen_fd;
    int admin_fd; /* -1: there is no admin listener */
    int epoll;    /* of the loop: the library's descriptor, the mailbox, lingering sockets */
    pthread_t thread;
    atomic_int order;          /* enum loop_order */
    _Atomic int64_t heartbeat; /* clock_now() of the loop's last round */
    int64_t end_at;            /* of quiescing; set before the order is given */
    struct mailbox mailbox;
    struct reaper reaper;
    struct lingering linger;
    struct pool *compute;
    struct pool *fetch;
    struct metrics metrics;
    struct access *access; /* the loop's */
};

/* connection.c: the library's callbacks, with the server as their closure. */
enum MHD_Result connection_request(void *server, struct MHD_Connection *connection, const char *url,
                                   const char *method, const char *version, const char *upload,
                                   size_t *upload_size, void **request);
void *connection_target(void *server, const char *target, struct MHD_Connection *connection);
void connection_changed(void *server, struct MHD_Connection *connection, void **socket_context,
                        enum MHD_ConnectionNotificationCode what);
void connection_completed(void *server, struct MHD_Connection *connection, void **request,
                          enum MHD_RequestTerminationCode how);

/* connection.c: what the loop asks for. */
void connection_overdue(struct conn *c);
void connection_give_up(struct conn *c); /* answers a waiting request without its job */
void connection_done(struct job *j);     /* the workers have made the reply */

/* loop.c */
void *loop_thread(void *server);
void loop_post(struct server *s, struct job *j);
void loop_wake(struct server *s);

/* admin.c */
struct MHD_Daemon *admin_start(struct server *s, int listen_fd);

#endif
