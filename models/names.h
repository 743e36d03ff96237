/*
 * Enumerations that also stand in JSON: one row gives the constant and its published name.
 */
#ifndef ONRECORD_MODELS_NAMES_H
#define ONRECORD_MODELS_NAMES_H

#define NAMED_ENUM(id, name)   id,
#define NAMED_STRING(id, name) name,

#endif
