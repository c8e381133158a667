/*
 * Checks whether a certificate chain can be used.
 *
 * IMPLEMENTATION NOTES. BearSSL sends any chain. Only the clients would notice a chain
 * in the wrong order. So it is checked here, and the operator gets an error.
 *
 * BearSSL's validator says whether one certificate was issued by another: the one is
 * validated as a whole chain, with the other as the only trust anchor, at a time when
 * it was valid. "Not trusted" is a definite no: the name or the signature does not fit.
 * The validator's other errors (an algorithm or an extension that it does not know)
 * mean that it cannot tell. Then the chain is accepted.
 *
 * Certificates are numbered from 1 in texts, from 0 in the code.
 */
#include <string.h>

#include "tls_internal.h"

enum { NAME_MAX_LENGTH = 4096 }; /* bytes of a subject's encoded name */

struct certificate {
    br_x509_decoder_context decoder;
    unsigned char name[NAME_MAX_LENGTH];
    size_t name_length;
};


static void append_name(void *data, const void *bytes, size_t length)
{
    struct certificate *certificate = data;

    /* A longer name is cut, so it matches no issuer. */
    if (length > sizeof certificate->name - certificate->name_length) {
        length = sizeof certificate->name - certificate->name_length;
    }
    memcpy(certificate->name + certificate->name_length, bytes, length);
    certificate->name_length += length;
}


/* Returns 0 or a BearSSL error. The decoder accepts some RSA keys that are too long for
 * the rest of BearSSL. */
static int decode(struct certificate *certificate, const br_x509_certificate *encoded)
{
    const br_x509_pkey *key;

    certificate->name_length = 0;
    br_x509_decoder_init(&certificate->decoder, append_name, certificate);
    br_x509_decoder_push(&certificate->decoder, encoded->data, encoded->data_len);
    key = br_x509_decoder_get_pkey(&certificate->decoder);
    if (key && key->key_type == BR_KEYTYPE_RSA &&
        stellar__tls_rsa_bits(&key->key.rsa) > STELLAR__TLS_RSA_BITS_MAX) {
        return BR_ERR_X509_LIMIT_EXCEEDED;
    }
    return br_x509_decoder_last_error(&certificate->decoder);
}


static int check_readable(const struct stellar__tls_loading *loading)
{
    const struct stellar__tls_context *context = loading->context;
    struct certificate certificate;
    size_t i;

    for (i = 0; i < context->chain.length; i++) {
        switch (decode(&certificate, &context->chain.list[i])) {
        case 0:
            break;
        case BR_ERR_X509_UNSUPPORTED:
        case BR_ERR_X509_LIMIT_EXCEEDED:
            return stellar__tls_refuse(
                loading, loading->certificate_file,
                "the key of certificate %zu is of a kind that cannot be "
                "used; " STELLAR__TLS_KEYS_SUPPORTED,
                i + 1);
        default:
            return stellar__tls_refuse(loading, loading->certificate_file,
                                       "certificate %zu is damaged", i + 1);
        }
    }
    return 0;
}


/* Asks the validator whether i was issued by j. Returns 0, NOT_TRUSTED, or why it
 * cannot tell. */
static unsigned issued_by(const struct stellar__tls_context *context, size_t i,
                          size_t j)
{
    const br_x509_certificate *encoded = &context->chain.list[i];
    struct certificate subject;
    struct certificate issuer;
    br_x509_trust_anchor anchor;
    br_x509_minimal_context validator;
    const br_x509_class **class = &validator.vtable;

    decode(&subject, encoded);
    decode(&issuer, &context->chain.list[j]);
    anchor.dn.data = issuer.name;
    anchor.dn.len = issuer.name_length;
    anchor.flags = BR_X509_TA_CA;
    anchor.pkey = *br_x509_decoder_get_pkey(&issuer.decoder);
    if (!stellar__tls_can_verify(&anchor.pkey)) {
        return BR_ERR_X509_UNSUPPORTED;
    }
    br_x509_minimal_init_full(&validator, &anchor, 1);
    br_x509_minimal_set_time(&validator, subject.decoder.notbefore_days,
                             subject.decoder.notbefore_seconds);
    (*class)->start_chain(class, NULL);
    (*class)->start_cert(class, (uint32_t)encoded->data_len);
    (*class)->append(class, encoded->data, encoded->data_len);
    (*class)->end_cert(class);
    return (*class)->end_chain(class);
}


static int check_order(const struct stellar__tls_loading *loading)
{
    const struct stellar__tls_context *context = loading->context;
    size_t i;
    size_t j;

    for (i = 0; i + 1 < context->chain.length; i++) {
        if (issued_by(context, i, i + 1) != BR_ERR_X509_NOT_TRUSTED) {
            continue;
        }
        for (j = 0; j < context->chain.length; j++) {
            if (j != i && issued_by(context, i, j) == 0) {
                return stellar__tls_refuse(
                    loading, loading->certificate_file,
                    "the chain is in the wrong order: certificate %zu was "
                    "issued by certificate %zu, which must follow it",
                    i + 1, j + 1);
            }
        }
        return stellar__tls_refuse(loading, loading->certificate_file,
                                   "certificate %zu was not issued by the one after it",
                                   i + 1);
    }
    return 0;
}


int stellar__tls_check(const struct stellar__tls_loading *loading)
{
    int status = check_readable(loading);

    if (status == 0) {
        status = stellar__tls_check_key(loading);
    }
    if (status == 0) {
        status = check_order(loading);
    }
    return status;
}
