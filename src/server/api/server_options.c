#include "server_options.h"

#include "memory.h"
#include "option_fields.h"


void stellar_server_options_init(struct stellar_server_options *options)
{
    memset(options, 0, sizeof *options);
#define XX(field, type, name, path, standard, least, most, rule, argument, text) \
    options->field = standard;
    STELLAR_OPTIONS(XX)
#undef XX
    options->delimiter = NULL; /* means the same */
}


static bool is_within(enum stellar__option_index option, int64_t value)
{
    const struct stellar__option_field *field = &stellar__option_fields[option];

    return value >= (int64_t)field->least && value <= (int64_t)field->most;
}


const char *stellar__options_error(const struct stellar_server_options *options)
{
    const char *texts[] = {options->welcome_message, options->goodbye_message,
                           options->id};
    size_t i;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i] == NULL && i < 2) {
            return "the welcome and goodbye messages must be given";
        }
        if (texts[i] != NULL && !stellar_utf8_check(texts[i], strlen(texts[i]))) {
            return "messages and id must be valid UTF-8";
        }
    }
    if (options->bind_ip == NULL && options->unix_path == NULL) {
        return "neither an IP address nor a Unix socket to listen on";
    }
    if (!is_within(STELLAR__OPTION_INDEX_port, options->port)) {
        return "the port must be from 0 to 65535";
    }
    if (!is_within(STELLAR__OPTION_INDEX_threads, options->threads)) {
        return "threads must be from 1 to 1024";
    }
    if ((options->tls_certificate == NULL) != (options->tls_key == NULL)) {
        return "TLS needs both a certificate and a key";
    }
    if (options->tls_client_ca != NULL && options->tls_certificate == NULL) {
        return "certificates of clients need TLS";
    }
    if (!is_within(STELLAR__OPTION_INDEX_accept_rate, options->accept_rate)) {
        return "the rate of accepting must not be above 1000000 a second";
    }
    if (options->output_soft_limit > options->output_hard_limit) {
        return "the soft limit of output must not be above the hard limit";
    }
    return NULL;
}


bool stellar__options_copy_strings(struct stellar_server_options *options,
                                   const struct stellar_allocator *memory)
{
    bool copied = true;
    size_t i;

    options->delimiter = NULL; /* the framing has it */
    for (i = 0; i < STELLAR__OPTION_FIELDS; i++) {
        const char **string = stellar__option_string(options, i);
        const char *text = string != NULL ? *string : NULL;

        if (text != NULL) {
            *string = stellar__copy_text(memory, text);
            copied = copied && *string != NULL;
        }
    }
    return copied;
}


void stellar__options_free_strings(struct stellar_server_options *options,
                                   const struct stellar_allocator *memory)
{
    size_t i;

    for (i = 0; i < STELLAR__OPTION_FIELDS; i++) {
        const char **string = stellar__option_string(options, i);

        if (string != NULL) {
            stellar__release(memory, (void *)*string);
        }
    }
}


bool stellar__options_set_framing(const struct stellar_server_options *options,
                                  struct stellar_framing *framing)
{
    stellar_framing_init(framing);
    framing->max_data_length = options->max_data_length;
    framing->telnet = true;
    return options->delimiter == NULL ||
           stellar_framing_set_delimiter(framing, options->delimiter,
                                         options->delimiter_length);
}
