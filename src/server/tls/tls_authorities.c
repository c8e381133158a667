/* Loads the authorities that must have issued the certificates of clients. */
#include <string.h>

#include "tls_internal.h"

/* The memory for the names of all certificates, one after the other. */
struct names {
    unsigned char *bytes;
    size_t length;
};


static void append_name(void *data, const void *bytes, size_t length)
{
    struct names *names = data;

    memcpy(names->bytes + names->length, bytes, length);
    names->length += length;
}


static int decode(const struct stellar__tls_loading *loading,
                  const struct stellar__tls_chain *chain, size_t i, struct names *names,
                  struct stellar__tls_authorities *authorities)
{
    br_x509_decoder_context *decoder = &authorities->decoders[i];
    br_x509_trust_anchor *anchor = &authorities->anchors[i];

    anchor->dn.data = names->bytes + names->length;
    br_x509_decoder_init(decoder, append_name, names);
    br_x509_decoder_push(decoder, chain->list[i].data, chain->list[i].data_len);
    if (br_x509_decoder_last_error(decoder) != 0 ||
        !stellar__tls_can_verify(br_x509_decoder_get_pkey(decoder))) {
        return stellar__tls_refuse(
            loading, loading->authority_file,
            "certificate %zu is damaged, or its key is of a kind that cannot be "
            "used; " STELLAR__TLS_KEYS_SUPPORTED,
            i + 1);
    }
    anchor->dn.len = (size_t)(names->bytes + names->length - anchor->dn.data);
    /* A certificate that is not an authority's allows only itself. */
    anchor->flags = br_x509_decoder_isCA(decoder) ? BR_X509_TA_CA : 0;
    anchor->pkey = *br_x509_decoder_get_pkey(decoder);
    authorities->count++;
    return 0;
}


static int decode_all(const struct stellar__tls_loading *loading,
                      const struct stellar__tls_chain *chain,
                      struct stellar__tls_authorities *authorities)
{
    const struct stellar_allocator *allocator = &loading->context->allocator;
    size_t size = (size_t)(chain->list[chain->length - 1].data - chain->der) +
                  chain->list[chain->length - 1].data_len;
    struct names names = {NULL, 0};
    size_t i;
    int status = 0;

    authorities->anchors = allocator->allocate(
        allocator->context, chain->length * sizeof *authorities->anchors);
    authorities->decoders = allocator->allocate(
        allocator->context, chain->length * sizeof *authorities->decoders);
    authorities->names = allocator->allocate(allocator->context, size);
    if (!authorities->anchors || !authorities->decoders || !authorities->names) {
        return stellar__tls_out_of_memory(loading);
    }
    names.bytes = authorities->names;
    for (i = 0; i < chain->length && status == 0; i++) {
        status = decode(loading, chain, i, &names, authorities);
    }
    return status;
}


void stellar__tls_authorities_init(struct stellar__tls_authorities *authorities)
{
    authorities->anchors = NULL;
    authorities->decoders = NULL;
    authorities->names = NULL;
    authorities->count = 0;
}


int stellar__tls_authorities_load(const struct stellar__tls_loading *loading,
                                  struct stellar__tls_authorities *authorities)
{
    const struct stellar_allocator *allocator = &loading->context->allocator;
    struct stellar__tls_chain chain;
    int status;

    chain.length = 0;
    chain.der = NULL;
    status = stellar__tls_chain_load(loading, loading->authority_file,
                                     STELLAR__TLS_AUTHORITIES_MAX, &chain);
    if (status == 0) {
        status = decode_all(loading, &chain, authorities);
    }
    allocator->release(allocator->context, chain.der);
    return status;
}


void stellar__tls_authorities_free(struct stellar__tls_authorities *authorities,
                                   const struct stellar_allocator *allocator)
{
    allocator->release(allocator->context, authorities->anchors);
    allocator->release(allocator->context, authorities->decoders);
    allocator->release(allocator->context, authorities->names);
}
