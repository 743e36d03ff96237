/*
 * Name corpora (token, tab, BIO2 label; a blank line between sentences) as documents.
 */
#ifndef ONRECORD_TRAINING_BIO_H
#define ONRECORD_TRAINING_BIO_H

#include "base/arena.h"
#include "models/document.h"

/* A corpus; labels are as in the file: "B-PER", "O". Lines "-DOCSTART-" open a paragraph. */
struct bio {
    struct document doc;
    struct text *labels; /* of each token */
};

/* Tokens are joined by spaces. Ends the program with a message if the file cannot be read. */
void bio_read(struct arena *a, const char *path, struct bio *out);

#endif
