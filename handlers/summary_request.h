/*
 * What the headers and the query of a request for a summary say, before its body is there.
 */
#ifndef ONRECORD_HANDLERS_SUMMARY_REQUEST_H
#define ONRECORD_HANDLERS_SUMMARY_REQUEST_H

#include "handlers/exchange.h"
#include "models/request.h"

enum summary_form {
    FORM_JSON, /* the request object */
    FORM_TEXT, /* the article's text; options come in the query */
    FORM_HTML, /* a page, likewise */
};

/*
 * The form of a POST's body by its Content-Type; *charset is the parameter's value, bytes NULL if
 * there is none. ERR_MEDIA_TYPE: `why` tells which types there are.
 */
enum err summary_request_form(const struct exchange *x, enum summary_form *form,
                              struct text *charset, struct problem *why);

/* For a batch: ERR_MEDIA_TYPE unless the body is application/x-ndjson in UTF-8. */
enum err summary_request_lines(const struct exchange *x, struct problem *why);

/*
 * Sets `r`'s options from the query; the parameter `taken` (or NULL) is the caller's own.
 * ERR_INVALID_REQUEST: `why` names each parameter that is unknown, repeated or wrong.
 */
enum err summary_request_options(const struct exchange *x, const char *taken, struct request *r,
                                 struct problem *why);

/* For a JSON body, whose options are its members: ERR_INVALID_REQUEST if the query has any. */
enum err summary_request_no_query(const struct exchange *x, struct problem *why);

#endif
