/*
 * Treebanks in CoNLL-U as documents, filled as the pipeline's own stages fill them, so that
 * training sees the features that the service will see.
 */
#ifndef ONRECORD_TRAINING_CONLLU_H
#define ONRECORD_TRAINING_CONLLU_H

#include "base/arena.h"
#include "models/document.h"

/* How a copy of a treebank is written: headlines and careless text are too rare in it to learn. */
enum recase { RECASE_NONE, RECASE_TITLE, RECASE_LOWER, RECASE_UPPER };

/*
 * Reads the file into one document, its text rebuilt with SpaceAfter=No and one paragraph for
 * each newpar. Ends the program with a message if the file cannot be read.
 */
void conllu_read(struct arena *a, const char *path, enum recase recase, struct document *out);

/* A document with tokens of its own. */
struct document document_copy(struct arena *a, const struct document *doc);

/* A whole file; ends the program with a message if it cannot be read. */
struct text file_read(struct arena *a, const char *path);

/* Cuts `line` at `mark` and returns the number of fields; those beyond `max` are dropped. */
uint32_t text_split(struct text line, char mark, struct text *out, uint32_t max);

/* The index of `name` in `names`, or `otherwise`. */
uint32_t name_index(const char *const *names, uint32_t count, struct text name, uint32_t otherwise);

#endif
