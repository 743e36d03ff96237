#include "pipeline/tags.h"

#include "pipeline/lemmas.h"
#include "pipeline/tagger.h"

enum err tags_assign(struct arena *a, struct document *doc)
{
    struct weights weights = weights_embedded(WEIGHTS_TAGS);
    struct lexicon lexicon = weights_embedded(WEIGHTS_WORDS).lexicon;
    enum err err = words_describe(a, &lexicon, doc);
    if (err)
        return err;
    tagger_run(&weights, doc);
    return lemmas_assign(a, doc);
}
