#include "pipeline/page_memory.h"

#include <libxml/parser.h>
#include <libxml/xmlmemory.h>
#include <stdalign.h>
#include <stdint.h>
#include <string.h>

/* Stands before each allocation; of those of one page a list is made. */
struct page_block {
    alignas(max_align_t) struct page_block *next;
    struct page_block **link; /* the pointer that leads here; NULL: it is in no list */
    size_t size;              /* with this header */
};

/* libxml2 gives its allocator no argument to tell the pages of several threads apart. */
static _Thread_local struct page_memory *current;

/* No more is read; the input's buffer is the parser's own copy of the page. */
static void end_parsing(xmlParserCtxtPtr parser)
{
    parser->instate = XML_PARSER_EOF;
    parser->disableSAX = 1;
    if (parser->input) {
        xmlChar *last = (xmlChar *)(parser->input->end - 1);
        *last = '>';
        parser->input->cur = last;
    }
}

static void *fail(void)
{
    if (current) {
        current->failed = true;
        if (current->parser)
            end_parsing(current->parser);
    }
    return NULL;
}

/* The size with the header, or 0 where there is no room for it. */
static size_t room_for(size_t size)
{
    size_t all = sizeof(struct page_block) + size;
    bool fits =
        size <= PTRDIFF_MAX - sizeof(struct page_block) && (!current || all <= current->left);
    return fits ? all : 0;
}

static void *enlist(struct page_block *b, size_t size)
{
    b->size = size;
    b->link = NULL;
    if (current) {
        current->left -= size;
        b->next = current->blocks;
        b->link = &current->blocks;
        current->blocks = b;
        if (b->next)
            b->next->link = &b->next;
    }
    return b + 1;
}

static void dismiss(struct page_block *b)
{
    if (!b->link)
        return;
    *b->link = b->next;
    if (b->next)
        b->next->link = b->link;
    if (current)
        current->left += b->size;
}

static struct page_block *block_of(void *p)
{
    return (struct page_block *)p - 1;
}

static void *take(size_t size)
{
    size_t all = room_for(size);
    struct page_block *b = all ? malloc(all) : NULL;
    return b ? enlist(b, all) : fail();
}

static void *resize(void *old, size_t size)
{
    if (!old)
        return take(size);
    struct page_block *b = block_of(old);
    size_t before = b->size;
    dismiss(b);
    size_t all = room_for(size);
    struct page_block *moved = all ? realloc(b, all) : NULL;
    if (moved)
        return enlist(moved, all);
    enlist(b, before);
    return fail();
}

static void drop(void *p)
{
    if (!p)
        return;
    dismiss(block_of(p));
    free(block_of(p));
}

static char *duplicate(const char *s)
{
    size_t size = strlen(s) + 1;
    char *copy = take(size);

    return copy ? memcpy(copy, s, size) : NULL;
}

void page_memory_prepare(void)
{
    xmlMemSetup(drop, take, resize, duplicate);
}

void page_memory_begin(struct page_memory *m, size_t budget)
{
    *m = (struct page_memory){.left = budget};
    current = m;
}

void page_memory_end(struct page_memory *m)
{
    xmlResetLastError(); /* it is kept for the thread, and lies in memory of the page */
    m->parser = NULL;
    while (m->blocks)
        drop(m->blocks + 1);
    current = NULL;
}
