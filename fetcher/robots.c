#include "fetcher/robots.h"

#include "fetcher/field.h"

/* Far beyond any honest file; a hostile one then counts as a refusal. */
enum { STEPS_MAX = 4000000 };

struct rule {
    struct text key;
    struct text value;
};

/* The best rule so far of one class of groups. */
struct best {
    bool seen; /* a group of this class stands in the file */
    bool matched, allow;
    uint32_t length;
};

static struct text next_line(struct text *rest)
{
    uint32_t end = 0;
    while (end < rest->len && rest->bytes[end] != '\n' && rest->bytes[end] != '\r')
        end++;
    struct text line = {rest->bytes, end};
    uint32_t skip = end < rest->len ? end + 1 : end;
    *rest = (struct text){rest->bytes + skip, rest->len - skip};
    return line;
}

/* "Disallow: /a  # why" → ("Disallow", "/a") */
static struct rule read_rule(struct text line)
{
    struct text told = field_next(&line, '#');
    struct text key = field_next(&told, ':');
    return (struct rule){key, field_trim(told)};
}

/*
 * `*` stands for any bytes, a `$` at the end for the end of the path; otherwise a prefix matches.
 * The walk goes back to the last star, which costs the product of the two lengths at worst: the
 * whole file shares one number of `steps`.
 */
static bool matches(struct text pattern, struct text path, uint32_t *steps)
{
    bool whole = pattern.len > 0 && pattern.bytes[pattern.len - 1] == '$';
    uint32_t end = pattern.len - whole, p = 0, s = 0, star = UINT32_MAX, resume = 0;
    while (*steps > 0 && (p < end || (whole && s < path.len))) {
        (*steps)--;
        if (p < end && pattern.bytes[p] == '*') {
            star = p++;
            resume = s;
        } else if (p < end && s < path.len && pattern.bytes[p] == path.bytes[s]) {
            p++;
            s++;
        } else if (star != UINT32_MAX && resume < path.len) {
            p = star + 1;
            s = ++resume;
        } else {
            return false;
        }
    }
    return *steps > 0;
}

static void apply(struct best *b, const struct rule *r, bool allow, struct text path,
                  uint32_t *steps)
{
    bool longer = r->value.len > b->length || (r->value.len == b->length && allow);
    if (r->value.len == 0 || (b->matched && !longer) || !matches(r->value, path, steps))
        return;
    b->matched = true;
    b->allow = allow;
    b->length = r->value.len;
}

/* The product token of the value: "Onrecord/1.0" → "Onrecord". */
static bool names_agent(struct text value, const char *agent)
{
    size_t len = strlen(agent);
    if (value.len < len || strncasecmp(value.bytes, agent, len) != 0)
        return false;
    return value.len == len || value.bytes[len] == '/' || value.bytes[len] == ' ';
}

bool robots_allow(struct text robots, const char *agent, struct text path)
{
    struct best ours = {0}, any = {0};
    bool in_ours = false, in_any = false, heads = false; /* of the group that is being read */
    uint32_t steps = STEPS_MAX;

    if (text_starts(robots, "\xef\xbb\xbf"))
        robots = (struct text){robots.bytes + 3, robots.len - 3};
    while (robots.len > 0) {
        struct rule r = read_rule(next_line(&robots));
        if (text_same(r.key, "user-agent")) {
            in_ours = (heads && in_ours) || names_agent(r.value, agent);
            in_any = (heads && in_any) || text_is(r.value, "*");
            heads = true;
            ours.seen |= in_ours;
            continue;
        }
        bool allow = text_same(r.key, "allow");
        if (!allow && !text_same(r.key, "disallow"))
            continue;
        heads = false;
        if (in_ours)
            apply(&ours, &r, allow, path, &steps);
        if (in_any)
            apply(&any, &r, allow, path, &steps);
    }
    const struct best *b = ours.seen ? &ours : &any;
    return steps > 0 && (!b->matched || b->allow);
}
