#include "pipeline/page_memory.h"

#include <libxml/parser.h>
#include <libxml/xmlmemory.h>
#include <malloc.h>
#include <string.h>

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

static bool fits(size_t size)
{
    return !current || size <= current->left;
}

/* What the C library made of the request: a little more than was asked for. */
static void *count(void *p)
{
    size_t size = malloc_usable_size(p);

    if (!p)
        return fail();
    if (current)
        current->left -= size < current->left ? size : current->left;
    return p;
}

static void give_back(void *p)
{
    if (current)
        current->left += malloc_usable_size(p);
}

static void *take(size_t size)
{
    return fits(size) ? count(malloc(size)) : fail();
}

static void *resize(void *old, size_t size)
{
    if (!fits(size))
        return fail();
    size_t before = malloc_usable_size(old);
    void *p = realloc(old, size);
    if (p && current)
        current->left += before;
    return count(p);
}

static void drop(void *p)
{
    give_back(p);
    free(p);
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

void page_memory_use(struct page_memory *m)
{
    current = m;
}
