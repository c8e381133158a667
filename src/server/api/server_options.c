#include "server_options.h"

#include "memory.h"


void stellar_server_options_init(struct stellar_server_options *options)
{
    memset(options, 0, sizeof *options);
    options->bind_ip = "127.0.0.1";
    options->port = 5000;
    options->backlog = 511;
    options->keep_alive = true;
    options->threads = 1;
    options->handshake_timeout = 10000;
    options->first_line_timeout = 600000;
    options->line_timeout = 60000;
    options->write_timeout = 60000;
    options->max_data_length = STELLAR_MAX_DATA_LENGTH;
    options->welcome_message = "Hello human! Welcome to Stellar";
    options->goodbye_message = "Bye!";
    options->simultaneous_actions = 5;
    options->action_timeout = 30000;
    options->shutdown_limit = 5000;
    options->max_rooms = 1024;
    options->max_params = 1024;
    options->max_params_bytes = (size_t)1024 * 1024;
    options->output_soft_limit = (size_t)256 * 1024;
    options->output_hard_limit = (size_t)16 * 1024 * 1024;
    options->mail_limit = (size_t)4 * 1024 * 1024;
    options->log_level = STELLAR_LOG_INFO;
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
    if (options->port < 0 || options->port > 65535) {
        return "the port must be from 0 to 65535";
    }
    if (options->threads < 1 || options->threads > 1024) {
        return "threads must be from 1 to 1024";
    }
    if ((options->tls_certificate == NULL) != (options->tls_key == NULL)) {
        return "TLS needs both a certificate and a key";
    }
    if (options->tls_client_ca != NULL && options->tls_certificate == NULL) {
        return "certificates of clients need TLS";
    }
    if (options->accept_rate > 1000000) {
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
    const char **strings[] = {
        &options->id,        &options->bind_ip,         &options->unix_path,
        &options->tls_key,   &options->tls_certificate, &options->welcome_message,
        &options->delimiter, &options->goodbye_message, &options->tls_client_ca,
    };
    bool copied = true;
    size_t i;

    options->delimiter = NULL; /* the framing has it */
    for (i = 0; i < sizeof strings / sizeof strings[0]; i++) {
        const char *text = *strings[i];

        *strings[i] = stellar__copy_text(memory, text);
        copied = copied && (text == NULL || *strings[i] != NULL);
    }
    return copied;
}


void stellar__options_free_strings(struct stellar_server_options *options,
                                   const struct stellar_allocator *memory)
{
    stellar__release(memory, (void *)options->id);
    stellar__release(memory, (void *)options->bind_ip);
    stellar__release(memory, (void *)options->unix_path);
    stellar__release(memory, (void *)options->tls_key);
    stellar__release(memory, (void *)options->tls_certificate);
    stellar__release(memory, (void *)options->tls_client_ca);
    stellar__release(memory, (void *)options->welcome_message);
    stellar__release(memory, (void *)options->goodbye_message);
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
