/*
 * The relations of each direction in a few groups. The parser's moves choose a group along with the
 * arc: "ate with a fork" and "pasta with cheese" attach differently because one is oblique, the
 * other nominal. Which relation of the group it is, is decided afterwards and by features of its
 * own.
 */
#ifndef ONRECORD_PIPELINE_RELATION_GROUPS_H
#define ONRECORD_PIPELINE_RELATION_GROUPS_H

#include "models/document.h"
#include "pipeline/transitions.h"

enum relation_group {
    GROUP_SHIFT,
    LEFT_SUBJECT,
    LEFT_NOMINAL, /* det, amod, compound: in front of a noun */
    LEFT_FUNCTION,
    LEFT_ADVERB,
    LEFT_FRONTED,
    LEFT_OTHER,
    RIGHT_OBJECT,
    RIGHT_COMPLEMENT,
    RIGHT_OBLIQUE,
    RIGHT_NOMINAL,
    RIGHT_ADNOMINAL,
    RIGHT_CONJUNCT,
    RIGHT_WORD,
    RIGHT_OTHER,
    GROUP_COUNT
};

/* The group of a relation to a head on the right (MOVE_LEFT) or on the left (MOVE_RIGHT). */
enum relation_group relation_group(enum move move, uint8_t deprel);

static inline enum move group_move(enum relation_group group)
{
    return group == GROUP_SHIFT ? MOVE_SHIFT : group < RIGHT_OBJECT ? MOVE_LEFT : MOVE_RIGHT;
}

#endif
