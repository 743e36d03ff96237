#include "base/json.h"
#include "handlers/endpoints.h"

enum next version_step(struct exchange *x)
{
    struct strbuf out = strbuf_in(x->arena);
    struct json_writer w = json_writer_to(&out, false);
    struct text body;

    json_open_object(&w);
    json_put_key(&w, "name");
    json_put_str(&w, "onrecord");
    json_put_key(&w, "version");
    json_put_str(&w, x->service->version);
    json_put_key(&w, "build");
    json_put_str(&w, x->service->build);
    json_put_key(&w, "model");
    json_put_str(&w, x->service->model);
    json_put_key(&w, "training_data");
    json_put_str(&w, x->service->training_data);
    json_close_object(&w);
    strbuf_char(&out, '\n');

    if (strbuf_finish(&out, &body) != ERR_OK)
        return exchange_refuse(x, ERR_NO_MEMORY, "Ask again later.");
    exchange_add_header(x, "Cache-Control", text_of("no-cache"));
    return exchange_reply(x, "application/json", body);
}
