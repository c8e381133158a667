/* Loading a certificate chain and its key, and what a context is made of. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tls_internal.h"


int stellar__tls_refuse(const struct stellar__tls_loading *loading, const char *file,
                        const char *format, ...)
{
    va_list arguments;
    int used = snprintf(loading->error, loading->capacity, "%s: ", file);

    if (used >= 0 && (size_t)used < loading->capacity) {
        va_start(arguments, format);
        vsnprintf(loading->error + used, loading->capacity - (size_t)used, format,
                  arguments);
        va_end(arguments);
    }
    return STELLAR_ERR_TLS;
}


/* Certificates. */

struct chain_reader {
    struct stellar__tls_context *context;
    size_t used;   /* of context->der */
    size_t blocks; /* of any kind */
    bool too_many;
};


static bool certificate_begin(void *data, const char *name)
{
    struct chain_reader *reader = data;
    struct stellar__tls_context *context = reader->context;

    reader->blocks++;
    if (strcmp(name, "CERTIFICATE") != 0 && strcmp(name, "X509 CERTIFICATE") != 0)
        return false;
    if (context->chain_length == STELLAR__TLS_CHAIN_MAX) {
        reader->too_many = true;
        return false;
    }
    context->chain[context->chain_length].data = context->der + reader->used;
    return true;
}


static void certificate_bytes(void *data, const void *bytes, size_t length)
{
    struct chain_reader *reader = data;

    memcpy(reader->context->der + reader->used, bytes, length);
    reader->used += length;
}


static void certificate_end(void *data)
{
    struct chain_reader *reader = data;
    struct stellar__tls_context *context = reader->context;
    br_x509_certificate *certificate = &context->chain[context->chain_length];
    const unsigned char *end = context->der + reader->used;

    certificate->data_len = (size_t)(end - certificate->data);
    context->chain_length++;
}


static int read_chain(const struct stellar__tls_loading *loading,
                      const struct stellar__tls_file *file)
{
    struct stellar__tls_context *context = loading->context;
    struct chain_reader chain = {context, 0, 0, false};
    const struct stellar__tls_pem_reader reader = {certificate_begin, certificate_bytes,
                                                   certificate_end, &chain};
    const char *path = loading->certificate_file;
    const char *wrong;

    /* Base64 is longer than what it stands for, so the text's length will do. */
    context->der =
        context->allocator.allocate(context->allocator.context, file->length);
    if (!context->der) {
        snprintf(loading->error, loading->capacity, "out of memory");
        return STELLAR_ERR_NO_MEMORY;
    }
    wrong = stellar__tls_pem_read(file, &reader);
    if (wrong)
        return stellar__tls_refuse(loading, path, "%s", wrong);
    if (chain.too_many)
        return stellar__tls_refuse(loading, path, "holds more than %d certificates",
                                   STELLAR__TLS_CHAIN_MAX);
    if (chain.blocks == 0)
        return stellar__tls_refuse(loading, path, "is not a PEM file");
    if (context->chain_length == 0)
        return stellar__tls_refuse(loading, path, "holds no certificate");
    return 0;
}


static int load_chain(const struct stellar__tls_loading *loading)
{
    const struct stellar_allocator *allocator = &loading->context->allocator;
    struct stellar__tls_file file;
    int status = stellar__tls_file_read(&file, allocator, loading->certificate_file,
                                        loading->error, loading->capacity);

    if (status != 0)
        return status;
    status = read_chain(loading, &file);
    stellar__tls_file_release(&file, allocator);
    return status;
}


/* The key. */

struct key_reader {
    br_skey_decoder_context *key;
    size_t blocks; /* of any kind */
    size_t keys;
    bool encrypted;
};


static bool key_begin(void *data, const char *name)
{
    static const char suffix[] = "PRIVATE KEY";
    struct key_reader *reader = data;
    size_t length = strlen(name);

    reader->blocks++;
    if (length < sizeof suffix - 1 ||
        strcmp(name + length - (sizeof suffix - 1), suffix) != 0)
        return false;
    reader->keys++;
    if (strcmp(name, "ENCRYPTED PRIVATE KEY") == 0)
        reader->encrypted = true;
    return reader->keys == 1 && !reader->encrypted;
}


static void key_bytes(void *data, const void *bytes, size_t length)
{
    struct key_reader *reader = data;

    br_skey_decoder_push(reader->key, bytes, length);
}


static void key_end(void *data)
{
    (void)data; /* the decoder knows by itself */
}


static int read_key(const struct stellar__tls_loading *loading,
                    const struct stellar__tls_file *file)
{
    struct key_reader key = {&loading->context->key, 0, 0, false};
    const struct stellar__tls_pem_reader reader = {key_begin, key_bytes, key_end, &key};
    const char *path = loading->key_file;
    const char *wrong;

    br_skey_decoder_init(key.key);
    wrong = stellar__tls_pem_read(file, &reader);
    /* The older way of encrypting is told by a header, at which the decoder stumbles.
     */
    if (key.encrypted || strstr(file->text, "\nProc-Type: 4,ENCRYPTED"))
        return stellar__tls_refuse(loading, path,
                                   "the key is encrypted; decrypt it first");
    if (wrong)
        return stellar__tls_refuse(loading, path, "%s", wrong);
    if (key.blocks == 0)
        return stellar__tls_refuse(loading, path, "is not a PEM file");
    if (key.keys == 0)
        return stellar__tls_refuse(loading, path, "holds no private key");
    if (key.keys > 1)
        return stellar__tls_refuse(
            loading, path, "holds %zu private keys; there must be one", key.keys);
    switch (br_skey_decoder_last_error(key.key)) {
    case 0:
        return 0;
    case BR_ERR_X509_TRUNCATED:
        return stellar__tls_refuse(loading, path, "the key is truncated");
    case BR_ERR_X509_UNSUPPORTED:
    case BR_ERR_X509_LIMIT_EXCEEDED:
        return stellar__tls_refuse(
            loading, path,
            "the key is of a kind that cannot be used; " STELLAR__TLS_KEYS_SUPPORTED);
    default:
        return stellar__tls_refuse(loading, path, "the key is damaged");
    }
}


static int load_key(const struct stellar__tls_loading *loading)
{
    const struct stellar_allocator *allocator = &loading->context->allocator;
    struct stellar__tls_file file;
    int status = stellar__tls_file_read(&file, allocator, loading->key_file,
                                        loading->error, loading->capacity);

    if (status != 0)
        return status;
    status = read_key(loading, &file);
    stellar__tls_file_release(&file, allocator);
    return status;
}


static int load(const struct stellar__tls_loading *loading)
{
    int status = load_chain(loading);

    if (status == 0)
        status = load_key(loading);
    if (status == 0)
        status = stellar__tls_check(loading);
    return status;
}


int stellar__tls_context_new(struct stellar__tls_context **context,
                             const struct stellar_allocator *allocator,
                             const char *certificate_file, const char *key_file,
                             char *error, size_t capacity)
{
    struct stellar__tls_context *made =
        allocator->allocate(allocator->context, sizeof *made);
    const struct stellar__tls_loading loading = {made, certificate_file, key_file,
                                                 error, capacity};
    int status;

    *context = NULL;
    if (!made) {
        snprintf(error, capacity, "out of memory");
        return STELLAR_ERR_NO_MEMORY;
    }
    made->allocator = *allocator;
    atomic_init(&made->references, 1);
    made->chain_length = 0;
    made->der = NULL;
    made->warning[0] = '\0';
    if (!stellar__tls_cache_init(&made->cache)) {
        snprintf(error, capacity, "out of memory");
        allocator->release(allocator->context, made);
        return STELLAR_ERR_NO_MEMORY;
    }
    status = load(&loading);
    if (status != 0) {
        stellar__tls_context_release(made);
        return status;
    }
    *context = made;
    return 0;
}


struct stellar__tls_context *stellar__tls_context_hold(
    struct stellar__tls_context *context)
{
    if (context)
        atomic_fetch_add(&context->references, 1);
    return context;
}


void stellar__tls_context_release(struct stellar__tls_context *context)
{
    struct stellar_allocator allocator;

    if (!context || atomic_fetch_sub(&context->references, 1) > 1)
        return;
    allocator = context->allocator;
    allocator.release(allocator.context, context->der);
    stellar__tls_cache_free(&context->cache);
    stellar__tls_wipe(context, sizeof *context);
    allocator.release(allocator.context, context);
}


const char *stellar__tls_context_warning(const struct stellar__tls_context *context)
{
    return context->warning[0] ? context->warning : NULL;
}
