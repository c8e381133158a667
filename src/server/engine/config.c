#include "config.h"

#include "message.h"
#include "option_fields.h"


/* The bytes of the n-th option if it is a string that can change: of these, each
 * configuration has a copy. Else 0: other strings are the server's. */
static size_t size_of_string(struct stellar_server_options *options, size_t n)
{
    const char **string = stellar__option_string(options, n);

    if (string == NULL || *string == NULL || stellar__option_fields[n].needs_restart) {
        return 0;
    }
    return strlen(*string) + 1;
}


static void copy_strings(struct stellar__config *config)
{
    char *at = config->texts;
    size_t i;

    for (i = 0; i < STELLAR__OPTION_FIELDS; i++) {
        size_t size = size_of_string(&config->options, i);

        if (size > 0) {
            const char **string = stellar__option_string(&config->options, i);

            *string = memcpy(at, *string, size);
            at += size;
        }
    }
}


struct stellar__config *stellar__config_new(
    struct stellar__shard *shard, const struct stellar_server_options *options)
{
    struct stellar_server_options given = *options;
    const struct stellar__content content = {.kind = STELLAR__CONFIGURE};
    struct stellar__config *config;
    size_t size = sizeof *config;
    size_t i;

    for (i = 0; i < STELLAR__OPTION_FIELDS; i++) {
        size += size_of_string(&given, i);
    }
    config = stellar__allocate_zero(shard->common->memory, size);
    if (config == NULL) {
        return NULL;
    }
    config->message = stellar__message_new(shard->common, &content);
    if (config->message == NULL) {
        stellar__release(shard->common->memory, config);
        return NULL;
    }
    config->message->shard = shard;
    config->shard = shard;
    config->options = given;
    copy_strings(config);
    config->framing = shard->common->framing;
    config->framing.max_data_length = options->max_data_length;
    config->users = 1;
    return config;
}


struct stellar__config *stellar__config_retain(struct stellar__config *config)
{
    if (config != NULL) {
        config->users++;
    }
    return config;
}


void stellar__config_release(const struct stellar_allocator *memory,
                             struct stellar__config *config)
{
    if (config != NULL && --config->users == 0) {
        stellar__release(memory, config);
    }
}


bool stellar__timeout_is_shorter(uint32_t timeout, uint32_t before)
{
    return timeout > 0 && (before == 0 || timeout < before);
}
