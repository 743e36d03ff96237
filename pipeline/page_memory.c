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

/* The input's buffer is the parser's own copy of the page. */
static void end_input(xmlParserInputPtr input)
{
    xmlChar *last = (xmlChar *)(input->end - 1);

    *last = '>';
    input->cur = last;
}

static void *fail(void)
{
    if (current) {
        current->failed = true;
        if (current->parser && current->parser->input)
            end_input(current->parser->input);
    }
    return NULL;
}

/*
 * The size with the header, or 0 where there is no room for it. Once an allocation has failed
 * others may pass the budget: they are the last few of a parser whose input has ended.
 */
static size_t room_for(size_t size)
{
    size_t all = sizeof(struct page_block) + size;

    if (size > PTRDIFF_MAX - sizeof(struct page_block))
        return 0;
    return !current || current->failed || all <= current->left ? all : 0;
}

static void enlist(struct page_block *b)
{
    current->left -= b->size < current->left ? b->size : current->left;
    b->next = current->blocks;
    b->link = &current->blocks;
    current->blocks = b;
    if (b->next)
        b->next->link = &b->next;
}

static void dismiss(struct page_block *b)
{
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

    if (!b)
        return fail();
    *b = (struct page_block){.size = all};
    if (current)
        enlist(b);
    return b + 1;
}

static void drop(void *p)
{
    if (!p)
        return;
    if (block_of(p)->link)
        dismiss(block_of(p));
    free(block_of(p));
}

/* A new place each time: what is grown here grows by doubling. */
static void *resize(void *old, size_t size)
{
    void *p = take(size);

    if (p && old) {
        size_t had = block_of(old)->size - sizeof(struct page_block);
        memcpy(p, old, had < size ? had : size);
        drop(old);
    }
    return p;
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
    for (struct page_block *b = m->blocks, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    current = NULL;
}
