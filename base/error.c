#include "base/error.h"

#define ERR_ROW(id, name, status, title) {name, title, status},
static const struct {
    const char *name;
    const char *title;
    unsigned status;
} rows[ERR_COUNT_] = {ERR_TABLE(ERR_ROW)};

const char *err_name(enum err e)
{
    return rows[e].name;
}

const char *err_title(enum err e)
{
    return rows[e].title;
}

unsigned err_status(enum err e)
{
    return rows[e].status;
}
