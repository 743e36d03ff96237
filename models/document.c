#include "models/document.h"

const char *const upos_names[UPOS_COUNT] = {UPOS_TABLE(NAMED_STRING)};

const char *const xpos_names[XPOS_COUNT] = {XPOS_TABLE(NAMED_STRING)};

const char *const name_class_names[NAME_CLASS_COUNT] = {NAME_CLASSES(NAMED_STRING)};

const char *const deprel_names[DEPREL_COUNT] = {DEPREL_TABLE(NAMED_STRING)};
