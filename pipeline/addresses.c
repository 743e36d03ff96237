#include "pipeline/addresses.h"

/* RFC 5321's limit for what stands before the @; also for a domain name's labels. */
enum { LOCAL_BYTES_MAX = 64 };

static bool starts_with(struct text t, uint32_t at, uint32_t end, const char *prefix)
{
    for (; *prefix; prefix++, at++)
        if (at == end || (t.bytes[at] | 0x20) != (*prefix | 0x20))
            return false;
    return true;
}

/* Without the punctuation that more likely belongs to the sentence: "(see www.un.org)." */
static uint32_t trimmed(struct text t, uint32_t start, uint32_t end)
{
    while (end > start && strchr(".,;:!?)]}>'\"*", t.bytes[end - 1]) && t.bytes[end - 1])
        end--;
    return end;
}

static uint32_t scan_url(struct text t, uint32_t at)
{
    char c = t.bytes[at];
    if ((unsigned char)c >= 0x80)
        return scan_alnum(t, at);
    return c > ' ' && c != '<' && c != '>' && c != '"' && c != 0x7F;
}

static uint32_t url_end(struct text t, uint32_t at, uint32_t end)
{
    static const char *const starts[] = {"http://", "https://", "ftp://", "www.", "mailto:"};

    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
        if (starts_with(t, at, end, starts[i])) {
            uint32_t stop = trimmed(t, at, scan_over(t, at, end, scan_url));
            return stop > at + strlen(starts[i]) ? stop : 0;
        }
    return 0;
}

static uint32_t scan_name(struct text t, uint32_t at)
{
    char c = t.bytes[at];
    return c == '.' || c == '-' || c == '_' || c == '+' || c == '%' ? 1 : scan_alnum(t, at);
}

/* "j.smith@un.org". Without a dot behind the @ it is none. */
static uint32_t email_end(struct text t, uint32_t at, uint32_t name, uint32_t end)
{
    if (name == end || t.bytes[name] != '@' || name - at > LOCAL_BYTES_MAX)
        return 0;
    uint32_t stop = trimmed(t, name, scan_over(t, name + 1, end, scan_name));
    return memchr(t.bytes + name, '.', stop - name) ? stop : 0;
}

/* "un.org", "report.pdf", "un.org/en/news": the last part is a known ending. */
static uint32_t domain_end(struct text t, uint32_t at, uint32_t name, uint32_t end)
{
    uint32_t stop = trimmed(t, at, name), dot = stop;
    while (dot > at && t.bytes[dot - 1] != '.')
        dot--;
    if (dot <= at + 1 || stop - dot > LOCAL_BYTES_MAX ||
        !scan_lookup(&wordlist_name_endings, t, (struct span){dot, stop}))
        return 0;
    if (stop < end && t.bytes[stop] == '/')
        return trimmed(t, at, scan_over(t, stop, end, scan_url));
    return stop;
}

uint32_t address_end(struct text t, uint32_t at, uint32_t end)
{
    uint32_t word = scan_over(t, at, end, scan_alnum);
    if (word == end || !strchr(".@:-_+%", t.bytes[word]))
        return 0; /* nearly all words */
    uint32_t limit = end - at > 4 * LOCAL_BYTES_MAX ? at + 4 * LOCAL_BYTES_MAX : end;
    uint32_t name = scan_over(t, at, limit, scan_name);
    if (name == limit && limit < end)
        return 0;
    uint32_t found = url_end(t, at, end);
    if (!found)
        found = email_end(t, at, name, end);
    return found ? found : domain_end(t, at, name, end);
}
