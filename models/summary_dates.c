#include "models/summary_parts.h"

static void put_date(struct summary_writer *w, uint32_t index)
{
    const struct date *date = &w->summary->dates.at[index];

    json_open_object(&w->json);
    summary_put_id(w, "id", 'd', index);
    summary_put_slice(w, date->span);
    summary_put_name(w, "type", date_type_names[date->type]);
    summary_put_text(w, "timex", date->timex);
    summary_put_text(w, "edtf", date->edtf);
    summary_put_day(w, "earliest", date->earliest);
    summary_put_day(w, "latest", date->latest);
    summary_put_name(w, "mod", date->mod == MOD_NONE ? NULL : date_mod_names[date->mod]);
    summary_put_bool(w, "relative", date->relative);
    json_close_object(&w->json);
}

void summary_put_dates(struct summary_writer *w)
{
    json_put_key(&w->json, "dates");
    json_open_array(&w->json);
    for (uint32_t i = 0; i < w->summary->dates.count; i++)
        put_date(w, i);
    json_close_array(&w->json);
}
