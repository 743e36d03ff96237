#include "server/stream.h"

#include <stdio.h>
#include <stdlib.h>

#include "server/held.h"
#include "server/payload.h"
#include "server/reply.h"

enum { WINDOW_MIN = 16 };

/* A line on its way: at work, then answered. */
struct slot {
    struct job *job;        /* NULL: it is answered */
    struct payload *answer; /* NULL without memory, and then the reply breaks off */
};

struct stream {
    struct server *server;
    struct conn *conn; /* NULL: the client has its answer or has left */
    const struct route *route;
    char id[REQUEST_ID_MAX + 1];
    char *body;
    size_t body_len;
    size_t body_cap;
    size_t at;     /* of the first line that no job has been made for */
    uint32_t made; /* lines that a job has been made for */
    uint32_t sent; /* lines whose answers are sent */
    size_t piece;  /* bytes sent of the next one's */
    bool waits;    /* the connection is suspended until the next line is answered */
    bool ended;
    atomic_uint holders; /* the reply, and every line's job */
    uint32_t window;
    struct slot slots[];
};

uint32_t stream_window(const struct server_settings *s)
{
    return s->workers * 2 > WINDOW_MIN ? s->workers * 2 : WINDOW_MIN;
}

void stream_release(void *stream)
{
    struct stream *s = stream;
    if (!s || atomic_fetch_sub(&s->holders, 1) > 1)
        return;
    held_give_back(s->server, s->body_cap);
    free(s->body);
    free(s);
}

static struct slot *slot_of(struct stream *s, uint32_t line)
{
    return &s->slots[line % s->window];
}

/* The next line without its end, "\r\n" or "\n"; the last one need have none. */
static struct text next_line(struct stream *s)
{
    const char *line = s->body + s->at;
    size_t left = s->body_len - s->at;
    const char *end = memchr(line, '\n', left);
    size_t len = end ? (size_t)(end - line) : left;
    s->at += len + (end != NULL);
    if (len && line[len - 1] == '\r')
        len--;
    return (struct text){line, (uint32_t)len};
}

/* "/v1/summaries/batch#line=7": a problem tells by it which line it is about, from 1. */
static struct text line_address(const struct stream *s, struct job *j)
{
    enum { ROOM = 128 };
    char *to = arena_alloc(j->x.arena, ROOM);
    if (!to)
        return text_of(s->route->path);
    snprintf(to, ROOM, "%s#line=%u", s->route->path, s->made + 1);
    return text_of(to);
}

static struct job *line_job(struct stream *s, struct text line)
{
    struct job *j = job_new(s->server, NULL);
    if (!j)
        return NULL;
    j->stream = s;
    j->line = s->made;
    j->route = s->route;
    memcpy(j->id, s->id, sizeof(j->id));
    j->x.request.method = METHOD_POST;
    j->x.request.path = line_address(s, j);
    j->x.request.body = line;
    j->x.request.id = text_of(j->id);
    atomic_fetch_add(&s->holders, 1);
    return j;
}

/* Keeps the window full. */
static void give_lines(struct stream *s)
{
    while (s->at < s->body_len && s->made - s->sent < s->window) {
        struct slot *slot = slot_of(s, s->made);
        struct job *j = slot->job = line_job(s, next_line(s));
        slot->answer = NULL;
        s->made++;
        if (j && job_submit(j, NEXT_COMPUTE))
            continue;
        slot->job = NULL;
        slot->answer =
            reply_line_problem(s->server, ERR_BUSY, "The service is short of memory.", s->id);
        job_free(j);
    }
}

static size_t copy_piece(struct stream *s, struct slot *slot, char *to, size_t room)
{
    size_t left = slot->answer->len - s->piece;
    size_t len = left < room ? left : room;
    memcpy(to, slot->answer->bytes + s->piece, len);
    s->piece += len;
    if (len < left)
        return len;
    payload_drop(slot->answer);
    slot->answer = NULL;
    s->piece = 0;
    s->sent++;
    return len;
}

/* As much as is there, and fits. */
static size_t copy_answers(struct stream *s, char *to, size_t room)
{
    size_t len = 0;
    while (len < room && s->sent < s->made) {
        struct slot *slot = slot_of(s, s->sent);
        if (slot->job || !slot->answer)
            break;
        len += copy_piece(s, slot, to + len, room - len);
    }
    return len;
}

/* The library calls it whenever the client takes more. */
static ssize_t read_answers(void *stream, uint64_t at, char *to, size_t room)
{
    struct stream *s = stream;
    struct conn *c = s->conn;
    (void)at;
    if (s->ended)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    size_t len = copy_answers(s, to, room);
    give_lines(s);
    if (len) {
        c->job->reply_bytes += len;
        reaper_enter(&s->server->reaper, &c->link, PHASE_WRITE, clock_now());
        return (ssize_t)len;
    }
    if (s->sent == s->made)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (!slot_of(s, s->sent)->job)
        return MHD_CONTENT_READER_END_WITH_ERROR; /* no memory even for a problem */
    s->waits = true;
    reaper_enter(&s->server->reaper, &c->link, PHASE_LINE, clock_now());
    MHD_suspend_connection(c->connection);
    return 0;
}

static void go_on(struct stream *s)
{
    s->waits = false;
    reaper_enter(&s->server->reaper, &s->conn->link, PHASE_WRITE, clock_now());
    MHD_resume_connection(s->conn->connection);
}

void stream_leave(struct conn *c)
{
    struct stream *s = c->stream;
    if (!s)
        return;
    c->stream = NULL;
    s->conn = NULL;
    for (; s->sent < s->made; s->sent++) {
        struct slot *slot = slot_of(s, s->sent);
        payload_drop(slot->answer);
        if (slot->job)
            job_abandon(slot->job); /* or it is in the mailbox, and freed from there */
    }
}

static struct stream *stream_new(struct conn *c)
{
    struct job *j = c->job;
    uint32_t window = stream_window(&c->server->settings);
    struct stream *s = calloc(1, sizeof(*s) + window * sizeof(s->slots[0]));
    if (!s)
        return NULL;
    s->server = c->server;
    s->conn = c;
    s->route = j->route;
    memcpy(s->id, j->id, sizeof(s->id));
    s->window = window;
    atomic_store(&s->holders, 1);
    return s;
}

static void take_over_body(struct stream *s, struct job *j)
{
    s->body = j->body;
    s->body_len = j->body_len;
    s->body_cap = j->body_cap;
    j->body = NULL;
    j->body_cap = 0;
}

bool stream_start(struct conn *c)
{
    struct stream *s = stream_new(c);
    if (!s)
        return false;
    take_over_body(s, c->job);
    if (!reply_stream(c->job, read_answers, stream_release, s)) {
        stream_release(s);
        return false;
    }
    c->stream = s;
    return true;
}

void stream_line_done(struct job *j)
{
    struct stream *s = j->stream;
    if (s->conn) {
        struct slot *slot = slot_of(s, j->line);
        slot->job = NULL;
        slot->answer = j->answer;
        j->answer = NULL;
        if (s->waits && j->line == s->sent)
            go_on(s);
    }
    job_free(j);
}

void stream_give_up_line(struct stream *s)
{
    struct slot *slot = slot_of(s, s->sent);
    if (job_abandon(slot->job)) {
        atomic_fetch_add(&s->server->metrics.abandoned, 1);
        slot->job = NULL;
        slot->answer = reply_line_problem(s->server, ERR_DEADLINE,
                                          "Send a shorter text, or ask again later.", s->id);
        go_on(s);
    } else {
        reaper_enter(&s->server->reaper, &s->conn->link, PHASE_LINE, clock_now());
    }
}

void stream_end(struct stream *s)
{
    s->ended = true;
    go_on(s);
}
