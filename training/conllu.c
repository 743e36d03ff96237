#include "training/conllu.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "pipeline/forms.h"

enum { COLUMNS = 10 };
enum { FORM = 1, LEMMA = 2, UPOS = 3, XPOS = 4, HEAD = 6, DEPREL = 7, MISC = 9 };

struct reader {
    struct arena *arena;
    struct document *doc;
    char *text; /* the document's text, being written */
    uint32_t used;
    enum recase recase;
    bool space_before;
    bool new_paragraph;
    uint32_t covered; /* a multiword token ends behind this word */
    bool space_after_covered;
};

static void die(const char *what, const char *path)
{
    fprintf(stderr, "%s: %s\n", path, what);
    exit(1);
}

static void *need(void *memory)
{
    if (!memory)
        die("out of memory", "conllu");
    return memory;
}

struct text file_read(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END) != 0)
        die("cannot be read", path);
    long size = ftell(f);
    rewind(f);
    char *bytes = need(arena_alloc(a, (size_t)size + 1));
    if (fread(bytes, 1, (size_t)size, f) != (size_t)size)
        die("cannot be read", path);
    fclose(f);
    return (struct text){bytes, (uint32_t)size};
}

struct document document_copy(struct arena *a, const struct document *doc)
{
    struct document copy = *doc;
    copy.tokens.at = need(ARENA_ARRAY(a, struct token, doc->tokens.count));
    memcpy(copy.tokens.at, doc->tokens.at, doc->tokens.count * sizeof(struct token));
    return copy;
}

uint32_t name_index(const char *const *names, uint32_t count, struct text name, uint32_t otherwise)
{
    for (uint32_t i = 0; i < count; i++)
        if (text_is(name, names[i]))
            return i;
    return otherwise;
}

uint32_t text_split(struct text line, char mark, struct text *out, uint32_t max)
{
    uint32_t count = 0, start = 0;
    for (uint32_t i = 0; i <= line.len && count < max; i++) {
        if (i < line.len && line.bytes[i] != mark)
            continue;
        out[count++] = text_slice(line, (struct span){start, i});
        start = i + 1;
    }
    return count;
}

static uint32_t number(struct text t)
{
    return (uint32_t)strtoul(t.bytes, NULL, 10);
}

static bool contains(struct text t, const char *part)
{
    return memmem(t.bytes, t.len, part, strlen(part)) != NULL;
}

static bool has_char(struct text t, char c)
{
    return t.len > 0 && memchr(t.bytes, c, t.len) != NULL;
}

/* "of", "the", "to": the words that headlines leave in lower case. */
static bool title_keeps(struct text form)
{
    static const char *const kept[] = {"a",   "an",  "the",  "of",   "in",  "on",
                                       "to",  "for", "at",   "by",   "and", "or",
                                       "but", "as",  "with", "from", "'s",  "n't"};
    return name_index(kept, sizeof(kept) / sizeof(kept[0]), form, UINT32_MAX) != UINT32_MAX;
}

/* ASCII is enough here: the copies only have to teach that case may be missing. */
static void write_recased(struct reader *r, struct text form, bool first)
{
    char *out = r->text + r->used;
    memcpy(out, form.bytes, form.len);
    for (uint32_t i = 0; i < form.len; i++) {
        bool upper = r->recase == RECASE_UPPER ||
                     (r->recase == RECASE_TITLE && i == 0 && (first || !title_keeps(form)));
        if (upper && out[i] >= 'a' && out[i] <= 'z')
            out[i] = (char)(out[i] - 'a' + 'A');
        if (r->recase == RECASE_LOWER && out[i] >= 'A' && out[i] <= 'Z')
            out[i] = (char)(out[i] - 'A' + 'a');
    }
    r->used += form.len;
}

static void open_sentence(struct reader *r)
{
    struct document *doc = r->doc;
    if (r->new_paragraph || doc->paragraphs.count == 0) {
        while (r->used > 0 && r->text[r->used - 1] == ' ')
            r->used--;
        for (int i = 0; i < 2 && r->used > 0; i++)
            r->text[r->used++] = '\n';
        doc->paragraphs.at[doc->paragraphs.count++].span = (struct span){r->used, r->used};
        r->new_paragraph = false;
    }
    doc->sentences.at[doc->sentences.count++] =
        (struct sentence){{r->used, r->used}, doc->paragraphs.count - 1, doc->tokens.count, 0};
}

static void close_sentence(struct reader *r)
{
    struct document *doc = r->doc;
    struct sentence *s = &doc->sentences.at[doc->sentences.count - 1];
    uint32_t end = doc->tokens.at[doc->tokens.count - 1].span.end;

    s->span.end = doc->paragraphs.at[s->paragraph].span.end = end;
}

static bool space_after(struct reader *r, uint32_t id, struct text misc)
{
    if (id < r->covered)
        return false;
    if (id == r->covered)
        return r->space_after_covered;
    return !contains(misc, "SpaceAfter=No");
}

static void add_token(struct reader *r, struct text *field)
{
    struct document *doc = r->doc;
    struct sentence *s = &doc->sentences.at[doc->sentences.count - 1];
    uint32_t index = doc->tokens.count++, head = number(field[HEAD]);
    struct token *token = &doc->tokens.at[index];

    token->span.start = r->used;
    write_recased(r, field[FORM], s->token_count == 0);
    token->span.end = r->used;
    token->sentence = doc->sentences.count - 1;
    token->lemma = field[LEMMA];
    token->upos = (uint8_t)name_index(upos_names, UPOS_COUNT, field[UPOS], UPOS_X);
    token->xpos = (uint8_t)name_index(xpos_names, XPOS_COUNT, field[XPOS], XPOS_XX);
    token->deprel = (uint8_t)name_index(deprel_names, DEPREL_COUNT, field[DEPREL], DEPREL_DEP);
    token->head = head == 0 ? NO_HEAD : s->first_token + head - 1;
    s->token_count++;
    if (space_after(r, number(field[0]), field[MISC]))
        r->text[r->used++] = ' ';
}

static void read_line(struct reader *r, struct text line, bool *inside)
{
    struct text field[COLUMNS];

    if (line.len == 0 && *inside)
        close_sentence(r);
    if (line.len == 0)
        *inside = false;
    else if (line.bytes[0] == '#')
        r->new_paragraph |= text_starts(line, "# newpar") || text_starts(line, "# newdoc");
    if (line.len == 0 || line.bytes[0] == '#' || text_split(line, '\t', field, COLUMNS) < COLUMNS ||
        has_char(field[0], '.'))
        return;
    if (!*inside) {
        open_sentence(r);
        r->covered = 0;
        *inside = true;
    }
    if (has_char(field[0], '-')) {
        r->covered = number((struct text){strchr(field[0].bytes, '-') + 1, field[0].len});
        r->space_after_covered = !contains(field[MISC], "SpaceAfter=No");
        return;
    }
    add_token(r, field);
}

void conllu_read(struct arena *a, const char *path, enum recase recase, struct document *out)
{
    struct text file = file_read(a, path);
    uint32_t lines = 1;
    for (uint32_t i = 0; i < file.len; i++)
        lines += file.bytes[i] == '\n';

    memset(out, 0, sizeof(*out));
    out->tokens.at = need(ARENA_ARRAY(a, struct token, lines));
    out->sentences.at = need(ARENA_ARRAY(a, struct sentence, lines));
    out->paragraphs.at = need(ARENA_ARRAY(a, struct paragraph, lines));
    struct reader r = {.arena = a, .doc = out, .recase = recase};
    r.text = need(arena_alloc(a, file.len + 1));

    bool inside = false;
    for (uint32_t start = 0; start < file.len;) {
        const char *end = memchr(file.bytes + start, '\n', file.len - start);
        uint32_t stop = end ? (uint32_t)(end - file.bytes) : file.len;
        read_line(&r, text_slice(file, (struct span){start, stop}), &inside);
        start = stop + 1;
    }
    if (inside)
        close_sentence(&r);
    out->text = (struct text){r.text, r.used};
    for (uint32_t i = 0; i < out->tokens.count; i++)
        if (token_form(a, out->text, &out->tokens.at[i]) != ERR_OK)
            die("out of memory", path);
}
