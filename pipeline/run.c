#include "pipeline/run.h"

#include "base/strbuf.h"
#include "base/utf8.h"
#include "pipeline/actors.h"
#include "pipeline/commitments.h"
#include "pipeline/dateline.h"
#include "pipeline/dates.h"
#include "pipeline/key_sentences.h"
#include "pipeline/language.h"
#include "pipeline/names.h"
#include "pipeline/page.h"
#include "pipeline/page_charset.h"
#include "pipeline/pronouns.h"
#include "pipeline/sentences.h"
#include "pipeline/tags.h"
#include "pipeline/text.h"
#include "pipeline/tokens.h"
#include "pipeline/tree.h"

enum {
    WARNINGS_MAX = 16,
    TOKENS_MAX = 2000000, /* more than 4 MiB of prose holds; mere marks are refused above it */
};

struct run {
    struct arena *arena;
    const struct request *request;
    struct page found;
    const struct page *page; /* &found, or NULL for plain text */
    const struct pipeline_watch *watch;
    struct problem *why;
    struct summary s;
};

const char *pipeline_stage_name(enum pipeline_stage stage)
{
    static const char *const names[PIPELINE_STAGES] = {
        [PIPELINE_PAGE] = "page",
        [PIPELINE_TEXT] = "text",
        [PIPELINE_SENTENCES] = "sentences",
        [PIPELINE_TOKENS] = "tokens",
        [PIPELINE_TAGS] = "tags",
        [PIPELINE_TREE] = "tree",
        [PIPELINE_NAMES] = "names",
        [PIPELINE_DATES] = "dates",
        [PIPELINE_ACTORS] = "actors",
        [PIPELINE_COMMITMENTS] = "commitments",
        [PIPELINE_KEY_SENTENCES] = "key_sentences",
    };
    return stage < PIPELINE_STAGES ? names[stage] : "";
}

static bool enter(struct run *r, enum pipeline_stage next)
{
    return !r->watch || r->watch->go_on(r->watch->of, next);
}

static void warn(struct run *r, const char *message)
{
    struct warnings *w = &r->s.warnings;

    if (!w->at)
        w->at = ARENA_ARRAY(r->arena, struct text, WARNINGS_MAX);
    if (w->at && w->count < WARNINGS_MAX)
        w->at[w->count++] = text_of(message);
}

/* Sets the problem where the stage that failed did not. */
static enum err tell(struct run *r, enum err e)
{
    if (r->why->code == e)
        return e;
    if (e == ERR_NO_MEMORY)
        return problem_set(r->why, r->arena, e,
                           "The text needs more memory than one request may use.");
    if (e == ERR_EMPTY_TEXT)
        return problem_set(r->why, r->arena, e, "The text holds nothing but white space.");
    return problem_set(r->why, r->arena, e, "%s", err_title(e));
}

/* Headings look like one only on the page: their words alone may be a sentence. */
static void mark_headings(const struct page *page, struct paragraphs *paragraphs)
{
    if (!page || page->paragraphs.count != paragraphs->count)
        return;
    for (uint32_t i = 0; i < paragraphs->count; i++)
        if (page->paragraphs.at[i].kind == PARAGRAPH_HEADLINE)
            paragraphs->at[i].kind = PARAGRAPH_HEADLINE;
}

static enum err cut_paragraphs(struct run *r, struct text in)
{
    struct document *doc = &r->s.document;
    enum err e;

    if ((e = text_normalise(r->arena, in, &doc->text)) != ERR_OK ||
        (e = text_paragraphs(r->arena, doc->text, &doc->paragraphs, &doc->title)) != ERR_OK)
        return e;
    mark_headings(r->page, &doc->paragraphs);
    return ERR_OK;
}

static enum err cut_tokens(struct run *r)
{
    struct document *doc = &r->s.document;
    enum err e = tokens_cut(r->arena, doc, &doc->tokens);

    return e == ERR_OK && doc->tokens.count > TOKENS_MAX ? ERR_TOO_COMPLEX : e;
}

static void set_reference(struct run *r)
{
    struct summary *s = &r->s;

    s->document.reference = s->article.published_day;
    if (day_known(r->request->published_day))
        s->reference_from = REFERENCE_REQUEST;
    else
        s->reference_from = day_known(s->document.reference) ? REFERENCE_METADATA : REFERENCE_NONE;
}

/*
 * The reference date: request, then metadata, then dateline. Dates are read again where a dateline
 * gave one.
 */
static enum err read_dates(struct run *r)
{
    struct summary *s = &r->s;
    struct document *doc = &s->document;

    set_reference(r);
    enum err e = dates_find(r->arena, doc, &s->dates);
    if (e != ERR_OK)
        return e;
    struct dateline line = dateline_read(doc, &s->dates);
    s->article.dateline_place = line.place;
    s->article.dateline_day = line.date;
    if (s->reference_from != REFERENCE_NONE || !day_known(line.date))
        return ERR_OK;
    doc->reference = line.date;
    s->reference_from = REFERENCE_DATELINE;
    return dates_find(r->arena, doc, &s->dates);
}

static bool has_open_date(const struct dates *dates)
{
    for (uint32_t i = 0; i < dates->count; i++)
        if (dates->at[i].relative || (dates->at[i].timex.len && dates->at[i].timex.bytes[0] == 'X'))
            return true;
    return false;
}

static bool has_past_due(const struct summary *s)
{
    for (uint32_t i = 0; i < s->commitments.count; i++) {
        uint32_t due = s->commitments.at[i].due_date;
        if (due != NO_DATE && day_known(s->document.reference) &&
            day_known(s->dates.at[due].latest) &&
            day_serial(s->dates.at[due].latest) < day_serial(s->document.reference))
            return true;
    }
    return false;
}

static void warn_of_odd_dates(struct run *r)
{
    const struct dates *dates = &r->s.dates;
    struct text sentence;

    for (uint32_t i = 0; i < dates->odd_count; i++)
        if (dates_odd_text(r->arena, &r->s.document, &dates->odd[i], &sentence) == ERR_OK)
            warn(r, sentence.bytes);
}

static void warn_about(struct run *r, const struct language *language)
{
    if (!language->english)
        warn(r, "The text does not read as English; what was found in it may be wrong or missing.");
    if (r->s.reference_from == REFERENCE_NONE && has_open_date(&r->s.dates))
        warn(r,
             "No date of publication is known: relative dates and dates without a year stay open.");
    warn_of_odd_dates(r);
    if (r->page && r->page->dates_disagree)
        warn(r,
             "The page names more than one date of publication; the most trusted one was taken.");
    if (r->page && r->page->partial)
        warn(
            r,
            "The page keeps the rest of its article for subscribers; only its beginning was read.");
    if (has_past_due(&r->s))
        warn(r, "A deadline lies before the date of publication.");
}

static uint32_t count_words(const struct tokens *tokens)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < tokens->count; i++)
        n += (tokens->at[i].shape & (SHAPE_WORD | SHAPE_HAS_DIGIT)) != 0;
    return n;
}

static void describe_article(struct run *r, const struct language *language)
{
    struct article *a = &r->s.article;

    if (r->page)
        *a = r->page->article;
    a->title = r->s.document.title;
    if (day_known(r->request->published_day)) {
        a->published = r->request->published;
        a->published_day = r->request->published_day;
    }
    a->language = language->tag;
    a->words = count_words(&r->s.document.tokens);
    r->s.source.url = r->request->source_url;
}

static enum err find_commitments(struct run *r)
{
    struct summary *s = &r->s;
    enum err e = commitments_find(r->arena, &s->document, &s->actors, &s->dates, &s->commitments);

    if (e == ERR_OK)
        e = actors_settle(r->arena, &s->document, &s->actors, &s->commitments);
    /* Last, when it is known who is an actor: what was found before does not hang on pronouns. */
    return e == ERR_OK ? pronouns_join(r->arena, &s->document, &s->dates, &s->actors) : e;
}

/* One stage on what the earlier ones have found. */
static enum err run_stage(struct run *r, enum pipeline_stage stage)
{
    struct summary *s = &r->s;
    struct document *doc = &s->document;

    switch (stage) {
    case PIPELINE_SENTENCES:
        return sentences_cut(r->arena, doc, &doc->sentences);
    case PIPELINE_TOKENS:
        return cut_tokens(r);
    case PIPELINE_TAGS:
        return tags_assign(r->arena, doc);
    case PIPELINE_TREE:
        return tree_parse(r->arena, doc);
    case PIPELINE_NAMES:
        return names_mark(r->arena, doc);
    case PIPELINE_DATES:
        return read_dates(r);
    case PIPELINE_ACTORS:
        return actors_find(r->arena, doc, &s->actors);
    case PIPELINE_COMMITMENTS:
        return find_commitments(r);
    case PIPELINE_KEY_SENTENCES:
        return key_sentences_choose(r->arena, doc, &s->actors, &s->commitments, &s->key_sentences);
    case PIPELINE_PAGE:
    case PIPELINE_TEXT:
    case PIPELINE_STAGES:
        break; /* they read the request, not the document */
    }
    return ERR_INTERNAL;
}

static enum err run_stages(struct run *r, enum pipeline_stage from, enum pipeline_stage end)
{
    enum err e = ERR_OK;

    for (enum pipeline_stage stage = from; stage < end && e == ERR_OK; stage++)
        e = enter(r, stage) ? run_stage(r, stage) : ERR_DEADLINE;
    return e;
}

static enum err run_text(struct run *r, struct text in)
{
    struct summary *s = &r->s;
    enum err e;

    s->document.title = r->request->title;
    if (!s->document.title.len && r->page)
        s->document.title = r->page->article.title;
    if (!enter(r, PIPELINE_TEXT))
        return ERR_DEADLINE;
    if ((e = cut_paragraphs(r, in)) != ERR_OK ||
        (e = run_stages(r, PIPELINE_SENTENCES, PIPELINE_DATES)) != ERR_OK)
        return e;
    struct language language = language_guess(&s->document);
    describe_article(r, &language);
    if ((e = run_stages(r, PIPELINE_DATES, PIPELINE_STAGES)) != ERR_OK)
        return e;
    warn_about(r, &language);
    return enter(r, PIPELINE_STAGES) ? ERR_OK : ERR_DEADLINE;
}

/* What a page says of itself and where it came from. */
static void describe_source(struct run *r, const struct page_source *from)
{
    struct source *s = &r->s.source;

    if (r->request->kind == SOURCE_URL && from) {
        s->url = r->request->content;
        s->final_url = from->final_url;
        s->fetched_at = from->fetched_at;
        s->http_status = from->http_status;
    }
    if (r->page)
        s->canonical_url = r->page->canonical_url;
}

static enum err run_page(struct run *r, const struct page_source *from)
{
    struct page_input in = {
        .bytes = r->request->kind == SOURCE_URL ? from->bytes : r->request->content,
        .charset = from ? from->charset : (struct text){NULL, 0},
        .url = r->request->kind == SOURCE_URL ? from->final_url : r->request->source_url,
        .fetched_at = from ? from->fetched_at : (struct text){NULL, 0},
    };
    struct text plain = {NULL, 0};
    const char *charset;
    enum err e;

    if (!enter(r, PIPELINE_PAGE))
        return ERR_DEADLINE;
    if (r->request->kind == SOURCE_URL && from->is_plain) {
        e = page_charset_decode(r->arena, in.bytes, in.charset, &plain, &charset);
    } else if ((e = page_read(r->arena, &in, &r->found, r->why)) == ERR_OK) {
        r->page = &r->found;
        plain = r->found.text;
    }
    if (e != ERR_OK || (e = run_text(r, plain)) != ERR_OK)
        return e;
    describe_source(r, from);
    return ERR_OK;
}

enum err pipeline_run(struct arena *a, const struct request *request,
                      const struct page_source *page, const struct pipeline_watch *watch,
                      struct summary *out, struct problem *why)
{
    struct run r = {.arena = a, .request = request, .watch = watch, .why = why};
    uint32_t bad_at;
    enum err e;

    if (request->kind == SOURCE_TEXT && !utf8_check(request->content, &bad_at))
        return problem_set(why, a, ERR_BAD_ENCODING,
                           "The text is not UTF-8: byte %u starts no character.", bad_at);
    if (request->kind == SOURCE_URL && !page)
        return problem_set(why, a, ERR_INTERNAL, "The page was not fetched.");
    e = request->kind == SOURCE_TEXT ? run_text(&r, request->content) : run_page(&r, page);
    if (e != ERR_OK)
        return tell(&r, e);
    *out = r.s;
    return ERR_OK;
}
