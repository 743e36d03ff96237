/*
 * The article's text and what the language stages have read in it, each layer in text order.
 *
 * All spans are in bytes of document.text, which is well-formed UTF-8 with LF line ends. Stages
 * fill their layer once; later stages only read it.
 */
#ifndef ONRECORD_MODELS_DOCUMENT_H
#define ONRECORD_MODELS_DOCUMENT_H

#include "base/span.h"
#include "models/day.h"
#include "models/names.h"

/* Only body paragraphs and list items are evidence for commitments. */
enum paragraph_kind {
    PARAGRAPH_BODY,
    PARAGRAPH_HEADLINE,
    PARAGRAPH_CAPTION,
    PARAGRAPH_CREDIT,
};

struct paragraph {
    struct span span; /* without surrounding white space; never empty */
    enum paragraph_kind kind;
};

struct sentence {
    struct span span; /* without surrounding white space; never empty */
    uint32_t paragraph;
    uint32_t first_token;
    uint32_t token_count;
};

/* Universal Dependencies v2 parts of speech. UPOS_NONE: not tagged. */
/* clang-format off */
#define UPOS_TABLE(X)                                                                             \
    X(UPOS_NONE, "_") X(UPOS_ADJ, "ADJ") X(UPOS_ADP, "ADP") X(UPOS_ADV, "ADV") X(UPOS_AUX, "AUX") \
    X(UPOS_CCONJ, "CCONJ") X(UPOS_DET, "DET") X(UPOS_INTJ, "INTJ") X(UPOS_NOUN, "NOUN")           \
    X(UPOS_NUM, "NUM") X(UPOS_PART, "PART") X(UPOS_PRON, "PRON") X(UPOS_PROPN, "PROPN")           \
    X(UPOS_PUNCT, "PUNCT") X(UPOS_SCONJ, "SCONJ") X(UPOS_SYM, "SYM") X(UPOS_VERB, "VERB")         \
    X(UPOS_X, "X")

/* Penn Treebank tags as the English UD treebanks use them. */
#define XPOS_TABLE(X)                                                                             \
    X(XPOS_NONE, "_") X(XPOS_CC, "CC") X(XPOS_CD, "CD") X(XPOS_DT, "DT") X(XPOS_EX, "EX")         \
    X(XPOS_FW, "FW") X(XPOS_IN, "IN") X(XPOS_JJ, "JJ") X(XPOS_JJR, "JJR") X(XPOS_JJS, "JJS")      \
    X(XPOS_LS, "LS") X(XPOS_MD, "MD") X(XPOS_NN, "NN") X(XPOS_NNS, "NNS") X(XPOS_NNP, "NNP")      \
    X(XPOS_NNPS, "NNPS") X(XPOS_PDT, "PDT") X(XPOS_POS, "POS") X(XPOS_PRP, "PRP")                 \
    X(XPOS_PRPS, "PRP$") X(XPOS_RB, "RB") X(XPOS_RBR, "RBR") X(XPOS_RBS, "RBS") X(XPOS_RP, "RP")  \
    X(XPOS_SYM, "SYM") X(XPOS_TO, "TO") X(XPOS_UH, "UH") X(XPOS_VB, "VB") X(XPOS_VBD, "VBD")      \
    X(XPOS_VBG, "VBG") X(XPOS_VBN, "VBN") X(XPOS_VBP, "VBP") X(XPOS_VBZ, "VBZ")                   \
    X(XPOS_WDT, "WDT") X(XPOS_WP, "WP") X(XPOS_WPS, "WP$") X(XPOS_WRB, "WRB")                     \
    X(XPOS_LRB, "-LRB-") X(XPOS_RRB, "-RRB-") X(XPOS_COMMA, ",") X(XPOS_PERIOD, ".")              \
    X(XPOS_COLON, ":") X(XPOS_OPEN_QUOTE, "``") X(XPOS_CLOSE_QUOTE, "''") X(XPOS_DOLLAR, "$")     \
    X(XPOS_HYPH, "HYPH") X(XPOS_NFP, "NFP") X(XPOS_ADD, "ADD") X(XPOS_AFX, "AFX") X(XPOS_GW, "GW")\
    X(XPOS_XX, "XX")

/* What a name names; published as the class in BIO labels ("B-person", "I-organisation"). */
#define NAME_CLASSES(X)                                                                           \
    X(NAME_NONE, "O") X(NAME_PERSON, "person") X(NAME_ORGANISATION, "organisation")               \
    X(NAME_PLACE, "place") X(NAME_COUNTRY, "country") X(NAME_NATIONALITY, "nationality")          \
    X(NAME_OTHER, "other")
/* clang-format on */

enum upos { UPOS_TABLE(NAMED_ENUM) UPOS_COUNT };
enum xpos { XPOS_TABLE(NAMED_ENUM) XPOS_COUNT };
enum name_class { NAME_CLASSES(NAMED_ENUM) NAME_CLASS_COUNT };

extern const char *const upos_names[UPOS_COUNT];
extern const char *const xpos_names[XPOS_COUNT];
extern const char *const name_class_names[NAME_CLASS_COUNT];

#define NO_HEAD UINT32_MAX

/* Bits of token.shape. */
enum shape {
    SHAPE_FIRST_UPPER = 1, /* Russia, iPhone not */
    SHAPE_ALL_UPPER = 2,   /* NATO, U.S.; at least two letters */
    SHAPE_HAS_DIGIT = 4,
    SHAPE_ALL_DIGIT = 8,
    SHAPE_WORD = 16,         /* holds a letter */
    SHAPE_SPACE_BEFORE = 32, /* white space or the start of the text stands before it */
    SHAPE_SENTENCE_START = 64,
};

struct token {
    struct span span;
    struct text norm;  /* lower case; curly quotes, dashes and NBSP folded to ASCII */
    uint64_t hash;     /* hash_bytes() of norm */
    struct text lemma; /* dictionary form in lower case, bytes NULL until tagged */
    uint32_t sentence;
    uint32_t head;    /* index of the governing token, or NO_HEAD */
    uint8_t shape;    /* bits of enum shape */
    uint8_t upos;     /* enum upos */
    uint8_t xpos;     /* enum xpos */
    uint8_t deprel;   /* enum deprel; DEPREL_NONE until parsed */
    uint8_t name;     /* enum name_class */
    bool name_begins; /* first token of its name */
};

/* Relations of Universal Dependencies v2 with the subtypes that English uses. */
/* clang-format off */
#define DEPREL_TABLE(X)                                                                           \
    X(DEPREL_NONE, "_") X(DEPREL_ACL, "acl") X(DEPREL_ACL_RELCL, "acl:relcl")                     \
    X(DEPREL_ADVCL, "advcl") X(DEPREL_ADVCL_RELCL, "advcl:relcl") X(DEPREL_ADVMOD, "advmod")      \
    X(DEPREL_AMOD, "amod") X(DEPREL_APPOS, "appos") X(DEPREL_AUX, "aux")                          \
    X(DEPREL_AUX_PASS, "aux:pass") X(DEPREL_CASE, "case") X(DEPREL_CC, "cc")                      \
    X(DEPREL_CC_PRECONJ, "cc:preconj") X(DEPREL_CCOMP, "ccomp") X(DEPREL_COMPOUND, "compound")    \
    X(DEPREL_COMPOUND_PRT, "compound:prt") X(DEPREL_CONJ, "conj") X(DEPREL_COP, "cop")            \
    X(DEPREL_CSUBJ, "csubj") X(DEPREL_CSUBJ_PASS, "csubj:pass") X(DEPREL_CSUBJ_OUTER, "csubj:outer") \
    X(DEPREL_DEP, "dep") X(DEPREL_DET, "det") X(DEPREL_DET_PREDET, "det:predet")                  \
    X(DEPREL_DISCOURSE, "discourse") X(DEPREL_DISLOCATED, "dislocated") X(DEPREL_EXPL, "expl")    \
    X(DEPREL_FIXED, "fixed") X(DEPREL_FLAT, "flat") X(DEPREL_FLAT_FOREIGN, "flat:foreign")        \
    X(DEPREL_GOESWITH, "goeswith") X(DEPREL_IOBJ, "iobj") X(DEPREL_LIST, "list")                  \
    X(DEPREL_MARK, "mark") X(DEPREL_NMOD, "nmod") X(DEPREL_NMOD_DESC, "nmod:desc")                \
    X(DEPREL_NMOD_POSS, "nmod:poss") X(DEPREL_NMOD_UNMARKED, "nmod:unmarked")                     \
    X(DEPREL_NSUBJ, "nsubj") X(DEPREL_NSUBJ_PASS, "nsubj:pass") X(DEPREL_NSUBJ_OUTER, "nsubj:outer") \
    X(DEPREL_NUMMOD, "nummod") X(DEPREL_OBJ, "obj") X(DEPREL_OBL, "obl")                          \
    X(DEPREL_OBL_AGENT, "obl:agent") X(DEPREL_OBL_UNMARKED, "obl:unmarked")                       \
    X(DEPREL_ORPHAN, "orphan") X(DEPREL_PARATAXIS, "parataxis") X(DEPREL_PUNCT, "punct")          \
    X(DEPREL_REPARANDUM, "reparandum") X(DEPREL_ROOT, "root") X(DEPREL_VOCATIVE, "vocative") \
    X(DEPREL_XCOMP, "xcomp")
/* clang-format on */

enum deprel { DEPREL_TABLE(NAMED_ENUM) DEPREL_COUNT };
extern const char *const deprel_names[DEPREL_COUNT];

struct paragraphs {
    struct paragraph *at;
    uint32_t count;
};

struct sentences {
    struct sentence *at;
    uint32_t count;
};

struct tokens {
    struct token *at;
    uint32_t count;
};

struct word; /* pipeline/words.h */

struct document {
    struct text text;
    struct text title; /* bytes NULL if none; not part of text unless it is its first paragraph */
    struct day reference; /* the day that relative dates hang on; may be unknown */
    struct paragraphs paragraphs;
    struct sentences sentences;
    struct tokens tokens;
    const struct word *words; /* one for each token once the models have described them, or NULL */
};

static inline struct text token_text(const struct document *doc, uint32_t i)
{
    return text_slice(doc->text, doc->tokens.at[i].span);
}

#endif
