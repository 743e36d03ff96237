#include "pipeline/list_edit.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/edits.h"
#include "base/utf8.h"
#include "pipeline/tokens.h"

enum { KEY_BYTES_MAX = 128, FAULT_BYTES_MAX = 320, ROWS_MAX = 65534 };

/* A list while its rows are read. */
struct edit {
    struct arena *arena;
    const struct wordlist_row *form; /* the list's row of data/columns.tsv */
    const struct list_listener *listener;
    struct list_change change;
    uint32_t line;
    struct wordlist list;      /* the old rows and the new, in the order of their coming */
    struct wordlist_row *rows; /* list.rows and list.slots, to write to */
    struct wordlist_slot *slots;
    uint32_t *lines; /* of each row: where it was read, 0 for an old one */
    bool *gone;      /* of each row */
};

bool list_is_open(const char *name)
{
    return wordlist_find(&wordlist_columns, text_of(name)) != NULL;
}

__attribute__((format(printf, 2, 3))) static bool fault(struct edit *e, const char *format, ...)
{
    char what[FAULT_BYTES_MAX];
    va_list args;

    va_start(args, format);
    vsnprintf(what, sizeof(what), format, args);
    va_end(args);
    e->change.faults++;
    e->listener->fault(e->listener->to, e->line, what);
    return false;
}

static struct text behind(struct text t, uint32_t bytes)
{
    return (struct text){t.bytes + bytes, t.len - bytes};
}

/*
 * A text that holds the key: "mr." -> "Mr. Xu", "people 's party" -> "People's Party Xu". Capitals
 * and a name behind make abbreviations what they mostly are.
 */
static struct text as_written(struct text key, char out[KEY_BYTES_MAX * 2])
{
    uint32_t len = 0;
    bool begins = true;

    for (uint32_t i = 0; i < key.len; i++) {
        char c = key.bytes[i];
        bool joins = c == ' ' && key.bytes[i + 1] == '\'';
        if (!joins)
            out[len++] = begins && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        begins = c == ' ' && !joins;
    }
    memcpy(out + len, " Xu", sizeof(" Xu"));
    return (struct text){out, len + 3};
}

/* The tokens of such a text without the name, one space between: how the key has to be written. */
static enum err as_cut(struct arena *a, struct text key, char out[KEY_BYTES_MAX * 2])
{
    char written[KEY_BYTES_MAX * 2];
    struct text text = as_written(key, written);
    struct sentence whole = {.span = {0, text.len}};
    struct document doc = {.text = text, .sentences = {&whole, 1}};
    uint32_t len = 0;
    enum err e = tokens_cut(a, &doc, &doc.tokens);

    out[0] = '\0';
    for (uint32_t i = 0; e == ERR_OK && i + 1 < doc.tokens.count; i++) {
        struct text norm = doc.tokens.at[i].norm;
        if (len + norm.len + 2 > KEY_BYTES_MAX * 2)
            break;
        len += (uint32_t)snprintf(out + len, KEY_BYTES_MAX * 2 - len, "%s%.*s", i ? " " : "",
                                  (int)norm.len, norm.bytes);
    }
    return e;
}

static bool is_lower(struct text key)
{
    for (uint32_t at = 0, size; at < key.len; at += size) {
        uint32_t c = utf8_at(key, at, &size);
        if (c != utf8_lower(c))
            return false;
    }
    return true;
}

static bool is_spaced(struct text key)
{
    for (uint32_t i = 0; i < key.len; i++)
        if (key.bytes[i] == ' ' && (i == 0 || i + 1 == key.len || key.bytes[i + 1] == ' '))
            return false;
    return true;
}

static bool check_key(struct edit *e, struct text key)
{
    char cut[KEY_BYTES_MAX * 2];

    if (!key.len || !is_spaced(key))
        return fault(e, "the row must begin with its key, its words one space apart");
    if (key.len > KEY_BYTES_MAX)
        return fault(e, "the key has %u bytes; at most %d are possible", key.len, KEY_BYTES_MAX);
    if (!is_lower(key))
        return fault(e, "the key \"%.*s\" must be in lower case", (int)key.len, key.bytes);
    if (strcmp(e->form->values[0], "tokens") != 0)
        return true;
    if (as_cut(e->arena, key, cut) != ERR_OK)
        return fault(e, "there is no memory to cut the key");
    if (!text_is(key, cut))
        return fault(e, "the key \"%.*s\" never matches: a text's words are cut as \"%s\"",
                     (int)key.len, key.bytes, cut);
    return true;
}

/* The word of "a|b|c" that `value` is; else false, and the nearest one in *near, if any is near. */
static bool among(struct text words, struct text value, char near[EDITS_NAME_MAX])
{
    unsigned least = EDITS_NONE;
    char word[EDITS_NAME_MAX];

    near[0] = '\0';
    while (words.len) {
        struct text one = text_cut(&words, '|');
        if (text_equal(one, value))
            return true;
        if (one.len >= sizeof(word))
            continue;
        snprintf(word, sizeof(word), "%.*s", (int)one.len, one.bytes);
        unsigned distance = edits_between(value, word);
        if (distance < least) {
            least = distance;
            memcpy(near, word, sizeof(word));
        }
    }
    return false;
}

static bool is_number(struct text t)
{
    uint32_t from = t.len && t.bytes[0] == '-';
    for (uint32_t i = from; i < t.len; i++)
        if (t.bytes[i] < '0' || t.bytes[i] > '9')
            return false;
    return t.len > from && t.len < 10;
}

static bool check_word(struct edit *e, uint32_t column, struct text words, struct text value)
{
    char near[EDITS_NAME_MAX];
    if (among(words, value, near))
        return true;
    return fault(e, "column %u is \"%.*s\"; it must be one of %.*s%s%s%s", column,
                 (int)(value.len < 40 ? value.len : 40), value.bytes, (int)words.len, words.bytes,
                 near[0] ? ". Did you mean " : "", near, near[0] ? "?" : "");
}

static bool check_value(struct edit *e, uint32_t column, struct text form, struct text value)
{
    if (text_starts(form, "? "))
        form = behind(form, 2);
    if (!value.len)
        return fault(e, "column %u is empty", column);
    if (text_is(form, "text"))
        return true;
    if (text_is(form, "number"))
        return is_number(value) ||
               fault(e, "column %u is \"%.*s\"; a whole number is wanted", column,
                     (int)(value.len < 40 ? value.len : 40), value.bytes);
    if (!text_starts(form, "some "))
        return check_word(e, column, form, value);
    form = behind(form, 5);
    while (value.len)
        if (!check_word(e, column, form, text_cut(&value, ',')))
            return false;
    return true;
}

/* Columns are counted from 1, the key's. */
static bool check_values(struct edit *e, const struct text *values, uint32_t count)
{
    const char *const *forms = e->form->values + 1;
    uint32_t most = 0, least = 0;

    for (; most + 1 < WORDLIST_COLUMNS_MAX && forms[most]; most++)
        if (forms[most][0] != '?' && least == most)
            least++;
    if (count < least || count > most)
        return fault(e, "there are %u columns behind the key; %u to %u are wanted", count, least,
                     most);
    for (uint32_t i = 0; i < count; i++)
        if (!check_value(e, i + 2, text_of(forms[i]), values[i]))
            return false;
    return true;
}

static struct wordlist_slot *slot_of(struct edit *e, struct text key)
{
    return &e->slots[wordlist_slot_of(&e->list, key)];
}

static const char *copy(struct edit *e, struct text t)
{
    char *to = arena_alloc(e->arena, t.len + 1);
    if (to)
        memcpy(to, t.bytes, t.len);
    return to;
}

static bool is_repeated(struct edit *e, uint32_t row, struct text key)
{
    if (!e->lines[row])
        return false;
    fault(e, "\"%.*s\" stands already in line %u", (int)key.len, key.bytes, e->lines[row]);
    return true;
}

static enum err take_away(struct edit *e, struct text key)
{
    uint16_t row = slot_of(e, key)->row;

    if (!row)
        fault(e, "\"%.*s\" cannot be taken away: the list does not have it", (int)key.len,
              key.bytes);
    else if (!is_repeated(e, row - 1u, key)) {
        e->gone[row - 1] = true;
        e->lines[row - 1] = e->line;
        e->change.removed++;
    }
    return ERR_OK;
}

static enum err put_row(struct edit *e, struct text key, const struct text *values, uint32_t count)
{
    struct wordlist_slot *slot = slot_of(e, key);
    struct wordlist_row row = {.key = copy(e, key)};
    bool known = slot->row != 0;

    if (known && is_repeated(e, slot->row - 1u, key))
        return ERR_OK;
    for (uint32_t i = 0; i < count; i++)
        if (!(row.values[i] = copy(e, values[i])))
            return ERR_NO_MEMORY;
    if (!row.key)
        return ERR_NO_MEMORY;
    if (!known)
        *slot = wordlist_slot_for(e->list.row_count++, key);
    e->rows[slot->row - 1] = row;
    e->lines[slot->row - 1] = e->line;
    e->change.added += !known;
    e->change.replaced += known;
    return ERR_OK;
}

static enum err read_row(struct edit *e, struct text line)
{
    struct text values[WORDLIST_COLUMNS_MAX];
    struct text key = text_cut(&line, '\t');
    bool removes = key.len > 1 && key.bytes[0] == '!';
    uint32_t count = 0;

    while (line.len && count < WORDLIST_COLUMNS_MAX)
        values[count++] = text_cut(&line, '\t');
    if (removes && count)
        return fault(e, "a row that takes a key away has nothing behind it"), ERR_OK;
    if (removes)
        return take_away(e, behind(key, 1));
    if (!check_key(e, key) || !check_values(e, values, count))
        return ERR_OK;
    if (e->list.row_count == ROWS_MAX)
        return fault(e, "the list would have more than %d rows", ROWS_MAX), ERR_OK;
    return put_row(e, key, values, count);
}

static enum err begin(struct edit *e, const struct wordlist *old, uint32_t new_rows)
{
    uint32_t most = old->row_count + new_rows, slots = 4;
    most = most < ROWS_MAX ? most : ROWS_MAX;
    while (slots < 2 * most)
        slots *= 2;
    e->rows = ARENA_ARRAY(e->arena, struct wordlist_row, most);
    e->slots = ARENA_ARRAY(e->arena, struct wordlist_slot, slots);
    e->lines = ARENA_ARRAY(e->arena, uint32_t, most);
    e->gone = ARENA_ARRAY(e->arena, bool, most);
    if (!e->rows || !e->slots || !e->lines || !e->gone)
        return ERR_NO_MEMORY;
    e->list = (struct wordlist){.rows = e->rows, .slots = e->slots, .slot_count = slots};
    memcpy(e->rows, old->rows, old->row_count * sizeof(*e->rows));
    for (uint32_t i = 0; i < old->row_count; i++) {
        struct text key = text_of(e->rows[i].key);
        *slot_of(e, key) = wordlist_slot_for(e->list.row_count++, key);
    }
    return ERR_OK;
}

static uint32_t count_bytes(struct text t, char wanted)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < t.len; i++)
        n += t.bytes[i] == wanted;
    return n;
}

/* The table without the rows that are gone. */
static struct wordlist finish(struct edit *e)
{
    uint32_t read = e->list.row_count;

    memset(e->slots, 0, e->list.slot_count * sizeof(*e->slots));
    e->list.row_count = 0;
    for (uint32_t i = 0; i < read; i++) {
        if (e->gone[i])
            continue;
        struct text key = text_of(e->rows[i].key);
        uint32_t words = count_bytes(key, ' ') + 1;
        e->rows[e->list.row_count] = e->rows[i];
        *slot_of(e, key) = wordlist_slot_for(e->list.row_count++, key);
        e->list.words_max = words > e->list.words_max ? words : e->list.words_max;
        e->list.key_max = key.len > e->list.key_max ? key.len : e->list.key_max;
    }
    return e->list;
}

static struct wordlist *list_of(const char *name)
{
    for (const struct named_wordlist *n = named_wordlists; n->name; n++)
        if (strcmp(n->name, name) == 0)
            return n->list;
    return NULL;
}

enum err list_edit(struct arena *a, const char *name, struct text rows, bool apply,
                   const struct list_listener *listener, struct list_change *out)
{
    struct wordlist *list = list_of(name);
    struct edit e = {
        .arena = a, .form = wordlist_find(&wordlist_columns, text_of(name)), .listener = listener};
    uint32_t bad_at = 0;
    if (!list || !e.form)
        return ERR_NOT_FOUND;
    enum err done = begin(&e, list, count_bytes(rows, '\n') + 1);

    while (done == ERR_OK && rows.len) {
        struct text line = text_cut(&rows, '\n');
        e.line++;
        if (line.len && line.bytes[line.len - 1] == '\r')
            line.len--;
        if (!line.len || line.bytes[0] == '#')
            continue;
        if (!utf8_check(line, &bad_at))
            fault(&e, "byte %u of the line is not UTF-8", bad_at + 1);
        else if (memchr(line.bytes, '\0', line.len))
            fault(&e, "there is a NUL byte in the line");
        else
            done = read_row(&e, line);
    }
    if (done == ERR_OK && apply && !e.change.faults)
        *list = finish(&e);
    *out = e.change;
    return done;
}
