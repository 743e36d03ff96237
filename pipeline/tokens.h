/*
 * Sentences into tokens, as the English Universal Dependencies treebanks cut words: clitics apart
 * ("do|n't", "Russia|'s", "can|not"), punctuation apart, hyphenated words at the hyphen
 * ("two|-|day") but for prefixes ("non-profit"), units apart ("5|pm", "US$|40"). Whole are numbers,
 * dates and telephone numbers, abbreviations ("U.S." at a sentence's end, too), URLs, e-mail
 * addresses, @names, #tags, emoji and runs of marks ("...", "--").
 */
#ifndef ONRECORD_PIPELINE_TOKENS_H
#define ONRECORD_PIPELINE_TOKENS_H

#include "base/arena.h"
#include "base/error.h"
#include "models/document.h"

/*
 * Needs doc->text and sentences; fills each sentence's first_token and token_count. Sets span,
 * norm, shape and sentence of every token. Tokens never overlap and cover every byte that is not
 * white space. A token has at most TOKEN_BYTES_MAX bytes: longer runs are cut.
 */
enum { TOKEN_BYTES_MAX = 1024 };

enum err tokens_cut(struct arena *a, struct document *doc, struct tokens *out);

#endif
