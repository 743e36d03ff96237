#include "pipeline/page_charset.h"

#include <errno.h>
#include <iconv.h>
#include <strings.h>
#include <uchardet/uchardet.h>

#include "base/strbuf.h"
#include "base/utf8.h"

/* Browsers look into the first 1,024 bytes; pages with long comments before it are worth more. */
enum { PRESCAN_BYTES = 8192, DETECT_BYTES = 256 * 1024, LABEL_MAX = 40 };

struct encoding {
    const char *name;   /* of the WHATWG */
    const char *iconv;  /* as glibc calls it, or NULL for UTF-8 */
    const char *labels; /* further ones, lower case, each between spaces */
};

/* A closed list: no page may make iconv load a converter of its choice. "latin1" means windows-1252
 * on the web, and so on: iconv's names are those of the supersets. */
static const struct encoding encodings[] = {
    {"utf-8", NULL, " utf8 unicode-1-1-utf-8 unicode11utf8 x-unicode20utf8 "},
    {"windows-1252", "CP1252",
     " ansi_x3.4-1968 ascii us-ascii cp1252 cp819 iso-8859-1 iso8859-1 iso88591 iso_8859-1 latin1 "
     "latin-1 l1 x-cp1252 "},
    {"iso-8859-2", "ISO-8859-2", " iso8859-2 iso_8859-2 latin2 l2 "},
    {"iso-8859-3", "ISO-8859-3", " iso8859-3 latin3 "},
    {"iso-8859-4", "ISO-8859-4", " iso8859-4 latin4 "},
    {"iso-8859-5", "ISO-8859-5", " iso8859-5 cyrillic "},
    {"iso-8859-6", "ISO-8859-6", " iso8859-6 arabic "},
    {"iso-8859-7", "ISO-8859-7", " iso8859-7 greek "},
    {"iso-8859-8", "ISO-8859-8", " iso8859-8 hebrew iso-8859-8-i logical "},
    {"iso-8859-10", "ISO-8859-10", " iso8859-10 latin6 "},
    {"iso-8859-13", "ISO-8859-13", " iso8859-13 "},
    {"iso-8859-14", "ISO-8859-14", " iso8859-14 "},
    {"iso-8859-15", "ISO-8859-15", " iso8859-15 latin9 l9 "},
    {"iso-8859-16", "ISO-8859-16", " iso8859-16 "},
    {"windows-1250", "CP1250", " cp1250 x-cp1250 "},
    {"windows-1251", "CP1251", " cp1251 x-cp1251 "},
    {"windows-1253", "CP1253", " cp1253 "},
    {"windows-1254", "CP1254", " cp1254 iso-8859-9 iso8859-9 latin5 l5 "},
    {"windows-1255", "CP1255", " cp1255 "},
    {"windows-1256", "CP1256", " cp1256 "},
    {"windows-1257", "CP1257", " cp1257 "},
    {"windows-1258", "CP1258", " cp1258 "},
    {"windows-874", "CP874", " dos-874 iso-8859-11 tis-620 "},
    {"koi8-r", "KOI8-R", " koi koi8 koi8_r "},
    {"koi8-u", "KOI8-U", " koi8-ru "},
    {"ibm866", "IBM866", " 866 cp866 "},
    {"macintosh", "MACINTOSH", " mac x-mac-roman "},
    {"gb18030", "GB18030", " gbk gb2312 gb_2312-80 x-gbk chinese hz-gb-2312 "},
    {"big5", "BIG5-HKSCS", " big5-hkscs cn-big5 x-x-big5 "},
    {"euc-jp", "EUC-JP", " x-euc-jp "},
    {"shift_jis", "CP932", " shift-jis sjis x-sjis ms_kanji windows-31j cp932 "},
    {"iso-2022-jp", "ISO-2022-JP", " csiso2022jp "},
    {"euc-kr", "UHC", " ks_c_5601-1987 ksc5601 korean windows-949 cp949 uhc "},
    {"utf-16le", "UTF-16LE", " utf-16 unicode ucs-2 iso-10646-ucs-2 "},
    {"utf-16be", "UTF-16BE", " unicodefffe "},
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const struct encoding *const utf8 = &encodings[0];
static const struct encoding *const fallback = &encodings[1];

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* By any of its labels, in any case, with blanks around; NULL if there is none. */
static const struct encoding *encoding_find(struct text label)
{
    char key[LABEL_MAX + 3] = " ";
    uint32_t n = 1;
    for (uint32_t i = 0; i < label.len; i++) {
        char c = label.bytes[i];
        if (is_blank(c))
            continue;
        if (n > LABEL_MAX)
            return NULL;
        key[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    if (n == 1)
        return NULL;
    key[n] = ' ';
    for (size_t i = 0; i < COUNT(encodings); i++) {
        const char *name = encodings[i].name;
        if ((strlen(name) == n - 1 && memcmp(name, key + 1, n - 1) == 0) ||
            strstr(encodings[i].labels, key))
            return &encodings[i];
    }
    return NULL;
}

/* Takes a byte order mark off `bytes`. */
static const struct encoding *take_mark(struct text *bytes)
{
    static const struct {
        const char *mark, *name;
    } marks[] = {{"\xef\xbb\xbf", "utf-8"}, {"\xff\xfe", "utf-16le"}, {"\xfe\xff", "utf-16be"}};
    for (size_t i = 0; i < COUNT(marks); i++) {
        uint32_t len = (uint32_t)strlen(marks[i].mark);
        if (text_starts(*bytes, marks[i].mark)) {
            *bytes = (struct text){bytes->bytes + len, bytes->len - len};
            return encoding_find(text_of(marks[i].name));
        }
    }
    return NULL;
}

/* Where `word` (lower case) stands in `t` from `at` on, or t.len. */
static uint32_t find(struct text t, uint32_t at, const char *word)
{
    uint32_t len = (uint32_t)strlen(word);
    for (; at + len <= t.len; at++) {
        if (strncasecmp(t.bytes + at, word, len) == 0)
            return at;
    }
    return t.len;
}

/* Behind `word`: blanks, =, blanks, and then the value, quoted or not; empty if there is none. */
static struct text value_after(struct text tag, const char *word)
{
    uint32_t at = find(tag, 0, word);
    at += at < tag.len ? (uint32_t)strlen(word) : 0;
    while (at < tag.len && is_blank(tag.bytes[at]))
        at++;
    if (at == tag.len || tag.bytes[at] != '=')
        return (struct text){NULL, 0};
    at++;
    while (at < tag.len && (is_blank(tag.bytes[at]) || strchr("\"'", tag.bytes[at])))
        at++;
    uint32_t end = at;
    while (end < tag.len && !is_blank(tag.bytes[end]) && !strchr("\"';/>?", tag.bytes[end]))
        end++;
    return (struct text){tag.bytes + at, end - at};
}

/* The bytes of a tag that begins at `at`, without its '>'. */
static struct text tag_at(struct text t, uint32_t at)
{
    const char *end = memchr(t.bytes + at, '>', t.len - at);
    return (struct text){t.bytes + at, end ? (uint32_t)(end - t.bytes) - at : t.len - at};
}

static const struct encoding *encoding_of_tag(struct text tag, const char *word)
{
    const struct encoding *e = encoding_find(value_after(tag, word));
    /* That ASCII could be read up to here proves that it is not UTF-16. */
    return e && strncmp(e->name, "utf-16", 6) == 0 ? utf8 : e;
}

/* <meta charset=x>, <meta http-equiv content="text/html; charset=x">, <?xml encoding="x"?> */
static const struct encoding *prescan(struct text bytes)
{
    struct text t = {bytes.bytes, bytes.len < PRESCAN_BYTES ? bytes.len : PRESCAN_BYTES};
    const struct encoding *e = NULL;
    if (text_starts(t, "<?xml"))
        e = encoding_of_tag(tag_at(t, 0), "encoding");
    for (uint32_t at = find(t, 0, "<"); at < t.len && !e; at = find(t, at + 1, "<")) {
        struct text rest = {t.bytes + at, t.len - at};
        if (text_starts(rest, "<!--")) {
            at = find(t, at, "-->");
            if (at == t.len)
                break;
        } else if (rest.len > 5 && strncasecmp(rest.bytes, "<meta", 5) == 0) {
            e = encoding_of_tag(tag_at(t, at), "charset");
        }
    }
    return e;
}

static uint32_t high_bytes(struct text t)
{
    uint32_t high = 0;
    for (uint32_t i = 0; i < t.len; i++)
        high += (unsigned char)t.bytes[i] >= 0x80;
    return high;
}

/* English has curly quotes, dashes and pounds beyond ASCII: too few for the detector, which then
 * takes windows-1250 for 1252 and reads pounds as a Polish letter. */
static const struct encoding *detect(struct text bytes)
{
    if (high_bytes(bytes) < bytes.len / 50)
        return fallback;
    uchardet_t detector = uchardet_new();
    if (!detector)
        return fallback;
    uchardet_handle_data(detector, bytes.bytes,
                         bytes.len < DETECT_BYTES ? bytes.len : DETECT_BYTES);
    uchardet_data_end(detector);
    const struct encoding *e = encoding_find(text_of(uchardet_get_charset(detector)));
    uchardet_delete(detector);
    /* Bytes that are no UTF-8 as a whole may look so at their start. */
    return e && e->iconv ? e : fallback;
}

static const char replacement[] = "\xef\xbf\xbd";

/* Every byte that belongs to no well-formed sequence becomes U+FFFD. */
static void replace_ill_formed(struct strbuf *to, struct text t)
{
    uint32_t bad;
    while (!utf8_check(t, &bad)) {
        strbuf_bytes(to, t.bytes, bad);
        strbuf_str(to, replacement);
        t = (struct text){t.bytes + bad + 1, t.len - bad - 1};
    }
    strbuf_text(to, t);
}

/* One step of iconv into `to`. False at the end of the input. */
static bool convert_some(iconv_t converter, struct strbuf *to, char **in, size_t *left)
{
    char buffer[4096];
    char *out = buffer;
    size_t room = sizeof buffer;
    size_t rc = iconv(converter, in, left, &out, &room);
    int why = rc == (size_t)-1 ? errno : 0;
    strbuf_bytes(to, buffer, (size_t)(out - buffer));
    if (why == EILSEQ || why == EINVAL) {
        strbuf_str(to, replacement);
        ++*in;
        --*left;
    }
    return *left > 0 && !to->failed;
}

/* False if this system has no such converter. */
static bool convert(struct strbuf *to, struct text bytes, const struct encoding *e)
{
    iconv_t converter = iconv_open("UTF-8", e->iconv);
    if (converter == (iconv_t)-1)
        return false;
    char *in = (char *)(uintptr_t)bytes.bytes; /* iconv only reads it */
    size_t left = bytes.len;
    while (left > 0 && convert_some(converter, to, &in, &left))
        ;
    iconv_close(converter);
    return true;
}

/* A page that says UTF-8 and has more ill-formed than well-formed bytes beyond ASCII says wrong. */
static bool mostly_ill_formed(struct text t)
{
    uint32_t high = high_bytes(t), bad, bad_count = 0;
    while (!utf8_check(t, &bad)) {
        bad_count++;
        t = (struct text){t.bytes + bad + 1, t.len - bad - 1};
    }
    return bad_count > high / 2;
}

/* Labels that leave room for doubt lose against bytes that can hardly be anything but UTF-8. */
static bool beats_bytes(const struct encoding *e)
{
    return strncmp(e->name, "utf-16", 6) == 0 || strcmp(e->name, "iso-2022-jp") == 0;
}

static const struct encoding *choose(struct text *bytes, struct text declared, bool well_formed)
{
    const struct encoding *e = take_mark(bytes);
    if (e)
        return e;
    e = declared.bytes ? encoding_find(declared) : NULL;
    if (!e)
        e = prescan(*bytes);
    if (well_formed && !(e && beats_bytes(e)))
        return utf8;
    return !e || (e == utf8 && mostly_ill_formed(*bytes)) ? detect(*bytes) : e;
}

enum err page_charset_decode(struct arena *a, struct text bytes, struct text declared,
                             struct text *out, const char **name)
{
    uint32_t bad;
    bool well_formed = utf8_check(bytes, &bad);
    const struct encoding *e = choose(&bytes, declared, well_formed);
    if (e == utf8 && well_formed) {
        *out = bytes;
        *name = e->name;
        return ERR_OK;
    }

    struct strbuf b = strbuf_in(a);
    if (!e->iconv || !convert(&b, bytes, e)) {
        e = utf8;
        replace_ill_formed(&b, bytes);
    }
    enum err failed = strbuf_finish(&b, out);
    if (!failed)
        *name = e->name;
    return failed;
}
