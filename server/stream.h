/*
 * A batch: the lines of a body, read by the workers, and their answers in the same order.
 *
 *   body ─ one job a line ─ compute and fetch workers ─ mailbox ─ slot ─ the client, in order
 *
 * Only `window` lines are on their way at a time, from the first whose answer has not been sent; so
 * a client that reads slowly holds its batch back, and a batch leaves the queue to others. All but
 * stream_release() is for the loop's thread.
 */
#ifndef ONRECORD_SERVER_STREAM_H
#define ONRECORD_SERVER_STREAM_H

#include "server/internal.h"

/* Lines of one batch that are on their way. */
uint32_t stream_window(const struct server_settings *s);

/* Takes the body of c->job and makes its reply. False without memory: the body may be gone. */
bool stream_start(struct conn *c);

/* A line's answer has come from the workers. Frees the job. */
void stream_line_done(struct job *j);

/* The awaited line is past its deadline: it is answered with that, and the rest go on. */
void stream_give_up_line(struct stream *s);

/* The client has its answers or has left. What is at work goes on alone, and frees itself. */
void stream_leave(struct conn *c);

/* The service ends: the reply breaks off. */
void stream_end(struct stream *s);

/* The reply, or a line's job, needs the struct stream no more. NULL is fine. From any thread. */
void stream_release(void *stream);

#endif
