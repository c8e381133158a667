/* Checks that settings fit together, and that the server library accepts them. */
#include "settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"


static const char *place(const struct stellar__settings *settings,
                         enum stellar__option option)
{
    return settings->all[option].place;
}


static enum stellar__source higher(enum stellar__source a, enum stellar__source b)
{
    return a > b ? a : b;
}


/* TLS is on if a certificate or key comes from a higher source than `secure`, or if no
 * source gives `secure`. */
static bool validate_tls(struct stellar__settings *settings)
{
    struct stellar__setting *secure = &settings->all[STELLAR__OPTION_secure];
    const struct stellar__setting *cert =
        &settings->all[STELLAR__OPTION_tls_certificate];
    const struct stellar__setting *key = &settings->all[STELLAR__OPTION_tls_key];
    enum stellar__source source = higher(cert->source, key->source);

    if (cert->count + key->count > 0 && source > secure->source) {
        secure->number = 1;
        secure->source = source;
    }
    if (secure->number == 0 || cert->count + key->count == 2) {
        return true;
    }
    if (cert->count + key->count == 0) {
        return stellar__settings_fail(
            settings,
            "%s: 'true': expected a certificate and its key, too (--tls-cert and "
            "--tls-key, or cert and key in servers.tcp.serverOptions)",
            place(settings, STELLAR__OPTION_secure));
    }
    if (cert->count == 1) {
        return stellar__settings_fail(
            settings,
            "%s: expected its key, too (--tls-key, or servers.tcp.serverOptions.key)",
            place(settings, STELLAR__OPTION_tls_certificate));
    }
    return stellar__settings_fail(settings,
                                  "%s: expected its certificate, too (--tls-cert, or "
                                  "servers.tcp.serverOptions.cert)",
                                  place(settings, STELLAR__OPTION_tls_key));
}


/* A user who wants certificates of clients must not get a server that does not ask for
 * any. But the file may still say whether one is required, because --print-config
 * writes that default. */
static bool validate_clients(struct stellar__settings *settings)
{
    const struct stellar__setting *all = settings->all;

    if (all[STELLAR__OPTION_tls_client_auth].source > STELLAR__FROM_FILE &&
        all[STELLAR__OPTION_tls_client_ca].count == 0) {
        return stellar__settings_fail(
            settings,
            "%s: expected the authorities of clients, too (--tls-client-ca, or "
            "servers.tcp.serverOptions.ca)",
            place(settings, STELLAR__OPTION_tls_client_auth));
    }
    if (all[STELLAR__OPTION_tls_client_ca].count > 0 &&
        all[STELLAR__OPTION_tls_certificate].count == 0) {
        return stellar__settings_fail(
            settings,
            "%s: expected a certificate and key of the server, too (--tls-cert and "
            "--tls-key, or cert and key in servers.tcp.serverOptions)",
            place(settings, STELLAR__OPTION_tls_client_ca));
    }
    return true;
}


/* The higher source decides whether the server listens on a socket in the file system
 * or on an address. In the file, which may always have an address, the socket wins. */
static bool validate_transport(struct stellar__settings *settings)
{
    const struct stellar__setting *path = &settings->all[STELLAR__OPTION_unix_path];
    enum stellar__source address = higher(settings->all[STELLAR__OPTION_bind_ip].source,
                                          settings->all[STELLAR__OPTION_port].source);

    if (path->count == 0) {
        return true;
    }
    if (path->source < address) {
        stellar__settings_clear(settings, STELLAR__OPTION_unix_path, address);
    } else if (path->source == address && address > STELLAR__FROM_FILE) {
        return stellar__settings_fail(
            settings,
            "%s: expected either a Unix socket or an address and port, not both",
            place(settings, STELLAR__OPTION_unix_path));
    }
    return true;
}


/* The error names a limit that was given, not a default. */
static bool validate_limits(struct stellar__settings *settings)
{
    const struct stellar__setting *soft =
        &settings->all[STELLAR__OPTION_output_soft_limit];
    const struct stellar__setting *hard =
        &settings->all[STELLAR__OPTION_output_hard_limit];

    if (soft->number <= hard->number) {
        return true;
    }
    return soft->source == STELLAR__FROM_DEFAULT
               ? stellar__settings_fail(
                     settings, "%s: '%llu': expected no less than the soft limit, %llu",
                     hard->place, hard->number, soft->number)
               : stellar__settings_fail(
                     settings, "%s: '%llu': expected no more than the hard limit, %llu",
                     soft->place, soft->number, hard->number);
}


/* Equal texts keep their order. */
static int compare_texts(const void *a, const void *b)
{
    const struct stellar__text *first = *(const struct stellar__text *const *)a;
    const struct stellar__text *second = *(const struct stellar__text *const *)b;
    int order = strcmp(first->data, second->data);

    return order != 0 ? order : (first > second) - (first < second);
}


static bool validate_rooms(struct stellar__settings *settings)
{
    const struct stellar__setting *rooms = &settings->all[STELLAR__OPTION_room];
    const struct stellar__text **sorted;
    char shown[80];
    bool good = true;
    size_t i;

    if (rooms->count < 2) {
        return true;
    }
    sorted = malloc(rooms->count * sizeof(struct stellar__text *));
    if (sorted == NULL) {
        return stellar__settings_fail(settings, "out of memory");
    }
    for (i = 0; i < rooms->count; i++) {
        sorted[i] = &rooms->items[i];
    }
    qsort(sorted, rooms->count, sizeof(struct stellar__text *), compare_texts);
    for (i = 1; i < rooms->count && good; i++) {
        if (strcmp(sorted[i - 1]->data, sorted[i]->data) == 0) {
            stellar__escape(STELLAR__ESCAPE_PLAIN, sorted[i]->data, sorted[i]->length,
                            shown, sizeof shown);
            good = stellar__settings_fail(settings,
                                          "%s: '%s': expected each room only once",
                                          sorted[i]->place, shown);
        }
    }
    free(sorted);
    return good;
}


bool stellar__settings_validate(struct stellar__settings *settings)
{
    return validate_tls(settings) && validate_clients(settings) &&
           validate_transport(settings) && validate_limits(settings) &&
           validate_rooms(settings);
}


/* The certificate and the key may be in the same file. */
void stellar__settings_blame(const struct stellar__settings *settings, char *error,
                             size_t capacity)
{
    static const enum stellar__option files[] = {STELLAR__OPTION_tls_certificate,
                                                 STELLAR__OPTION_tls_key,
                                                 STELLAR__OPTION_tls_client_ca};
    char text[STELLAR__SETTINGS_ERROR_MAX];
    size_t used = 0;
    size_t i;

    snprintf(text, sizeof text, "%s", error);
    for (i = 0; i < sizeof files / sizeof files[0] && used < capacity; i++) {
        const char *path = stellar__settings_text(settings, files[i]);
        size_t length = path != NULL ? strlen(path) : 0;

        if (length > 0 && strncmp(text, path, length) == 0 && text[length] == ':') {
            used += (size_t)snprintf(error + used, capacity - used, "%s%s",
                                     used > 0 ? ", " : "", place(settings, files[i]));
        }
    }
    if (used > 0 && used < capacity) {
        snprintf(error + used, capacity - used, ": %s", text);
    }
}


void stellar__settings_apply(const struct stellar__settings *settings,
                             struct stellar_server_options *options)
{
    const struct stellar__setting *all = settings->all;

#define APPLY_NUMBER(field) \
    options->field = (__typeof__(options->field))all[STELLAR__OPTION_##field].number;
#define APPLY_SWITCH(field) options->field = all[STELLAR__OPTION_##field].number != 0;
#define APPLY_CHOICE(field) APPLY_NUMBER(field)
#define APPLY_TEXT(field) \
    options->field = stellar__settings_text(settings, STELLAR__OPTION_##field);
#define APPLY_ADDRESS(field)   APPLY_TEXT(field)
#define APPLY_FILE_NAME(field) APPLY_TEXT(field)
#define APPLY_BYTES(field) \
    APPLY_TEXT(field)      \
    options->field##_length = all[STELLAR__OPTION_##field].items[0].length;
#define XX(field, type, name, path, standard, least, most, rule, argument, text) \
    APPLY_##type(field)
    STELLAR_OPTIONS(XX)
#undef XX
    if (options->unix_path != NULL) {
        options->bind_ip = NULL;
    }
    if (all[STELLAR__OPTION_secure].number == 0) {
        options->tls_certificate = options->tls_key = options->tls_client_ca = NULL;
    }
}
