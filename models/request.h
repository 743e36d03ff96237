/*
 * What a client asks for: the request object of the contract, checked.
 */
#ifndef ONRECORD_MODELS_REQUEST_H
#define ONRECORD_MODELS_REQUEST_H

#include "base/span.h"
#include "models/day.h"
#include "models/names.h"

/* clang-format off */
#define SOURCE_KINDS(X)                                                                           \
    X(SOURCE_TEXT, "text") X(SOURCE_HTML, "html") X(SOURCE_URL, "url")
/* clang-format on */
enum source_kind { SOURCE_KINDS(NAMED_ENUM) SOURCE_KIND_COUNT };

/* clang-format off */
#define OFFSET_UNITS(X)                                                                           \
    X(OFFSETS_CODEPOINT, "codepoint") X(OFFSETS_UTF16, "utf16") X(OFFSETS_BYTE, "byte")
/* clang-format on */
enum offset_unit { OFFSET_UNITS(NAMED_ENUM) OFFSET_UNIT_COUNT };

extern const char *const source_kind_names[SOURCE_KIND_COUNT];
extern const char *const offset_unit_names[OFFSET_UNIT_COUNT];

/* Bits of request.include. */
enum include { INCLUDE_MENTIONS = 1, INCLUDE_SENTENCES = 2, INCLUDE_TOKENS = 4 };

struct request {
    enum source_kind kind;
    struct text content;    /* the text, the page's bytes, or the URL */
    struct text id;         /* echoed; bytes NULL if not given */
    struct text title;      /* bytes NULL if not given */
    struct text source_url; /* bytes NULL if not given */
    struct text published;  /* as sent; bytes NULL if not given */
    struct day published_day;
    enum offset_unit offsets;
    unsigned include; /* bits of enum include */
    double min_confidence;
};

#endif
