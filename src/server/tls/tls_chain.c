/* Reads the certificates of a PEM file: a chain, or authorities. */
#include <stdio.h>
#include <string.h>

#include "tls_internal.h"

struct chain_reader {
    struct stellar__tls_chain *chain;
    size_t most;   /* certificates */
    size_t used;   /* of chain->der */
    size_t blocks; /* of any kind */
    bool too_many;
};


static bool certificate_begin(void *data, const char *name)
{
    struct chain_reader *reader = data;
    struct stellar__tls_chain *chain = reader->chain;

    reader->blocks++;
    if (strcmp(name, "CERTIFICATE") != 0 && strcmp(name, "X509 CERTIFICATE") != 0) {
        return false;
    }
    if (chain->length == reader->most) {
        reader->too_many = true;
        return false;
    }
    chain->list[chain->length].data = chain->der + reader->used;
    return true;
}


static void certificate_bytes(void *data, const void *bytes, size_t length)
{
    struct chain_reader *reader = data;

    memcpy(reader->chain->der + reader->used, bytes, length);
    reader->used += length;
}


static void certificate_end(void *data)
{
    struct chain_reader *reader = data;
    struct stellar__tls_chain *chain = reader->chain;
    br_x509_certificate *certificate = &chain->list[chain->length];
    const unsigned char *end = chain->der + reader->used;

    certificate->data_len = (size_t)(end - certificate->data);
    chain->length++;
}


static int read_chain(const struct stellar__tls_loading *loading, const char *path,
                      const struct stellar__text_file *file, size_t most,
                      struct stellar__tls_chain *result)
{
    const struct stellar_allocator *allocator = &loading->context->allocator;
    struct chain_reader chain = {result, most, 0, 0, false};
    const struct stellar__tls_pem_reader reader = {certificate_begin, certificate_bytes,
                                                   certificate_end, &chain};
    const char *wrong;

    /* Base64 is longer than the bytes that it encodes, so the text's length is
     * enough. */
    result->der = allocator->allocate(allocator->context, file->length);
    if (!result->der) {
        return stellar__tls_out_of_memory(loading);
    }
    wrong = stellar__tls_pem_read(file, &reader);
    if (wrong) {
        return stellar__tls_refuse(loading, path, "%s", wrong);
    }
    if (chain.too_many) {
        return stellar__tls_refuse(loading, path, "holds more than %zu certificates",
                                   most);
    }
    if (chain.blocks == 0) {
        return stellar__tls_refuse(loading, path, "is not a PEM file");
    }
    if (result->length == 0) {
        return stellar__tls_refuse(loading, path, "holds no certificate");
    }
    return 0;
}


int stellar__tls_chain_load(const struct stellar__tls_loading *loading,
                            const char *path, size_t most,
                            struct stellar__tls_chain *chain)
{
    const struct stellar_allocator *allocator = &loading->context->allocator;
    struct stellar__text_file file;
    int status = stellar__tls_file_read(&file, allocator, path, loading->error,
                                        loading->capacity);

    if (status != 0) {
        return status;
    }
    status = read_chain(loading, path, &file, most, chain);
    stellar__text_file_release(&file, allocator);
    return status;
}
