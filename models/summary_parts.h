/*
 * The parts of the summary object: one file for each list of findings, all of them writing through
 * one struct summary_writer. Only models/summary_json.c calls these.
 */
#ifndef ONRECORD_MODELS_SUMMARY_PARTS_H
#define ONRECORD_MODELS_SUMMARY_PARTS_H

#include "base/json.h"
#include "models/offsets.h"
#include "models/request.h"
#include "models/summary.h"

struct summary_writer {
    struct json_writer json;
    struct arena *arena;
    const struct summary *summary;
    const struct request *request;
    struct offsets offsets;
};

/* Members "start" and "end" of the open object, in the unit asked for; and "text", the slice. */
void summary_put_range(struct summary_writer *w, struct span s);
void summary_put_slice(struct summary_writer *w, struct span s);

/* A member: key and value. A text with bytes NULL, a day that is not known and an empty span are
 * null; so is the id of NO_ACTOR, NO_DATE and NO_COMMITMENT, which all are UINT32_MAX. */
void summary_put_text(struct summary_writer *w, const char *key, struct text t);
void summary_put_texts(struct summary_writer *w, const char *key, const struct text *at,
                       uint32_t count);
void summary_put_name(struct summary_writer *w, const char *key, const char *name);
void summary_put_bool(struct summary_writer *w, const char *key, bool b);
void summary_put_day(struct summary_writer *w, const char *key, struct day d);
void summary_put_span(struct summary_writer *w, const char *key, struct span s);
void summary_put_id(struct summary_writer *w, const char *key, char letter, uint32_t index);

/* A probability, in steps of 1/10,000. */
double summary_rounded(double probability);
void summary_put_probability(struct summary_writer *w, const char *key, double probability);

/* An id as an element of a list. */
void summary_add_id(struct summary_writer *w, char letter, uint32_t index);

/* The lists, each with its key. */
void summary_put_actors(struct summary_writer *w);
void summary_put_dates(struct summary_writer *w);
void summary_put_tokens(struct summary_writer *w);

/* Leaves out commitments below the request's least confidence; the others keep their ids. */
enum err summary_put_commitments(struct summary_writer *w);

#endif
