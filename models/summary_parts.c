#include "models/summary_parts.h"

void summary_put_range(struct summary_writer *w, struct span s)
{
    json_put_key(&w->json, "start");
    json_put_uint(&w->json, offsets_of(&w->offsets, s.start));
    json_put_key(&w->json, "end");
    json_put_uint(&w->json, offsets_of(&w->offsets, s.end));
}

void summary_put_slice(struct summary_writer *w, struct span s)
{
    summary_put_range(w, s);
    summary_put_text(w, "text", text_slice(w->summary->document.text, s));
}

void summary_put_text(struct summary_writer *w, const char *key, struct text t)
{
    json_put_key(&w->json, key);
    json_put_text(&w->json, t);
}

void summary_put_texts(struct summary_writer *w, const char *key, const struct text *at,
                       uint32_t count)
{
    json_put_key(&w->json, key);
    json_open_array(&w->json);
    for (uint32_t i = 0; i < count; i++)
        json_put_text(&w->json, at[i]);
    json_close_array(&w->json);
}

void summary_put_name(struct summary_writer *w, const char *key, const char *name)
{
    json_put_key(&w->json, key);
    json_put_str(&w->json, name);
}

void summary_put_bool(struct summary_writer *w, const char *key, bool b)
{
    json_put_key(&w->json, key);
    json_put_bool(&w->json, b);
}

void summary_put_day(struct summary_writer *w, const char *key, struct day d)
{
    char written[11];

    json_put_key(&w->json, key);
    if (day_known(d)) {
        day_format(d, written);
        json_put_str(&w->json, written);
    } else {
        json_put_null(&w->json);
    }
}

void summary_put_span(struct summary_writer *w, const char *key, struct span s)
{
    json_put_key(&w->json, key);
    if (s.start == s.end) {
        json_put_null(&w->json);
        return;
    }
    json_open_object(&w->json);
    summary_put_slice(w, s);
    json_close_object(&w->json);
}

/* "a1" for the first actor: readers count from one. */
void summary_add_id(struct summary_writer *w, char letter, uint32_t index)
{
    char id[12], *first = id + sizeof(id);

    if (index == UINT32_MAX) {
        json_put_null(&w->json);
        return;
    }
    for (uint32_t n = index + 1; n > 0; n /= 10)
        *--first = (char)('0' + n % 10);
    *--first = letter;
    json_put_text(&w->json, (struct text){first, (uint32_t)(id + sizeof(id) - first)});
}

void summary_put_id(struct summary_writer *w, const char *key, char letter, uint32_t index)
{
    json_put_key(&w->json, key);
    summary_add_id(w, letter, index);
}

double summary_rounded(double probability)
{
    if (!(probability > 0))
        return 0;
    return probability < 1 ? (double)(uint32_t)(probability * 10000 + 0.5) / 10000 : 1;
}

void summary_put_probability(struct summary_writer *w, const char *key, double probability)
{
    json_put_key(&w->json, key);
    json_put_double(&w->json, summary_rounded(probability));
}
