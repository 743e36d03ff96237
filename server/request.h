/*
 * From the library's view of a request to the handlers': the target split and decoded, headers
 * copied, a request id chosen.
 */
#ifndef ONRECORD_SERVER_REQUEST_H
#define ONRECORD_SERVER_REQUEST_H

#include "server/job.h"

enum { QUERY_FIELDS_MAX = 32, HEADER_FIELDS_MAX = 128 };

/*
 * Fills j->x.request and j->id. `target` is the request target as sent; bytes NULL if there was no
 * memory for it. ERR_BAD_HTTP, ERR_NO_MEMORY: *why is what is wrong, a static sentence; path and id
 * are set in either case.
 */
enum err request_read(struct job *j, struct MHD_Connection *connection, const char *method,
                      struct text target, const char **why);

#endif
