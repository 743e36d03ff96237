/*
 * robots.txt (RFC 9309).
 *
 * Our policy: a fetch is made because a person asked for one page, as a link preview is, and never
 * follows links; robots.txt is written for crawlers and is not asked by default. An operator who
 * feeds the service from a crawl turns on --robots, and then every fetch asks it first.
 */
#ifndef ONRECORD_FETCHER_ROBOTS_H
#define ONRECORD_FETCHER_ROBOTS_H

#include "base/span.h"

enum { ROBOTS_BYTES_MAX = 512 * 1024 }; /* RFC 9309, 2.5: at least 500 KiB must be read */

/*
 * True if `robots` lets `agent` (a product token in lower case) fetch `path` (with its query, as in
 * the URL). Groups that name the agent count, else those for "*"; the longest matching rule wins,
 * "allow" on a tie. No rule: true.
 */
bool robots_allow(struct text robots, const char *agent, struct text path);

#endif
