#include "cli/filter.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "cli/progress.h"

enum { WINDOW = 4 }; /* lines on their way for each thread that answers */

/* A line on its way. Its buffers are used again for the line a whole round later. */
struct slot {
    bool answered;
    bool too_long;
    bool refused;
    bool failed;
    struct line_buffer line;
    struct line_buffer answer;
};

struct filter {
    const struct filter_options *o;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t has_room, has_work, has_answer;
    unsigned long read, taken, written; /* lines; slots[n % window] is that of line n */
    unsigned long refused;
    bool at_end; /* no more lines come */
    enum filter_end end;
    int reason; /* errno of `end` */
    unsigned window;
    struct slot *slots;
    struct progress progress;
};

/* With the lock held. The first failure counts; everybody leaves. */
static void stop(struct filter *f, enum filter_end end, int reason)
{
    if (f->end == FILTER_DONE) {
        f->end = end;
        f->reason = reason;
    }
    f->at_end = true;
    pthread_cond_broadcast(&f->has_room);
    pthread_cond_broadcast(&f->has_work);
    pthread_cond_broadcast(&f->has_answer);
}

static bool gave_up(const struct filter *f)
{
    return f->end == FILTER_UNWRITTEN || f->end == FILTER_NO_MEMORY;
}

/* With the lock held: the next line that nobody answers yet, or NULL when there will be none. */
static struct slot *take(struct filter *f)
{
    while (f->taken == f->read && !f->at_end)
        pthread_cond_wait(&f->has_work, &f->lock);
    if (f->taken == f->read || gave_up(f))
        return NULL;
    return &f->slots[f->taken++ % f->window];
}

static void *answer_lines(void *filter)
{
    struct filter *f = filter;
    struct slot *s;

    pthread_mutex_lock(&f->lock);
    while ((s = take(f)) != NULL) {
        pthread_mutex_unlock(&f->lock);
        struct text line = {s->line.bytes, (uint32_t)s->line.len};
        s->refused = false;
        s->failed = !f->o->answer(f->o->cls, line, s->too_long, &s->answer, &s->refused);
        pthread_mutex_lock(&f->lock);
        s->answered = true;
        pthread_cond_signal(&f->has_answer);
    }
    pthread_mutex_unlock(&f->lock);
    return NULL;
}

/* With the lock held: the next line's slot once it is answered, or NULL after the last one. */
static struct slot *await_answer(struct filter *f)
{
    struct slot *s = &f->slots[f->written % f->window];
    while (!s->answered) {
        if (gave_up(f) || (f->at_end && f->written == f->read))
            return NULL;
        pthread_cond_wait(&f->has_answer, &f->lock);
    }
    return s;
}

/* Written, and flushed if the next answer is not there yet. */
static bool put(struct filter *f, const struct slot *s, bool flush)
{
    FILE *to = f->o->to;
    return fwrite(s->answer.bytes, 1, s->answer.len, to) == s->answer.len &&
           putc('\n', to) != EOF && (!flush || fflush(to) == 0);
}

static void *write_answers(void *filter)
{
    struct filter *f = filter;
    struct slot *s;

    pthread_mutex_lock(&f->lock);
    while ((s = await_answer(f)) != NULL) {
        bool last = !f->slots[(f->written + 1) % f->window].answered;
        pthread_mutex_unlock(&f->lock);
        errno = 0;
        bool written = !s->failed && put(f, s, last);
        int reason = errno;
        pthread_mutex_lock(&f->lock);
        if (!written) {
            stop(f, s->failed ? FILTER_NO_MEMORY : FILTER_UNWRITTEN, reason);
            break;
        }
        f->written++;
        f->refused += s->refused;
        s->answered = false;
        progress_tell(&f->progress, f->written, f->refused);
        pthread_cond_signal(&f->has_room);
    }
    pthread_mutex_unlock(&f->lock);
    return NULL;
}

/* With the lock held: the slot for the next line, or NULL if no more should be read. */
static struct slot *await_room(struct filter *f)
{
    while (f->read - f->written == f->window && !f->at_end)
        pthread_cond_wait(&f->has_room, &f->lock);
    return f->at_end ? NULL : &f->slots[f->read % f->window];
}

static void read_lines(struct filter *f)
{
    struct slot *s;

    pthread_mutex_lock(&f->lock);
    while ((s = await_room(f)) != NULL) {
        pthread_mutex_unlock(&f->lock);
        enum line_status status = lines_next(f->o->from, f->o->line_max, &s->line);
        int reason = errno;
        pthread_mutex_lock(&f->lock);
        if (status == LINE_END || status == LINE_FAILED) {
            stop(f, status == LINE_END ? FILTER_DONE : FILTER_UNREAD, reason);
            break;
        }
        s->too_long = status == LINE_TOO_LONG;
        f->read++;
        pthread_cond_signal(&f->has_work);
    }
    pthread_mutex_unlock(&f->lock);
}

/* How many of the threads have started: the writer first, then those that answer. */
static unsigned start(struct filter *f, pthread_t *threads)
{
    unsigned n = 0;
    while (n < f->o->jobs + 1 &&
           pthread_create(&threads[n], NULL, n ? answer_lines : write_answers, f) == 0)
        n++;
    return n;
}

static void run(struct filter *f, pthread_t *threads)
{
    unsigned started = start(f, threads);
    if (started < 2) {
        pthread_mutex_lock(&f->lock);
        stop(f, FILTER_NO_MEMORY, 0);
        pthread_mutex_unlock(&f->lock);
    } else {
        read_lines(f);
    }
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
}

enum filter_end filter_run(const struct filter_options *o, struct filter_result *result)
{
    struct filter f = {.o = o,
                       .lock = PTHREAD_MUTEX_INITIALIZER,
                       .has_room = PTHREAD_COND_INITIALIZER,
                       .has_work = PTHREAD_COND_INITIALIZER,
                       .has_answer = PTHREAD_COND_INITIALIZER,
                       .window = o->jobs * WINDOW};
    pthread_t *threads = calloc(o->jobs + 1, sizeof(*threads));
    f.slots = calloc(f.window, sizeof(*f.slots));
    progress_start(&f.progress, o->from);
    if (threads && f.slots)
        run(&f, threads);
    else
        f.end = FILTER_NO_MEMORY;
    progress_end(&f.progress, f.written, f.refused);
    for (unsigned i = 0; f.slots && i < f.window; i++) {
        free(f.slots[i].line.bytes);
        free(f.slots[i].answer.bytes);
    }
    free(f.slots);
    free(threads);
    *result = (struct filter_result){f.written, f.refused};
    errno = f.reason;
    return f.end;
}
