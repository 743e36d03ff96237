/*
 * The pronouns that surely mean an actor, as mentions of it: "Holm said |she| will resign".
 *
 * In the spirit of Hobbs (1978) and of the sieves of Lee et al. (2013), precision before recall:
 * only this sentence and the one before it are looked at, number, sex and grammar leave out who
 * cannot be meant, and where more than one is left, or somebody who is no actor, the pronoun stays
 * unresolved. What is quoted stays unresolved too.
 */
#ifndef ONRECORD_PIPELINE_PRONOUNS_H
#define ONRECORD_PIPELINE_PRONOUNS_H

#include "base/arena.h"
#include "base/error.h"
#include "models/actor.h"
#include "models/date.h"
#include "models/document.h"
#include "pipeline/scene.h"

/* The same without mentions, for who reads the scene on: sets scene->meant. */
enum err pronouns_meant(struct arena *a, struct scene *scene);

/* Needs tags and trees, and the actors that stay. Their mentions are in text order again. */
enum err pronouns_join(struct arena *a, const struct document *doc, const struct dates *dates,
                       struct actors *actors);

#endif
