/*
 * The one place that turns a handler's response into what is sent: common headers, ETag and 304,
 * compression, CORS.
 */
#ifndef ONRECORD_SERVER_REPLY_H
#define ONRECORD_SERVER_REPLY_H

#include "server/job.h"

/*
 * Sets j->reply, j->status and what the log line needs, and frees the job's arena: a reply that
 * waits for a slow reader holds only its own bytes. May run on any thread. Without memory j->reply
 * stays NULL, and the connection can only be closed.
 */
void reply_make(struct job *j);

/* The same for a line of a batch: sets j->answer, NULL without memory, and frees the job's arena.
 */
void reply_line(struct job *j);

/* A line that tells a problem; `id` may be "". NULL without memory. */
struct payload *reply_line_problem(struct server *s, enum err code, const char *detail,
                                   const char *id);

/*
 * The same for a reply whose bytes `read` brings piece by piece; `drop` is called when the library
 * needs `cls` no more. False, with nothing made and `drop` not called, without memory.
 */
bool reply_stream(struct job *j, MHD_ContentReaderCallback read, MHD_ContentReaderFreeCallback drop,
                  void *cls);

/*
 * A whole answer for `code` written to the socket past the library, for where it takes no reply:
 * in the middle of headers or a body. `id` may be "". The connection must be closed afterwards.
 */
void reply_raw(int fd, enum err code, const char *detail, const char *id);

#endif
