#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/filter.h"
#include "cli/options.h"
#include "cli/parts.h"
#include "handlers/bring_page.h"
#include "models/problem_json.h"
#include "models/request_json.h"
#include "models/summary_json.h"
#include "pipeline/commitment_explain.h"

/* The command at work. */
struct extract {
    const struct options *options;
    struct fetcher *fetcher;
    unsigned jobs;
    char version[VERSION_BYTES];
};

/* One article to read. */
struct task {
    struct request request;
    bool in_json; /* it came as a request object */
};

static enum err summarise(struct extract *x, struct arena *a, const struct task *t, bool pretty,
                          struct text *out, struct problem *why)
{
    const struct request *r = &t->request;
    struct page_source page = page_in_json();
    struct summary s;
    enum err e = ERR_OK;
    if (r->kind == SOURCE_URL)
        e = bring_page(x->fetcher, a, r->content, &page, why);
    bool from_page = r->kind == SOURCE_URL || (r->kind == SOURCE_HTML && t->in_json);
    if (e != ERR_OK || (e = pipeline_run(a, r, from_page ? &page : NULL, NULL, &s, why)) != ERR_OK)
        return e;
    if (x->options->explain)
        e = commitments_explain(a, &s, out);
    else
        e = summary_to_json(a, &s, r, x->version, pretty, out);
    if (e != ERR_OK)
        problem_set(why, a, e, "Give it more with --request-memory, or ask for fewer lists.");
    return e;
}

/* Options of the command line as those of the request. */
static enum err set_options(const struct options *o, struct arena *a, struct request *r,
                            struct problem *why)
{
    const struct {
        const char *name;
        const char *flag;
        const char *value;
    } rows[] = {
        {"published", "--published", o->published},
        {"title", "--title", o->title},
        {"source_url", "--source-url", o->source_url},
        {"id", "--id", o->id},
        {"offsets", "--offsets", o->offsets},
        {"include", "--include", o->include},
        {"min_confidence", "--min-confidence", o->min_confidence},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (*rows[i].value)
            request_set_option(a, r, text_of(rows[i].name), text_of(rows[i].value),
                               text_of(rows[i].flag), why);
    return why->error_count ? ERR_INVALID_REQUEST : ERR_OK;
}

static bool ends_in(const char *name, const char *ending)
{
    size_t n = strlen(name), m = strlen(ending);
    return n >= m && strcasecmp(name + n - m, ending) == 0;
}

/* By the file's name, else by the first character that is no white space. */
static enum extract_format guess_format(const char *name, struct text in)
{
    if (ends_in(name, ".json"))
        return FORMAT_JSON;
    if (ends_in(name, ".html") || ends_in(name, ".htm") || ends_in(name, ".xhtml"))
        return FORMAT_HTML;
    if (ends_in(name, ".txt"))
        return FORMAT_TEXT;
    uint32_t i = 0;
    while (i < in.len && strchr(" \t\r\n", in.bytes[i]))
        i++;
    if (i < in.len && in.bytes[i] == '{')
        return FORMAT_JSON;
    return i < in.len && in.bytes[i] == '<' ? FORMAT_HTML : FORMAT_TEXT;
}

static enum err make_task(const struct options *o, struct arena *a, const char *name,
                          struct text in, struct task *t, struct problem *why)
{
    struct request *r = &t->request;
    enum extract_format format = (enum extract_format)o->format;
    if (format == FORMAT_AUTO)
        format = guess_format(name, in);
    *t = (struct task){.request = {.kind = SOURCE_URL, .content = text_of(o->url)},
                       .in_json = format == FORMAT_JSON};
    if (*o->url)
        return set_options(o, a, r, why);
    if (format == FORMAT_JSON) {
        enum err e = request_from_json(a, in, r, why);
        return e == ERR_OK ? set_options(o, a, r, why) : e;
    }
    r->kind = format == FORMAT_HTML ? SOURCE_HTML : SOURCE_TEXT;
    r->content = in;
    return set_options(o, a, r, why);
}

static void print_problem(const struct problem *p)
{
    enum err code = p->code == ERR_OK ? ERR_INVALID_REQUEST : p->code;
    fprintf(stderr, "onrecord extract: %s. %.*s\n", err_title(code), (int)p->detail.len,
            p->detail.len ? p->detail.bytes : "");
    for (uint32_t i = 0; i < p->error_count; i++)
        fprintf(stderr, "  %.*s: %.*s\n", (int)p->errors[i].pointer.len, p->errors[i].pointer.bytes,
                (int)p->errors[i].detail.len, p->errors[i].detail.bytes);
}

static bool write_line(struct text t)
{
    bool ends = t.len && t.bytes[t.len - 1] == '\n';
    return fwrite(t.bytes, 1, t.len, stdout) == t.len && (ends || putchar('\n') != EOF);
}

static int output_error(void)
{
    char reason[64] = "";
    fprintf(stderr, "onrecord extract: the output cannot be written: %s\n",
            strerror_r(errno, reason, sizeof(reason)));
    return EXIT_IO;
}

static int extract_one(struct extract *x, const char *name, struct text in)
{
    struct arena *a = arena_new(x->options->request_memory);
    struct problem why = {.code = ERR_OK};
    struct task t;
    struct text out;
    int code = EXIT_FINE;

    if (!a)
        return EXIT_IO;
    if (make_task(x->options, a, name, in, &t, &why) != ERR_OK ||
        summarise(x, a, &t, isatty(STDOUT_FILENO), &out, &why) != ERR_OK) {
        print_problem(&why);
        code = EXIT_REFUSED;
    } else if (!write_line(out) || fflush(stdout) != 0) {
        code = output_error();
    }
    arena_free(a);
    return code;
}

/* The work on one line, on one of several threads. */
static bool answer_line(void *extract, struct text line, bool too_long, struct line_buffer *answer,
                        bool *refused)
{
    struct extract *x = extract;
    struct arena *a = arena_new(x->options->request_memory);
    struct problem why = {.code = ERR_OK};
    struct task t = {.in_json = true};
    struct text out = {NULL, 0};
    enum err e = ERR_TOO_LARGE;

    if (!a)
        return false;
    if (too_long)
        problem_set(&why, a, e, "The line is longer than --max-body.");
    else if ((e = request_from_json(a, line, &t.request, &why)) == ERR_OK)
        e = summarise(x, a, &t, false, &out, &why);
    *refused = e != ERR_OK;
    if (e != ERR_OK) {
        arena_limit(a,
                    arena_used(a) + 64 * 1024); /* the problem finds room where the work had none */
        e = problem_to_json(a, &why, (struct text){NULL, 0}, (struct text){NULL, 0}, &out);
    }
    bool answered = e == ERR_OK && lines_set(answer, out);
    arena_free(a);
    return answered;
}

static int extract_lines(struct extract *x, FILE *from)
{
    const struct filter_options o = {.from = from,
                                     .to = stdout,
                                     .line_max = x->options->max_body,
                                     .jobs = x->jobs,
                                     .answer = answer_line,
                                     .cls = x};
    struct filter_result result;
    enum filter_end end = filter_run(&o, &result);

    if (end == FILTER_UNWRITTEN)
        return output_error();
    if (end == FILTER_UNREAD)
        fputs("onrecord extract: the input cannot be read to its end\n", stderr);
    if (end == FILTER_NO_MEMORY)
        fputs("onrecord extract: there is no memory\n", stderr);
    if (end != FILTER_DONE)
        return EXIT_IO;
    return result.refused ? EXIT_REFUSED : EXIT_FINE;
}

static int extract_file(struct extract *x, const char *name, FILE *from)
{
    struct line_buffer all = {NULL, 0, 0};
    int code;
    if (x->options->ndjson)
        return extract_lines(x, from);
    enum line_status s = lines_rest(from, x->options->max_body, &all);
    if (s == LINE_READ) {
        code = extract_one(x, name, (struct text){all.bytes, (uint32_t)all.len});
    } else {
        fprintf(stderr, "onrecord extract: %s %s\n", name,
                s == LINE_TOO_LONG ? "is larger than --max-body" : "cannot be read");
        code = s == LINE_TOO_LONG ? EXIT_REFUSED : EXIT_IO;
    }
    free(all.bytes);
    return code;
}

static int run(struct extract *x)
{
    const char *name = x->options->operands.count ? x->options->operands.at[0] : "-";
    if (*x->options->url)
        return extract_one(x, "", (struct text){"", 0});
    if (strcmp(name, "-") == 0) {
        if (isatty(STDIN_FILENO))
            fputs("Reading an article from the terminal; Ctrl-D ends it.\n", stderr);
        return extract_file(x, "standard input", stdin);
    }
    FILE *from = fopen(name, "rb");
    if (!from) {
        char reason[64] = "";
        fprintf(stderr, "onrecord extract: %s: %s\n", name,
                strerror_r(errno, reason, sizeof(reason)));
        return EXIT_IO;
    }
    int code = extract_file(x, name, from);
    fclose(from);
    return code;
}

static void print_help(void)
{
    puts("usage: onrecord extract [OPTION]... [FILE|-]\n\n"
         "Reads one article and writes its summary as JSON to standard output: indented on a\n"
         "terminal, on one line in a pipe. With --ndjson it is a filter from request objects to\n"
         "results, one a line; a bad line yields a problem object on its line and the rest go "
         "on.\n\n"
         "Exit codes: 0 done; 1 the input, or a line of it, was refused; 2 wrong usage; 3 a file\n"
         "cannot be read or the output cannot be written.\n");
    options_help(FOR_EXTRACT, stdout);
}

int extract_command(int argc, char **argv)
{
    struct options o;
    char message[OPTION_MESSAGE_MAX];
    bool help;
    if (!options_parse(&o, FOR_EXTRACT, argc, argv, &help, message))
        return usage_error("extract", message);
    if (help) {
        print_help();
        return EXIT_FINE;
    }
    if (o.operands.count > 1)
        return usage_error("extract", "it reads one file; several go through --ndjson");
    if (o.explain && o.ndjson)
        return usage_error("extract", "--explain tells of one article, --ndjson reads many");
    if (*o.url && (o.operands.count || o.ndjson))
        return usage_error("extract", "--url stands instead of a file");

    signal(SIGPIPE, SIG_IGN);
    if (!parts_prepare("extract"))
        return EXIT_IO;
    struct extract x = {.options = &o,
                        .fetcher = parts_fetcher(&o, "extract"),
                        .jobs = o.jobs ? o.jobs : parts_cores()};
    struct data_dir data = {.arena = NULL};
    int code = EXIT_USAGE;
    if (x.fetcher)
        code = parts_data(&o, "extract", &data, x.version) ? run(&x) : EXIT_IO;
    fetcher_free(x.fetcher);
    arena_free(data.arena);
    return code;
}
