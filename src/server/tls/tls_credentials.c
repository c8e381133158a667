/* Loads a certificate chain and its key, and creates a context. */
#include <stdio.h>
#include <string.h>

#include "tls_internal.h"


/* The key. */

struct key_reader {
    br_skey_decoder_context *key;
    size_t blocks; /* of any kind */
    size_t keys;
    bool encrypted;
    size_t length; /* of the key, in DER */
    char name[64]; /* of a key type that BearSSL does not know */
};


static bool is_known(const char *name)
{
    static const char *const names[] = {"PRIVATE KEY", "RSA PRIVATE KEY",
                                        "EC PRIVATE KEY"};
    size_t i;

    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}


static bool key_begin(void *data, const char *name)
{
    static const char suffix[] = "PRIVATE KEY";
    struct key_reader *reader = data;
    size_t length = strlen(name);

    reader->blocks++;
    if (length < sizeof suffix - 1 ||
        strcmp(name + length - (sizeof suffix - 1), suffix) != 0) {
        return false;
    }
    reader->keys++;
    if (strcmp(name, "ENCRYPTED PRIVATE KEY") == 0) {
        reader->encrypted = true;
    }
    if (!is_known(name)) {
        snprintf(reader->name, sizeof reader->name, "%s", name);
    }
    return reader->keys == 1 && !reader->encrypted;
}


/* BearSSL 0.6 misbehaves if it gets more bytes after it has found an error. While it
 * has found none and waits for more, it says "truncated". */
static void key_bytes(void *data, const void *bytes, size_t length)
{
    struct key_reader *reader = data;

    reader->length += length;
    if (reader->length <= STELLAR__TLS_KEY_MAX &&
        br_skey_decoder_last_error(reader->key) == BR_ERR_X509_TRUNCATED) {
        br_skey_decoder_push(reader->key, bytes, length);
    }
}


static void key_end(void *data)
{
    (void)data; /* the decoder knows by itself */
}


/* The decoder accepts RSA keys that are too long for the rest of BearSSL. */
static bool is_too_long(const struct key_reader *reader)
{
    const br_rsa_private_key *rsa;

    if (reader->length > STELLAR__TLS_KEY_MAX) {
        return true;
    }
    rsa = br_skey_decoder_get_rsa(reader->key);
    return rsa && rsa->n_bitlen > STELLAR__TLS_RSA_BITS_MAX;
}


static int read_key(const struct stellar__tls_loading *loading,
                    const struct stellar__text_file *file)
{
    struct key_reader key = {&loading->context->key, 0, 0, false, 0, ""};
    const struct stellar__tls_pem_reader reader = {key_begin, key_bytes, key_end, &key};
    const char *path = loading->key_file;
    const char *wrong;
    int error;

    br_skey_decoder_init(key.key);
    wrong = stellar__tls_pem_read(file, &reader);
    /* The older kind of encryption has a header, at which the reader fails. */
    if (key.encrypted || (wrong && strstr(file->text, "Proc-Type: 4,ENCRYPTED"))) {
        return stellar__tls_refuse(loading, path,
                                   "the key is encrypted; decrypt it first");
    }
    if (wrong) {
        return stellar__tls_refuse(loading, path, "%s", wrong);
    }
    if (key.blocks == 0) {
        return stellar__tls_refuse(loading, path, "is not a PEM file");
    }
    if (key.keys == 0) {
        return stellar__tls_refuse(loading, path, "holds no private key");
    }
    if (key.keys > 1) {
        return stellar__tls_refuse(
            loading, path, "holds %zu private keys; there must be one", key.keys);
    }
    error = is_too_long(&key) ? BR_ERR_X509_LIMIT_EXCEEDED
                              : br_skey_decoder_last_error(key.key);
    if (error != 0 && key.name[0] != '\0') {
        return stellar__tls_refuse(
            loading, path,
            "holds %s; expected PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY",
            key.name);
    }
    switch (error) {
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
    struct stellar__text_file file;
    int status = stellar__tls_file_read(&file, allocator, loading->key_file,
                                        loading->error, loading->capacity);

    if (status != 0) {
        return status;
    }
    status = read_key(loading, &file);
    stellar__text_file_release(&file, allocator);
    return status;
}


static int load(const struct stellar__tls_loading *loading)
{
    struct stellar__tls_context *context = loading->context;
    int status = stellar__tls_chain_load(loading, loading->certificate_file,
                                         STELLAR__TLS_CHAIN_MAX, &context->chain);

    if (status == 0) {
        status = load_key(loading);
    }
    if (status == 0) {
        status = stellar__tls_check(loading);
    }
    if (status == 0 && loading->authority_file) {
        status = stellar__tls_authorities_load(loading, &context->authorities);
    }
    return status;
}


int stellar__tls_context_new(struct stellar__tls_context **context,
                             const struct stellar_allocator *allocator,
                             const struct stellar__tls_files *files, char *error,
                             size_t capacity)
{
    struct stellar__tls_context *made =
        allocator->allocate(allocator->context, sizeof *made);
    const struct stellar__tls_loading loading = {
        made, files->certificate, files->key, files->client_authority, error, capacity};
    int status;

    *context = NULL;
    if (!made) {
        return stellar__tls_out_of_memory(&loading);
    }
    made->allocator = *allocator;
    atomic_init(&made->references, 1);
    made->chain.length = 0;
    made->chain.der = NULL;
    made->client_is_optional = files->client_is_optional;
    stellar__tls_authorities_init(&made->authorities);
    if (!stellar__tls_cache_init(&made->cache)) {
        allocator->release(allocator->context, made);
        return stellar__tls_out_of_memory(&loading);
    }
    status = load(&loading);
    if (status != 0) {
        stellar__tls_context_release(made);
        return status;
    }
    *context = made;
    return 0;
}


struct stellar__tls_context *stellar__tls_context_retain(
    struct stellar__tls_context *context)
{
    if (context) {
        atomic_fetch_add(&context->references, 1);
    }
    return context;
}


void stellar__tls_context_release(struct stellar__tls_context *context)
{
    struct stellar_allocator allocator;

    if (!context || atomic_fetch_sub(&context->references, 1) > 1) {
        return;
    }
    allocator = context->allocator;
    allocator.release(allocator.context, context->chain.der);
    stellar__tls_authorities_free(&context->authorities, &allocator);
    stellar__tls_cache_free(&context->cache);
    stellar__wipe(context, sizeof *context);
    allocator.release(allocator.context, context);
}
