#include "training/bio.h"

#include "pipeline/forms.h"
#include "training/conllu.h"
#include "training/perceptron.h"

struct reader {
    struct bio *out;
    char *text;
    uint32_t used;
    bool inside; /* a sentence is open */
    bool new_paragraph;
};

static void open_sentence(struct reader *r)
{
    struct document *doc = &r->out->doc;
    if (r->new_paragraph || doc->paragraphs.count == 0)
        doc->paragraphs.at[doc->paragraphs.count++].span = (struct span){r->used, r->used};
    doc->sentences.at[doc->sentences.count++] =
        (struct sentence){{r->used, r->used}, doc->paragraphs.count - 1, doc->tokens.count, 0};
    r->inside = true;
    r->new_paragraph = false;
}

static void add_token(struct reader *r, struct text form, struct text label)
{
    struct document *doc = &r->out->doc;
    struct sentence *s = &doc->sentences.at[doc->sentences.count - 1];

    memcpy(r->text + r->used, form.bytes, form.len);
    r->out->labels[doc->tokens.count] = label;
    doc->tokens.at[doc->tokens.count++] = (struct token){.span = {r->used, r->used + form.len},
                                                         .sentence = doc->sentences.count - 1,
                                                         .head = NO_HEAD};
    r->used += form.len;
    s->span.end = doc->paragraphs.at[s->paragraph].span.end = r->used;
    s->token_count++;
    r->text[r->used++] = ' ';
}

static void read_line(struct reader *r, struct text line)
{
    struct text field[2];
    if (text_split(line, '\t', field, 2) < 2 || field[0].len == 0) {
        r->inside = false;
        return;
    }
    if (text_starts(field[0], "-DOCSTART-")) {
        r->new_paragraph = true;
        return;
    }
    if (!r->inside)
        open_sentence(r);
    add_token(r, field[0], field[1]);
}

void bio_read(struct arena *a, const char *path, struct bio *out)
{
    struct text file = file_read(a, path);
    uint32_t lines = 1;
    for (uint32_t i = 0; i < file.len; i++)
        lines += file.bytes[i] == '\n';

    memset(out, 0, sizeof(*out));
    out->doc.tokens.at = must_have(ARENA_ARRAY(a, struct token, lines));
    out->doc.sentences.at = must_have(ARENA_ARRAY(a, struct sentence, lines));
    out->doc.paragraphs.at = must_have(ARENA_ARRAY(a, struct paragraph, lines));
    out->labels = must_have(ARENA_ARRAY(a, struct text, lines));
    struct reader r = {.out = out, .text = must_have(arena_alloc(a, file.len + 1))};

    for (uint32_t start = 0; start < file.len;) {
        const char *end = memchr(file.bytes + start, '\n', file.len - start);
        uint32_t stop = end ? (uint32_t)(end - file.bytes) : file.len;
        read_line(&r, text_slice(file, (struct span){start, stop}));
        start = stop + 1;
    }
    out->doc.text = (struct text){r.text, r.used};
    for (uint32_t i = 0; i < out->doc.tokens.count; i++)
        if (token_form(a, out->doc.text, &out->doc.tokens.at[i]) != ERR_OK)
            must_have(NULL);
}
