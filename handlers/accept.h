/*
 * What a client accepts (RFC 9110, 12.5): of media types and of content codings.
 */
#ifndef ONRECORD_HANDLERS_ACCEPT_H
#define ONRECORD_HANDLERS_ACCEPT_H

#include "base/span.h"

/*
 * The index of the offered type ("application/json") that `accept` wants most; of equals the first.
 * -1: none fits. An absent (bytes NULL) or empty field accepts anything.
 *
 *   "text/calendar;q=0.5, application/json" of {"application/json", "text/calendar"}: 0
 */
int accept_choose(struct text accept, const char *const *offered, int count);

/* True if Accept-Encoding names `coding` (or *) with a weight above 0. */
bool accept_coding(struct text accept_encoding, const char *coding);

#endif
