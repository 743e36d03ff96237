/*
 * A token's form: how the models and word lists see its bytes. The tokeniser and the training
 * programs share it.
 */
#ifndef ONRECORD_PIPELINE_FORMS_H
#define ONRECORD_PIPELINE_FORMS_H

#include "base/arena.h"
#include "base/error.h"
#include "models/document.h"

/*
 * Sets norm and shape of `token`, whose span lies in `text`; SHAPE_SENTENCE_START is the caller's.
 * The norm is a view of `text` where nothing had to be folded ("vaccine"), a copy in `a` otherwise
 * ("Russia’s" is "russia's").
 */
enum err token_form(struct arena *a, struct text text, struct token *token);

#endif
