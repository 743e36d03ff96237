/*
 * The page for newsrooms (web/), and the answers to its form for readers without scripts.
 */
#ifndef ONRECORD_HANDLERS_NEWSROOM_H
#define ONRECORD_HANDLERS_NEWSROOM_H

#include "handlers/exchange.h"
#include "models/request.h"
#include "models/summary.h"

/*
 * Sets `r` from a form (application/x-www-form-urlencoded): url, or else text; published.
 * ERR_INVALID_REQUEST: `why` names what is wrong.
 */
enum err newsroom_read_form(struct exchange *x, struct request *r, struct problem *why);

/* Makes the response the page with the findings, or with what went wrong. Return NEXT_REPLY. */
enum next newsroom_reply(struct exchange *x, const struct summary *s, const struct request *r);
enum next newsroom_fail(struct exchange *x, const struct problem *p);

#endif
