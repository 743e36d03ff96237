#include "handlers/endpoints.h"

/* openapi.yaml of the source tree, put into the binary by tools/embed.py. */
extern const char embedded_openapi_yaml[];
extern const char embedded_openapi_yaml_end[];

enum next openapi_step(struct exchange *x)
{
    if (x->stage++ == 0)
        return NEXT_COMPUTE; /* compressing it costs a millisecond, too much for the I/O thread */
    struct text body = {embedded_openapi_yaml,
                        (uint32_t)(embedded_openapi_yaml_end - embedded_openapi_yaml)};
    exchange_add_header(x, "Cache-Control", text_of("no-cache"));
    return exchange_reply(x, "application/yaml", body);
}
