/*
 * Word classes from raw text: words that stand in like places share a class.
 *
 * Method: exchange algorithm on the class bigram model (R. Kneser and H. Ney, "Improved Clustering
 * Techniques for Class-Based Statistical Language Modelling", 1993). Logarithms are taken once into
 * a table of integers, so that every comparison is exact.
 */
#ifndef ONRECORD_TRAINING_CLASSES_H
#define ONRECORD_TRAINING_CLASSES_H

#include "training/rawtext.h"

/* Writes the class of each word, 1 to `classes`, to class_of[0 .. vocabulary - 1]. */
void classes_learn(const struct rawtext *text, uint32_t classes, uint32_t rounds,
                   uint16_t *class_of);

#endif
