/*
 * The step functions that the table of routes points to, one file each. Their manual is the
 * contract, openapi.yaml.
 */
#ifndef ONRECORD_HANDLERS_ENDPOINTS_H
#define ONRECORD_HANDLERS_ENDPOINTS_H

#include "handlers/exchange.h"

enum next health_live(struct exchange *x);     /* health.c */
enum next health_ready(struct exchange *x);    /* health.c */
enum next version_step(struct exchange *x);    /* version.c */
enum next openapi_step(struct exchange *x);    /* openapi.c */
enum next summaries_get(struct exchange *x);   /* summaries.c */
enum next summaries_post(struct exchange *x);  /* summaries.c */
enum next summaries_form(struct exchange *x);  /* summaries.c */
enum next summaries_batch(struct exchange *x); /* summaries.c */
enum next summaries_line(struct exchange *x);  /* summaries.c */
enum next newsroom_page(struct exchange *x);   /* newsroom.c */
enum next newsroom_asset(struct exchange *x);  /* newsroom.c */

#endif
