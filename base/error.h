/*
 * Every way in which a request can fail, once.
 *
 * A fallible function returns `enum err` and writes its results through its last parameters, and
 * only on success: on failure they are as they were. One table gives the enum, the stable name
 * (the `type` of the problem document is "/problems/NAME") and the HTTP status.
 */
#ifndef ONRECORD_BASE_ERROR_H
#define ONRECORD_BASE_ERROR_H

/* clang-format off */
#define ERR_TABLE(X)                                                                              \
    X(ERR_OK,               "ok",                 200, "OK")                                      \
    X(ERR_MALFORMED_JSON,   "malformed-json",     400, "The body is not JSON")                    \
    X(ERR_BAD_ENCODING,     "bad-encoding",       400, "The text is not UTF-8")                   \
    X(ERR_MALFORMED_FORM,   "malformed-form",     400, "The body is not the page's form")         \
    X(ERR_BAD_HTTP,         "bad-http",           400, "The HTTP request is not well-formed")     \
    X(ERR_UNAUTHORISED,     "unauthorised",       401, "A token is needed")                       \
    X(ERR_NOT_FOUND,        "not-found",          404, "There is nothing at this path")           \
    X(ERR_METHOD,           "method-not-allowed", 405, "This path does not know this method")     \
    X(ERR_NOT_ACCEPTABLE,   "not-acceptable",     406, "No representation fits the Accept header") \
    X(ERR_REQUEST_TIMEOUT,  "request-timeout",    408, "The request came too slowly")             \
    X(ERR_TOO_LARGE,        "too-large",          413, "The body is too large")                   \
    X(ERR_URI_TOO_LONG,     "uri-too-long",       414, "The request target is too long")          \
    X(ERR_MEDIA_TYPE,       "media-type",         415, "This content type is not understood")     \
    X(ERR_INVALID_REQUEST,  "invalid-request",    422, "The request has wrong members")           \
    X(ERR_EMPTY_TEXT,       "empty-text",         422, "There is no text to read")                \
    X(ERR_TOO_COMPLEX,      "too-complex",        422, "The text needs more work than one request may cost") \
    X(ERR_NO_ARTICLE,       "no-article",         422, "No article was found in the page")        \
    X(ERR_PAYWALL,          "paywall",            422, "The page keeps its article for subscribers") \
    X(ERR_CONSENT_WALL,     "consent-wall",       422, "The page asks for consent before it shows its article") \
    X(ERR_NOT_A_PAGE,       "not-a-page",         422, "The URL does not lead to a web page")     \
    X(ERR_PAGE_TOO_LARGE,   "page-too-large",     422, "The page is too large")                   \
    X(ERR_URL_NOT_ALLOWED,  "url-not-allowed",    422, "This URL may not be fetched")             \
    X(ERR_TOO_MANY,         "too-many-requests",  429, "The client asks too often")               \
    X(ERR_HEADERS_TOO_LARGE,"headers-too-large",  431, "The request headers are too large")       \
    X(ERR_INTERNAL,         "internal",           500, "The service made a mistake")              \
    X(ERR_UPSTREAM,         "upstream",           502, "The page's server answered badly")        \
    X(ERR_NO_MEMORY,        "out-of-memory",      503, "The request needs more memory than it may use") \
    X(ERR_BUSY,             "busy",               503, "The service is busy")                     \
    X(ERR_DEADLINE,         "deadline",           503, "The request took too long")               \
    X(ERR_UPSTREAM_TIMEOUT, "upstream-timeout",   504, "The page's server answered too late")
/* clang-format on */

#define ERR_ENUM(id, name, status, title) id,
enum err { ERR_TABLE(ERR_ENUM) ERR_COUNT_ };
#undef ERR_ENUM

/* All three return static strings or numbers and accept any value below ERR_COUNT_. */
const char *err_name(enum err e);
const char *err_title(enum err e);
unsigned err_status(enum err e);

#endif
