/*
 * Full stops and their kin: does this one end its sentence?
 *
 * A stop is a run of . ! ? … with the closing quotes and brackets that follow it, as `?!"` or `.)`.
 */
#ifndef ONRECORD_PIPELINE_STOPS_H
#define ONRECORD_PIPELINE_STOPS_H

#include "pipeline/scan.h"

struct stop {
    uint32_t start;   /* of the run of marks */
    uint32_t closers; /* where closing quotes and brackets start */
    uint32_t after;   /* the byte behind them */
    uint32_t next;    /* the next byte that is no white space, or the end of the paragraph */
    bool single;      /* one "." and nothing else */
};

/* True if a stop may start at byte `at`: a quick look, also true for the first byte of an "…". */
static inline bool stop_starts(struct text t, uint32_t at)
{
    char c = t.bytes[at];
    return c == '.' || c == '?' || c == '!' ||
           (c == '\xE2' && at + 2 < t.len && t.bytes[at + 1] == '\x80' &&
            t.bytes[at + 2] == '\xA6');
}

/*
 * Reads the stop at `at`. `in` runs from the start of the sentence to the end of the paragraph.
 * References ("[12]") and a closing quote that stands apart at the very end (`He left. "`) belong
 * to the stop.
 */
struct stop stop_read(struct text t, struct span in, uint32_t at);

/*
 * False for abbreviations ("Gen. Bajwa", "Inc. said"), initials, numbers ("3.5", "No. 5", "1.
 * Buy"), and where what follows goes on in lower case (`“Stop!” he said`).
 */
bool stop_ends_sentence(struct text t, struct span in, const struct stop *stop);

/* How a word takes the full stop behind it; data/abbreviations.tsv gives the names. */
#define ABBREVIATIONS(X)                                                                           \
    X(ABBREVIATION_NONE, "")                                                                       \
    X(ABBREVIATION_TITLE, "title")     /* Mr. with a capital: the sentence always goes on */       \
    X(ABBREVIATION_JOINS, "joins")     /* e.g. in any case: the sentence always goes on */         \
    X(ABBREVIATION_NUMBER, "number")   /* No. 5: before a number; an ordinary word otherwise */    \
    X(ABBREVIATION_CAPITAL, "capital") /* Sept. with a capital: as "any"; else an ordinary word */ \
    X(ABBREVIATION_TIME, "time")       /* p.m.: goes on before a day or time zone */               \
    X(ABBREVIATION_ANY, "any")         /* Inc.: ends a sentence only before a clear start */
enum abbreviation { ABBREVIATIONS(NAMED_ENUM) ABBREVIATION_COUNT };

/*
 * What `word` is with the full stop that follows it. Words that stand in no list but are letters
 * with stops between them ("U.N", "J") are ABBREVIATION_ANY.
 */
enum abbreviation abbreviation_of(struct text t, struct span word);

#endif
